"""The corpora that the reading model learns from and is judged by, on our tokens; each module reads one, and says what it moved."""

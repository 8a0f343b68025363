"""The pass over a story: the reading model asked segment by segment, and what it says as records of the whole text."""

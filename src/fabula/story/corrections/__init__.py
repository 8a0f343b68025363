"""The user's corrections: kept in a file beside the story, found again in its text, applied to its people and to who speaks."""

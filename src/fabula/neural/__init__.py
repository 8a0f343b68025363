"""The reading model: from words to numbers, and from numbers to what they mean."""

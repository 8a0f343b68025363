"""The heads of the reading model in numpy, a question a module: from vectors of words to what they say.

`training.model` has the same in PyTorch, where they are trained; a test holds the two together. Everywhere h is float32
[n_words, 384], the vectors of a segment's words.
"""

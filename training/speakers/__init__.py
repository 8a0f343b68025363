"""The head that says who speaks: passages with known speakers, their vectors, the network in PyTorch, its training."""

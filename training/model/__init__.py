"""The reading model in PyTorch: what is trained here runs in the product as ONNX and numpy (`fabula.neural`)."""

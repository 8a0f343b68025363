"""fabula."""

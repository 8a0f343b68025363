"""The explorer: a story in the browser, from this machine alone."""

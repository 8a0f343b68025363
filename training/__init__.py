"""From corpora to the shipped weights of the reading model; the package never imports it."""

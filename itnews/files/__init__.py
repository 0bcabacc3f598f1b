"""The disk: what is there (scan), and what a build leaves (output, tree)."""

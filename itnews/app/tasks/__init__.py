"""Tasks: each fetches what it needs and calls a pure function of a lower floor."""

"""While authors write: what changed, and when to build again."""

"""Templates: where they come from, what they may ask, how they print."""

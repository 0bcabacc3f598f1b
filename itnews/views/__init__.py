"""The subject matter: pure functions from the index to what a page shows."""

"""The application: where keys meet tasks, and one build from the first scan to the last move."""

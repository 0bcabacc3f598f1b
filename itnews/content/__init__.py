"""From files to cards: which files are documents, their front matter, and what is wrong with it."""

"""itnews turns a git folder of Markdown into an intranet site and its feeds."""

__version__ = "0.1.0"

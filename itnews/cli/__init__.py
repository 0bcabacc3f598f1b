"""The command line: one module per command, and the console, the only module that prints."""

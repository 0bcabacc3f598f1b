"""The fields of each kind of document, a module for each: loaded when the first of its kind is read."""

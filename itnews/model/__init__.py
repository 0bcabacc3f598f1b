"""The subject as data: kinds of document, their fields, and the stages that a document goes through."""

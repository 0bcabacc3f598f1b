"""Markup: from a body's Markdown to sanitised HTML whose references are symbolic."""

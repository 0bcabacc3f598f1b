"""Bodies that could not be read: the empty document that stands for one, and why it is empty."""

from itnews.markup.limits import LONGEST, MEMORY, SECONDS
from itnews.model.article import Document
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error

Outcome = tuple[Document, tuple[Problem, ...]]


def too_long(path: SourcePath, length: int) -> Outcome:
    """The body has more characters than are read at all."""
    return _failed(
        path,
        "markdown-too-long",
        f"This text has {length} characters; at most {LONGEST} are read.",
        "divide it, or publish it as a file that the page links to",
    )


def too_deep(path: SourcePath) -> Outcome:
    """Its parts lie in each other deeper than Python's recursion goes."""
    return _failed(
        path,
        "markdown-too-deep",
        "Lists, quotes or signs of this text lie too deep in each other.",
        "write it flatter: look for lists in lists, quotes in quotes, or long rows of signs",
    )


def too_much(path: SourcePath) -> Outcome:
    """A limit of time or memory was reached: on another machine, or another day, it may not be.

    The only outcome that must not be remembered.
    """
    return _failed(
        path,
        "markdown-too-much",
        f"This text could not be read within {SECONDS} seconds and {MEMORY // 1_000_000} MB of memory.",
        "look for lists or quotes nested very deeply, or for long rows of brackets, quotes or other signs",
    )


def stumbled(path: SourcePath, reason: Exception) -> Outcome:
    """The Markdown library, or an extension of it, raised *reason*."""
    return _failed(
        path,
        "markdown-failed",
        f"The Markdown of this file could not be read ({type(reason).__name__}: {reason}).",
        "take parts of it out until it can be read, and tell the makers of itnews which part it was",
    )


def _failed(path: SourcePath, code: str, message: str, hint: str) -> Outcome:
    """Nothing of the body is shown as if it were right."""
    document = Document(path, "", (), (), (), "")
    return document, (error(code, Span(path, 1, 1, in_body=True), message, hint=hint),)

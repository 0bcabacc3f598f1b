"""From a body's Markdown to a document whose references are symbolic: the way in for everybody else."""

from itnews.errors import ItnewsError
from itnews.markup.apart import TooMuchError, read_apart
from itnews.markup.limits import LONGEST, SECONDS, is_suspicious
from itnews.markup.reading import MarkupRules, RawHtml, failed_document, read_document
from itnews.model.article import Document
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error

__all__ = ["MarkupRules", "RawHtml", "parse_document"]


def parse_document(
    path: SourcePath, body_text: str, rules: MarkupRules
) -> tuple[Document, tuple[Problem, ...]]:
    """The document that *body_text* makes, and what is wrong in it; positions count from the first line of the body.

    Never hangs and never takes the process with it: what could is parsed apart under limits, and a body that exceeds
    them becomes an empty document and a problem. Everything in the HTML is on the allow-list (`sanitise`) unless
    *rules* trust it.
    """
    if len(body_text) > LONGEST:
        return _failed(
            path,
            "markdown-too-long",
            f"This text has {len(body_text)} characters; at most {LONGEST} are read.",
            "divide it, or publish it as a file that the page links to",
        )
    try:
        if is_suspicious(body_text):
            return read_apart(path, body_text, rules)
        try:
            return read_document(path, body_text, rules)
        except RecursionError:
            # How deep it may go depends on who called; apart from all callers it always goes equally deep.
            return read_apart(path, body_text, rules)
    except TooMuchError:
        return _failed(
            path,
            "markdown-too-much",
            f"This text could not be read within {SECONDS} seconds.",
            "look for lists or quotes nested very deeply, or for long rows of brackets, quotes or other signs",
        )
    except ItnewsError:
        raise
    except Exception as reason:  # noqa: BLE001 - what an extension trips over is one file's fault, not the build's
        return _failed(
            path,
            "markdown-failed",
            f"The Markdown of this file could not be read ({type(reason).__name__}: {reason}).",
            "take parts of it out until it can be read, and tell the makers of itnews which part it was",
        )


def _failed(
    path: SourcePath, code: str, message: str, hint: str
) -> tuple[Document, tuple[Problem, ...]]:
    return failed_document(path), (error(code, Span(path), message, hint=hint),)

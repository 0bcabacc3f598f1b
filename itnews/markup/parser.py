"""From a body's Markdown to a document whose references are symbolic: the way in for everybody else."""

from typing import TYPE_CHECKING

from itnews.late import late
from itnews.markup.failed import stumbled, too_long, too_much
from itnews.markup.limits import LONGEST, is_suspicious
from itnews.markup.rules import MarkupRules, RawHtml
from itnews.model.article import Document
from itnews.paths import SourcePath
from itnews.problems import Problem

if TYPE_CHECKING:
    from itnews.markup import apart, reading
else:
    apart, reading = late("itnews.markup.apart"), late("itnews.markup.reading")

__all__ = ["MarkupRules", "RawHtml", "parse_document"]


def parse_document(
    path: SourcePath, body_text: str, rules: MarkupRules
) -> tuple[Document, tuple[Problem, ...]]:
    """The document that *body_text* makes, and what is wrong in it; positions count from the first line of the body.

    Never hangs and never takes the process with it: what could is parsed apart under limits, and a body that exceeds
    them becomes an empty document and a problem. Everything in the HTML is on the allow-list (`sanitise`) unless
    *rules* trust it.

    The same body gives the same answer everywhere, but for `markdown-too-much`, which depends on the machine and must
    not be remembered. Raises EnvironmentFault where no process can be started, or ours fails in it.
    """
    if len(body_text) > LONGEST:
        return too_long(path, len(body_text))
    if is_suspicious(body_text):
        return _read_apart(path, body_text, rules)
    read_document = reading.read_document  # What fails to load is no fault of the text.
    try:
        return read_document(path, body_text, rules)
    except RecursionError:
        # How deep it may go depends on who called; apart from all callers it always goes equally deep.
        return _read_apart(path, body_text, rules)
    except MemoryError:
        return too_much(path)
    except Exception as reason:  # noqa: BLE001 - what an extension trips over is one file's fault, not the build's
        return stumbled(path, reason)


def _read_apart(
    path: SourcePath, body_text: str, rules: MarkupRules
) -> tuple[Document, tuple[Problem, ...]]:
    try:
        return apart.read_apart(path, body_text, rules)
    except apart.TooMuchError:
        return too_much(path)

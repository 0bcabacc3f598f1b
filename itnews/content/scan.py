"""Which files are documents."""

from collections.abc import Iterable

from itnews.paths import SourcePath

CONTENT = "content"
DOCUMENT = (".md", ".markdown")
INDEX = "index.md"


def documents(paths: Iterable[SourcePath]) -> tuple[SourcePath, ...]:
    """The documents among *paths*, sorted: the Markdown files below `content/`.

    Left out are those whose name, or that of a folder above, begins with a dot (editors, git) or an underscore
    (the way to keep a draft or a template out of every build), and a folder's README, which is for people in git.
    """
    return tuple(sorted(path for path in paths if is_document(path)))


def is_markdown(name: str) -> bool:
    """Whether a file of this name holds Markdown: a document, or nothing, but never copied as it is."""
    return name.lower().endswith(DOCUMENT)


def is_document(path: SourcePath) -> bool:
    """Whether a file of this name is one of `documents`."""
    return (
        path.parts[0] == CONTENT
        and is_markdown(path.name)
        and path.stem.lower() != "readme"
        and not _is_hidden(path)
    )


def _is_hidden(path: SourcePath) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)

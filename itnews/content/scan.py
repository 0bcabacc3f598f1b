"""Which files are documents, and which belong to them."""

from collections.abc import Iterable

from itnews.paths import SourcePath

CONTENT = "content"
_DOCUMENT = ".md"
INDEX = "index.md"


def documents(paths: Iterable[SourcePath]) -> tuple[SourcePath, ...]:
    """The documents among *paths*, sorted: the `.md` files below `content/`.

    Left out are those whose name, or that of a folder above, begins with a dot (editors, git) or an underscore
    (the way to keep a draft or a template out of every build), and a folder's README, which is for people in git.
    """
    return tuple(sorted(path for path in paths if _is_document(path)))


def companions(paths: Iterable[SourcePath], document: SourcePath) -> tuple[SourcePath, ...]:
    """The files among *paths* that lie beside or below *document* and are no documents, sorted.

    These can be published with it, if its body uses them. Hidden files cannot.
    """
    folder = document.parent
    return tuple(
        sorted(
            path
            for path in paths
            if path != document
            and path.is_relative_to(folder)
            and path.suffix != _DOCUMENT
            and not _is_hidden(path)
        )
    )


def _is_document(path: SourcePath) -> bool:
    return (
        path.parts[0] == CONTENT
        and path.suffix == _DOCUMENT
        and path.name.lower() != "readme.md"
        and not _is_hidden(path)
    )


def _is_hidden(path: SourcePath) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)

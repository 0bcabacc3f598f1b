"""Pictures: whether a file that is shown as one is one, said at the place that shows it."""

from itnews.emit.keys import picture_key
from itnews.emit.media import media_type
from itnews.emit.picture import PictureFault, picture_fault
from itnews.engine.key import Answer, Fetch, Key
from itnews.model.keys import source_key
from itnews.paths import SourcePath, source_path
from itnews.problems import Problem, Span, error, warning

_DRAWING = "image/svg+xml"


def picture(key: Key[PictureFault | None], fetch: Fetch) -> Answer[PictureFault | None]:
    """What is wrong with a file as a picture."""
    payload = fetch(source_key(source_path(key.name)))
    return Answer(picture_fault(key.name, payload) if payload is not None else None)


def is_active(path: SourcePath, fetch: Fetch) -> bool:
    """Whether the file is a drawing that would run something if somebody opened it: it is not published."""
    if media_type(path.name) != _DRAWING:
        return False
    fault = fetch(picture_key(path))
    return fault is not None and fault.code == "image-active"


def picture_problem(
    path: SourcePath, at: Span, fetch: Fetch, *, is_shown: bool = True
) -> Problem | None:
    """What is wrong with the file at *path*, which *at* shows as a picture, or else links to."""
    if not is_shown and not is_active(path, fetch):
        return None
    fault = fetch(picture_key(path))
    if fault is None:
        return None
    make = warning if fault.code == "image-misnamed" else error
    return make(fault.code, at, fault.message, hint=fault.hint)

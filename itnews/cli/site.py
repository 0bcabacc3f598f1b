"""The site that a command is about: its folder, what its settings say to the command line, and the time."""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from itnews.errors import UsageFault
from itnews.files.scan import SETTINGS
from itnews.paths import source_path

if TYPE_CHECKING:
    from itnews.model.settings import Settings

_LAST_YEAR = 9000  # the calendar of Python ends in 9999, and pages tell of days to come
_EPOCH = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/


class Facts(Struct, frozen=True):
    """What commands need of the settings; as if nothing were set where these cannot be read: the build says why."""

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    editions: tuple[str, ...] = ()
    base_paths: Mapping[str, str] = field(default_factory=dict)
    """By edition (`""`: the only one): the path below which its pages expect to be served."""


def find_site(given: Path | None) -> Path:
    """The folder *given*; without one the nearest of this folder and those above that has settings, else this one."""
    return given or nearest_site(Path()) or Path()


def nearest_site(path: Path) -> Path | None:
    """The nearest of *path* and the folders above it that has settings, as seen from this folder; None if none has."""
    begin = Path(os.path.abspath(path))
    for folder in (begin, *begin.parents):
        if (folder / SETTINGS).is_file():
            return _seen_from_here(folder)
    return None


def _seen_from_here(folder: Path) -> Path:
    try:
        return Path(os.path.relpath(folder))
    except ValueError:  # on another drive
        return folder


def settings_of(site: Path) -> "Settings | None":
    """The settings of *site*; None if there are none, or they cannot be used."""
    from itnews.model.config import parse_settings

    path = site / SETTINGS
    try:
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    except (OSError, UnicodeDecodeError):
        return None
    return parse_settings(text, source_path(SETTINGS))[0]


def facts_of(site: Path) -> Facts:
    """What the settings of *site* say."""
    settings = settings_of(site)
    if settings is None:
        return Facts()
    names = settings.edition_names
    paths = {name: settings.edition(name or None).base_path for name in names or ("",)}
    return Facts(ZoneInfo(settings.text("site.timezone")), names, paths)


def fixed_time(text: str, zone: tzinfo) -> datetime | None:
    """The time that `--now` (*text*) or SOURCE_DATE_EPOCH fixes, in UTC; None if the clock decides.

    Raises UsageFault for what is no time.
    """
    if text:
        from itnews.model.moment import Moment

        try:
            moment = Moment.parse(text)
        except ValueError as fault:
            raise UsageFault(
                f"--now {text}: {fault} Write 2026-12-01 or 2026-12-01T09:00."
            ) from None
        if moment.day.year > _LAST_YEAR:
            raise UsageFault(f"--now {text}: there are no days after this one to tell of.")
        return moment.start(zone)
    seconds = os.environ.get(_EPOCH, "")
    if not seconds:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageFault(
            f"{_EPOCH} is {seconds[:40]!r}; it has to be seconds since 1970, as in 1780000000."
        ) from None


def clock() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


def shown(path: Path) -> str:
    """*path* as a person in this folder would write it; a folder ends in a slash."""
    text = str(path)
    if path.is_absolute():
        with suppress(ValueError):  # on another drive
            near = os.path.relpath(path)
            text = text if near.startswith(os.pardir + os.sep + os.pardir) else near
    return text.replace(os.sep, "/") + ("/" if path.is_dir() else "")

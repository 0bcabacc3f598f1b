"""A theme's assets under names that change with their content, so that browsers may keep them for ever.

Names are relative to the assets folder (`newsroom.css`, `fonts/plex.woff2`); *read* answers a name with its bytes, or
None where there is no such file.
"""

from collections.abc import Callable
from pathlib import PurePosixPath

from itnews.digest import Digest, digest_bytes, digest_value
from itnews.emit.stylesheet import Mention, mentions, relative, rewritten, target
from itnews.paths import SourcePath
from itnews.problems import Problem, Span, error

Read = Callable[[str], bytes | None]

PLAIN = frozenset({"tokens.css"})
"""Assets whose names carry no fingerprint: a new accent must re-render no page."""

# 32 bits: two contents of one name, a browser's copy and the current one, must not be confused; no more is at stake.
_LENGTH = 8


def hashed_name(name: str, digest: Digest) -> str:
    """`css/newsroom.css` -> `css/newsroom.3f2a9c1b.css`; a name without an extension gets the hash at its end."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}.{digest[:_LENGTH]}{path.suffix}"))


def fingerprinted(name: str, read: Read) -> str:
    """The name under which an asset is published.

    A style sheet's fingerprint covers all that it reaches, so that a new font gives it a new name, too; it is taken
    of the files as they are, so that style sheets may import each other in a circle. Raises KeyError if *read* knows
    no such asset.
    """
    if name in PLAIN:
        return name
    return hashed_name(name, _fingerprint(name, read))


def published(name: str, read: Read) -> bytes:
    """The bytes that an asset is published with: a style sheet names other assets by their fingerprinted names.

    What it names and *read* does not know stays as written (`asset_problems` reports it). Raises KeyError if *read*
    knows no such asset.
    """
    payload = _required(name, read)
    if not _is_stylesheet(name):
        return payload

    def address(mention: Mention) -> str | None:
        goal = target(mention, name)
        if goal is None or goal in PLAIN or read(goal) is None:
            return None
        return relative(fingerprinted(goal, read), name) + mention.suffix

    return rewritten(payload, address)


def closure(name: str, read: Read) -> tuple[str, ...]:
    """The asset and all that *read* knows and style sheets lead to from it, sorted."""
    found: set[str] = set()
    open_names = [name]
    while open_names:
        current = open_names.pop()
        payload = None if current in found else read(current)
        if payload is None:
            continue
        found.add(current)
        open_names.extend(_leads_to(current, payload))
    return tuple(sorted(found))


def asset_problems(name: str, path: SourcePath, read: Read) -> tuple[Problem, ...]:
    """What a style sheet names and a page could not load; *path* is the source file that *name* was read from."""
    payload = read(name)
    if payload is None or not _is_stylesheet(name):
        return ()
    problems = (_problem(mention, name, path, read) for mention in mentions(payload))
    return tuple(problem for problem in problems if problem is not None)


def _problem(mention: Mention, name: str, path: SourcePath, read: Read) -> Problem | None:
    at = Span(path, mention.line, mention.column, mention.length)
    if mention.is_external:
        return error(
            "asset-external",
            at,
            f"The style sheet loads '{mention.address}' from another host.",
            hint="put the file into the theme's assets folder and name it there",
        )
    if not mention.is_relative:
        return None
    goal = target(mention, name)
    if goal is not None and (goal in PLAIN or read(goal) is not None):
        return None
    return error(
        "asset-missing",
        at,
        f"The style sheet names '{mention.address}', and the theme has no such asset.",
        hint="addresses count from the style sheet's own folder",
    )


def _leads_to(name: str, payload: bytes) -> list[str]:
    if not _is_stylesheet(name):
        return []
    goals = (target(mention, name) for mention in mentions(payload))
    return [goal for goal in goals if goal is not None and goal not in PLAIN]


def _fingerprint(name: str, read: Read) -> Digest:
    payload = _required(name, read)
    reached = closure(name, read)
    if reached == (name,):
        return digest_bytes(payload)
    return digest_value({member: digest_bytes(_required(member, read)) for member in reached})


def _required(name: str, read: Read) -> bytes:
    payload = read(name)
    if payload is None:
        raise KeyError(name)
    return payload


def _is_stylesheet(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() == ".css"

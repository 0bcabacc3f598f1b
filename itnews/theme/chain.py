"""Where a theme's templates and assets come from: the site's overrides, the theme, its parents, the built-in theme."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from itnews.files.themes import BUILT_IN
from itnews.late import late
from itnews.model.marks import problem_of, span_at
from itnews.paths import SourcePath, source_path
from itnews.problems import Problem, Span, error
from itnews.words import did_you_mean

if TYPE_CHECKING:
    from itnews import yaml
else:
    yaml = late("itnews.yaml")

Read = Callable[[str], bytes | None]
"""Answers a source path (`theme/templates/base.html`, `@newsroom/theme.yaml`) with the file's bytes, or None."""

OVERRIDES = "theme"
_SETTINGS = source_path("itnews.yaml")
_KEYS = ("title", "description", "author", "license", "parent")
_SHAPE = "a theme is a folder below themes/ that holds a theme.yaml"


class Chain(Struct, frozen=True):
    """The folders that are asked for a name, in this order: `theme`, `themes/harbour`, `@newsroom`."""

    roots: tuple[str, ...]

    def candidates(self, name: str, *, after: str = "") -> tuple[str, ...]:
        """The source paths that may answer *name* (`templates/base.html`), best first.

        With *after*, a source path, only those behind the folder in which it lies: what `parent:` means in a template.
        """
        roots = self.roots
        if after:
            roots = roots[self.position(after) + 1 :]
        return tuple(f"{root}/{name}" for root in roots)

    def position(self, path: str) -> int:
        """The place in the chain of the folder in which *path* lies. Raises ValueError for one outside the chain."""
        for place, root in enumerate(self.roots):
            if path.startswith(f"{root}/"):
                return place
        raise ValueError(f"{path!r} lies in no theme of the chain")

    def layered(self, paths: Iterable[SourcePath], folder: str) -> Mapping[str, SourcePath]:
        """What the chain has below *folder* (`assets`): each name with the path that answers it, sorted by name."""
        found: dict[str, SourcePath] = {}
        listing = sorted(paths)
        for root in self.roots:
            prefix = f"{root}/{folder}/"
            for path in listing:
                if str(path).startswith(prefix):
                    found.setdefault(str(path)[len(prefix) :], path)
        return dict(sorted(found.items()))


def resolve_chain(
    theme: str, read: Read, *, known: Collection[str] = ()
) -> tuple[Chain, tuple[Problem, ...]]:
    """The chain of the theme that the settings name (`theme.name`; empty: the built-in one).

    Reads the `theme.yaml` of each theme, absence included. *known* are names to suggest for a misspelt one. A theme
    that is missing or wrong is a Problem; the chain then goes on with the built-in theme.
    """
    roots, problems = [OVERRIDES], list[Problem]()
    name, asker = theme or BUILT_IN, Span(_SETTINGS)
    while name:
        root = _root_of(name, read, taken=roots)
        if root is None:
            problems.append(_unusable(name, asker, taken=roots, known=known))
            break
        roots.append(root)
        settings = source_path(f"{root}/theme.yaml")
        payload = read(str(settings)) or b""
        name, found = parse_theme(settings, payload)
        problems.extend(found)
        asker = _place(payload, settings, "parent") if name else asker
    if f"@{BUILT_IN}" not in roots:
        roots.append(f"@{BUILT_IN}")
    return Chain(tuple(roots)), tuple(problems)


def parse_theme(path: SourcePath, payload: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The parent that a `theme.yaml` names, empty for none, and what is wrong with the file."""
    try:
        content: object = yaml.load(payload.decode("utf-8-sig"))
    except UnicodeDecodeError:
        message = "This file is not UTF-8 text."
        return "", (error("theme-invalid", Span(path), message, hint="save it as UTF-8"),)
    except yaml.YamlError as fault:
        return "", (problem_of(fault, path),)
    if content is None:
        return "", ()
    if not isinstance(content, dict):
        message = "The settings of a theme are not fields."
        return "", (
            error(
                "theme-invalid",
                Span(path, 1, 1),
                message,
                hint="write each as a name, a colon and a value: `title: My theme`",
            ),
        )
    parent = content.get("parent")
    problems = tuple(_wrong_settings(content, path, payload))
    return (parent if isinstance(parent, str) else ""), problems


def _wrong_settings(
    content: Mapping[object, object], path: SourcePath, payload: bytes
) -> Iterator[Problem]:
    for key, value in content.items():
        if key not in _KEYS:
            at = _place(payload, path, str(key), key=True)
            hint = did_you_mean(str(key), _KEYS) or f"known are {', '.join(_KEYS)}"
            yield error("theme-key-unknown", at, f"A theme has no setting '{key}'.", hint=hint)
        elif value is not None and not isinstance(value, str):
            at, hint = _place(payload, path, str(key)), "write one text; a number in quotes"
            yield error(
                "theme-invalid", at, f"The setting '{key}' of a theme is a text.", hint=hint
            )


def _root_of(name: str, read: Read, *, taken: Iterable[str]) -> str | None:
    """The folder of the theme *name*: the site's own before the built-in one, none twice.

    So a theme of the site's may be called like the built-in one and name it as its parent.
    """
    if set(name) & set("/\\\0") or name.startswith("."):
        return None
    for root in (f"themes/{name}", f"@{name}"):
        if root not in taken and read(f"{root}/theme.yaml") is not None:
            return root
    return None


def _unusable(name: str, asker: Span, *, taken: Iterable[str], known: Collection[str]) -> Problem:
    if f"themes/{name}" in taken or f"@{name}" in taken:
        message = f"The theme '{name}' is its own parent, by way of the themes between."
        return error("theme-cycle", asker, message, hint="take out one `parent:`")
    others = [other for other in known if other != name]
    hint = did_you_mean(name, others) or _SHAPE
    if name in known:
        hint = f"put a theme.yaml into themes/{name}/; it may be empty"
    return error("theme-unknown", asker, f"There is no theme '{name}'.", hint=hint)


def _place(payload: bytes, path: SourcePath, name: str, *, key: bool = False) -> Span:
    """Where the value of the setting *name* lies, or its name with *key*."""
    text = payload.decode("utf-8-sig")
    return span_at(yaml.locate(text, (name,), first_line=1, key=key), path)

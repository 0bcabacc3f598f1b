"""What a template consists of: all templates that it extends, includes or imports, found without rendering."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from itnews.digest import ABSENT, Digest, digest_bytes, digest_value
from itnews.late import late
from itnews.paths import source_path
from itnews.problems import Problem, Span, error
from itnews.theme.chain import OVERRIDES, Chain, Read
from itnews.words import did_you_mean

if TYPE_CHECKING:
    import jinja2

    from itnews.theme import uses
else:
    jinja2, uses = late("jinja2"), late("itnews.theme.uses")

FOLDER = "templates"
PARENT = "parent:"
_NEVER = frozenset("\\\0")  # in no name of a template: they could lead astray
_MISSING = "correct the name, or put the file into theme/templates/"


@dataclass(frozen=True, slots=True)
class Closure:
    """All that the rendering of a template depends on in the theme.

    *names* are the source paths of the templates, the first one that of the template itself (empty if there is none).
    *digest* covers their bytes, and which of the paths that were asked are absent: a new override changes it. Of the
    fragments that it asks for it covers nothing: each is a key of its own, which the page reads when it is rendered.
    """

    names: tuple[str, ...]
    digest: Digest


def template_closure(
    chain: Chain, name: str, read: Read, *, known: Callable[[], Iterable[str]] = tuple
) -> tuple[Closure, tuple[Problem, ...]]:
    """The static closure of the template *name* (`update.html`), and what is wrong in it.

    Fragments are followed only to see whether each is there and none leads back to itself; what else is wrong in them
    is their own. *known* answers with the names to suggest for one that is not there.
    """
    walk = _Walk(chain, read, known)
    if walk.find(name) is None:
        at = Span(source_path(f"{OVERRIDES}/{FOLDER}"))
        walk.problems.append(template_missing(at, [name], known()))
    walk.follow()
    for ask in walk.fragments:
        if find_template(chain, ask.name, read) is None:
            at = Span(source_path(ask.path), ask.line)
            walk.problems.append(template_missing(at, [ask.name], known()))
    walk.problems.extend(_endless(walk.extends))
    rings = dict.fromkeys(_leading_back(name, _fragments(chain, read)))
    walk.problems.extend(map(_ring, rings))
    asked = {
        path: ABSENT if text is None else digest_bytes(text) for path, text in walk.asked.items()
    }
    names = tuple(path for path, text in walk.asked.items() if text is not None)
    return Closure(names, digest_value(asked)), tuple(walk.problems)


def template_missing(at: Span, names: Sequence[str], known: Iterable[str]) -> Problem:
    """That no theme has a template of any of *names*, which are asked for *at*; *known* are those to suggest from."""
    quoted = " or ".join(f"'{name}'" for name in names)
    hint = did_you_mean(names[0], known) or _MISSING
    return error("template-missing", at, f"No theme has a template {quoted}.", hint=hint)


def find_template(chain: Chain, name: str, read: Read, *, user: str = "") -> str | None:
    """The source path of the template *name*, None if no theme has it.

    *user* is the path of the template that asks, which tells what `parent:` means.
    """
    candidates = named(chain, name, user=user)
    return next((path for path in candidates if read(path) is not None), None)


def named(chain: Chain, name: str, *, user: str = "") -> tuple[str, ...]:
    """The source paths that *name* may mean in the template *user*, best first; none for a name that leads astray."""
    after, wanted = (user, name[len(PARENT) :]) if name.startswith(PARENT) else ("", name)
    parts = wanted.split("/")
    if not wanted or any(part in {"", ".", ".."} for part in parts) or set(wanted) & _NEVER:
        return ()
    return chain.candidates(f"{FOLDER}/{wanted}", after=after)


@dataclass(frozen=True, slots=True)
class _Ask:
    """A `site.fragment(name)` with the place where it stands."""

    name: str
    path: str
    line: int


@dataclass(slots=True)
class _Walk:
    """The walk through a closure: what was asked and what the answers were."""

    chain: Chain
    read: Read
    known: Callable[[], Iterable[str]] = tuple
    asked: dict[str, bytes | None] = field(default_factory=dict)
    extends: dict[str, tuple[str, int]] = field(default_factory=dict)
    fragments: list[_Ask] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _open: list[tuple[str, bytes]] = field(default_factory=list)

    def find(self, name: str, *, user: str = "") -> str | None:
        """The path that answers *name*; one that is met for the first time waits to be followed."""
        for path in named(self.chain, name, user=user):
            if path not in self.asked:
                payload = self.asked[path] = self.read(path)
                if payload is not None:
                    self._open.append((path, payload))
            if self.asked[path] is not None:
                return path
        return None

    def follow(self) -> None:
        while self._open:
            path, payload = self._open.pop()
            try:
                found = uses.parse_uses(payload.decode("utf-8-sig"))
            except UnicodeDecodeError as fault:
                line = payload[: fault.start].count(b"\n") + 1
                message = "This template is not UTF-8 text."
                self._report("template-encoding", path, line, message, "save it as UTF-8")
            except jinja2.TemplateSyntaxError as fault:
                said = fault.message or str(fault)
                self._report("template-syntax", path, fault.lineno, said, "see docs/themes.md")
            else:
                self._ask(path, found)

    def _ask(self, path: str, found: "uses.Uses") -> None:
        for refusal in found.refused:
            self._report(refusal.code, path, refusal.line, refusal.message, refusal.hint)
        self.fragments.extend(_Ask(one.name, path, one.line) for one in found.fragments)
        for use in found.uses:
            answers = (self.find(name, user=path) for name in use.names)
            answer = next((answer for answer in answers if answer), None)
            if answer is None and not use.optional:
                at = Span(source_path(path), use.line)
                self.problems.append(template_missing(at, use.names, self.known()))
            elif answer and use.extends:
                self.extends.setdefault(path, (answer, use.line))

    def _report(self, code: str, path: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(error(code, Span(source_path(path), line), message, hint=hint))


def _endless(extends: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    for begun in sorted(extends):
        path, seen = begun, set[str]()
        while path in extends and path not in seen:
            seen.add(path)
            path = extends[path][0]
        if path == begun:
            hint = "to change a part of the template that this one hides, extend 'parent:…'"
            message = "This template extends itself."
            at = Span(source_path(begun), extends[begun][1])
            yield error("template-extends-itself", at, message, hint=hint)


def _fragments(chain: Chain, read: Read) -> Callable[[str], list[_Ask]]:
    """What answers which fragments a template asks for, with all that it extends, includes or imports."""

    def asked_by(name: str) -> list[_Ask]:
        walk = _Walk(chain, read)
        walk.find(name)
        walk.follow()
        return walk.fragments

    return asked_by


def _leading_back(name: str, asked_by: Callable[[str], list[_Ask]]) -> Iterator[_Ask]:
    """The asks, in the order of a walk from *name* in depth, for a template that is on the way to them."""
    way, done = {name: iter(asked_by(name))}, set[str]()
    while way:
        last = next(reversed(way))
        ask = next(way[last], None)
        if ask is None:
            del way[last]
            done.add(last)
        elif ask.name in way:
            yield ask
        elif ask.name not in done:
            way[ask.name] = iter(asked_by(ask.name))


def _ring(ask: _Ask) -> Problem:
    message = f"The fragment '{ask.name}' asks for itself without end."
    hint = "take out the `site.fragment` that leads back"
    return error("template-cycle", Span(source_path(ask.path), ask.line), message, hint=hint)

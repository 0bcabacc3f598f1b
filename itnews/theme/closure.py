"""What a template consists of: all templates that it extends, includes or imports, found without rendering."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from itnews.digest import Digest, digest_bytes, digest_value
from itnews.late import late
from itnews.paths import SourcePath, source_path
from itnews.problems import Problem, Span, error, warning
from itnews.theme.chain import OVERRIDES, Chain, Read
from itnews.words import did_you_mean, suggestion

if TYPE_CHECKING:
    import jinja2

    from itnews.theme import uses
else:
    jinja2, uses = late("jinja2"), late("itnews.theme.uses")

FOLDER = "templates"
PARENT = "parent:"
_NOWHERE = ""  # the path of what is not there
_NEVER = frozenset("\\\0")  # in no name of a template: they could lead astray
Listed = Callable[[], Iterable[SourcePath]]
"""Answers with the paths of all templates of a chain; asked only where a name is missing."""

_MISSING = "correct the name, or put the file into theme/templates/"


class Closure(Struct, frozen=True):
    """All that the rendering of a template depends on in the theme.

    *names* are the source paths of the templates, the first one that of the template itself (empty if there is none).
    *digest* covers their bytes, and which of them each name in each of them means: an override that comes or goes
    changes it, a theme in between that has none of these names does not. Of the
    fragments that it asks for it covers nothing: each is a key of its own, which the page reads when it is rendered.
    """

    names: tuple[str, ...]
    digest: Digest


def template_closure(
    chain: Chain, name: str, read: Read, listed: Listed = tuple
) -> tuple[Closure, tuple[Problem, ...]]:
    """The static closure of the template *name* (`update.html`), and what is wrong in it.

    Where a name is missing, the one of *listed* that is nearest is suggested.

    Fragments are followed only to see whether one leads back to itself; what else is wrong in them is their own.
    """
    walk = _Walk(chain, read, listed)
    if walk.find(name) is None:
        at = Span(source_path(f"{OVERRIDES}/{FOLDER}"))
        walk.problems.append(template_missing(at, [name], walk.known(name)))
    walk.follow()
    walk.check_fragments()
    walk.check_blocks()
    walk.problems.extend(_endless(walk.extends))
    rings = dict.fromkeys(_leading_back(name, _fragments(chain, read)))
    walk.problems.extend(map(_ring, rings))
    texts = {path: digest_bytes(text) for path, text in walk.asked.items() if text is not None}
    digest = digest_value((sorted(walk.meant), texts))
    return Closure(tuple(texts), digest), tuple(walk.problems)


def template_missing(at: Span, names: Sequence[str], known: Iterable[str]) -> Problem:
    """That no theme has a template of any of *names*, which are asked for *at*; *known* are those to suggest from."""
    said = " or ".join(f"'{name}'" for name in names)
    stems = {_stem(one): one for one in known}
    near = suggestion(_stem(names[0]), stems)
    hint = f"did you mean '{stems[near]}'?" if near else _MISSING
    return error("template-missing", at, f"No theme has a template {said}.", hint=hint)


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


class _Ask(Struct, frozen=True):
    """A `site.fragment(name)` with the place where it stands."""

    name: str
    path: str
    line: int


class _Walk(Struct):
    """The walk through a closure: which paths were *asked*, and what each name *meant* in each template."""

    chain: Chain
    read: Read
    listed: Listed = tuple
    asked: dict[str, bytes | None] = field(default_factory=dict)
    meant: set[tuple[str, str, str]] = field(default_factory=set)
    extends: dict[str, dict[str, int]] = field(default_factory=dict)
    fragments: list[_Ask] = field(default_factory=list)
    blocks: dict[str, tuple["uses.BlockUse", ...]] = field(default_factory=dict)
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
                self.meant.add((user, name, path))
                return path
        self.meant.add((user, name, _NOWHERE))
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
        self.blocks[path] = found.blocks
        for use in found.uses:
            answers = (self.find(name, user=path) for name in use.names)
            answer = next((answer for answer in answers if answer), None)
            if answer is None and not use.optional:
                self._miss(use.names, path, use.line)
            if use.extends:
                self.extends.setdefault(path, {}).setdefault(answer or _NOWHERE, use.line)

    def check_fragments(self) -> None:
        """Reports the fragments that no theme has, where they are asked for."""
        for ask in self.fragments:
            if find_template(self.chain, ask.name, self.read) is None:
                self._miss((ask.name,), ask.path, ask.line)

    def check_blocks(self) -> None:
        """Warns of blocks in a template that extends others, none of which has a block of this name."""
        for path in self.extends:
            above = _above(path, self.extends)
            known = {block.name for other in above for block in self.blocks.get(other, ())}
            if any(other not in self.blocks for other in above):
                continue  # one of them cannot be read: that is told, and what it holds is not known
            for block in self.blocks[path]:
                if block.name not in known and not block.printed:
                    self.problems.append(_unprinted(block, path, known))

    def known(self, name: str, *, user: str = "") -> Iterator[str]:
        """The names of templates that the template *user* could ask for in the way of *name*."""
        mark = PARENT if name.startswith(PARENT) else ""
        first = self.chain.position(user) + 1 if mark and user else 0
        for path in map(str, self.listed()):
            if self.chain.position(path) >= first:
                yield mark + path.partition(f"/{FOLDER}/")[2]

    def _miss(self, names: tuple[str, ...], path: str, line: int) -> None:
        at = Span(source_path(path), line)
        self.problems.append(template_missing(at, names, self.known(names[0], user=path)))

    def _report(self, code: str, path: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(error(code, Span(source_path(path), line), message, hint=hint))


def _stem(name: str) -> str:
    """*name* as far as names are told apart by it: nearly all end alike."""
    return name.removesuffix(".html")


def _above(path: str, extends: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """The templates that *path* extends, directly or over others; it is among them itself if they lead back."""
    found, waiting = dict[str, None](), [path]
    while waiting:
        new = [other for other in extends.get(waiting.pop(), ()) if other not in found]
        found.update(dict.fromkeys(new))
        waiting.extend(new)
    return tuple(found)


def _unprinted(block: "uses.BlockUse", path: str, known: Iterable[str]) -> Problem:
    message = f"No template that this one extends has a block '{block.name}': nothing prints it."
    hint = did_you_mean(block.name, known) or f"there are {', '.join(sorted(known)) or 'none'}"
    return warning(
        "template-block-unknown", Span(source_path(path), block.line), message, hint=hint
    )


def _endless(extends: Mapping[str, Mapping[str, int]]) -> Iterator[Problem]:
    for path in sorted(extends):
        for other, line in extends[path].items():
            if path in (other, *_above(other, extends)):
                hint = "to change a part of the template that this one hides, extend 'parent:…'"
                message = "This template extends itself."
                at = Span(source_path(path), line)
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

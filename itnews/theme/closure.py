"""What a template consists of: all templates that it extends, includes or imports, found without rendering."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

from itnews.digest import ABSENT, Digest, digest_bytes, digest_value
from itnews.paths import source_path
from itnews.problems import Problem, Span, error
from itnews.theme.chain import OVERRIDES, Chain, Read

FOLDER = "templates"
PARENT = "parent:"
_NEVER = frozenset("\\\0")  # in no name of a template: they could lead astray

_PLAIN = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)  # parses only
_CONSTANT = "name the template in quotes; for a choice use `if`, or `site.fragment(name)`"


@dataclass(frozen=True, slots=True)
class Use:
    """An `extends`, `include`, `import` or `from`: the *names* in quotes, of which the first that exists is taken."""

    names: tuple[str, ...]
    line: int
    extends: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a template may not do, by *code*, at *line*."""

    code: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Uses:
    """What one template text asks for, and what is refused in it."""

    uses: tuple[Use, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """All that the rendering of a template depends on in the theme.

    *names* are the source paths of the templates, the first one that of the template itself (empty if there is none).
    *digest* covers their bytes, and which of the paths that were asked are absent: a new override changes it.
    """

    names: tuple[str, ...]
    digest: Digest


def template_closure(chain: Chain, name: str, read: Read) -> tuple[Closure, tuple[Problem, ...]]:
    """The static closure of the template *name* (`update.html`), and what is wrong in it."""
    walk = _Walk(chain, read)
    if walk.find(name) is None:
        at = Span(source_path(f"{OVERRIDES}/{FOLDER}"))
        walk.problems.append(error("template-missing", at, f"No theme has a template '{name}'."))
    walk.follow()
    walk.problems.extend(_endless(walk.extends))
    names = tuple(path for path, digest in walk.asked.items() if digest != ABSENT)
    return Closure(names, digest_value(walk.asked)), tuple(walk.problems)


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


@lru_cache(maxsize=512)
def parse_uses(text: str) -> Uses:
    """What the template *text* asks for. Raises jinja2.TemplateSyntaxError."""
    tree = _PLAIN.parse(text)
    uses, refused = list[Use](), list[Refusal]()
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        use = _use(node)
        if use.names:
            uses.append(use)
        else:
            message = f"What `{_verb(node)}` names here is not a text in quotes."
            refused.append(Refusal("template-not-constant", node.lineno, message, _CONSTANT))
    refused.extend(_private(tree))
    return Uses(tuple(uses), tuple(refused))


@dataclass(slots=True)
class _Walk:
    """The walk through a closure: what was asked and what the answers were."""

    chain: Chain
    read: Read
    asked: dict[str, Digest] = field(default_factory=dict)
    extends: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _open: list[tuple[str, bytes]] = field(default_factory=list)

    def find(self, name: str, *, user: str = "") -> str | None:
        """The path that answers *name*; one that is met for the first time waits to be followed."""
        for path in named(self.chain, name, user=user):
            if path not in self.asked:
                payload = self.read(path)
                self.asked[path] = ABSENT if payload is None else digest_bytes(payload)
                if payload is not None:
                    self._open.append((path, payload))
            if self.asked[path] != ABSENT:
                return path
        return None

    def follow(self) -> None:
        while self._open:
            path, payload = self._open.pop()
            try:
                found = parse_uses(payload.decode("utf-8-sig"))
            except UnicodeDecodeError as fault:
                line = payload[: fault.start].count(b"\n") + 1
                message = "This template is not UTF-8 text."
                self._report("template-encoding", path, line, message)
            except TemplateSyntaxError as fault:
                self._report("template-syntax", path, fault.lineno, f"{fault.message or fault}")
            else:
                self._ask(path, found)

    def _ask(self, path: str, found: Uses) -> None:
        for refusal in found.refused:
            self._report(refusal.code, path, refusal.line, refusal.message, refusal.hint)
        for use in found.uses:
            answers = (self.find(name, user=path) for name in use.names)
            answer = next((answer for answer in answers if answer), None)
            if answer is None and not use.optional:
                names = " or ".join(f"'{name}'" for name in use.names)
                self._report(
                    "template-missing", path, use.line, f"No theme has a template {names}."
                )
            elif answer and use.extends:
                self.extends.setdefault(path, (answer, use.line))

    def _report(self, code: str, path: str, line: int, message: str, hint: str = "") -> None:
        self.problems.append(error(code, Span(source_path(path), line), message, hint=hint))


def _use(node: nodes.Node) -> Use:
    assert isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport)
    wanted = node.template
    parts = wanted.items if isinstance(wanted, nodes.Tuple | nodes.List) else [wanted]
    names = [part.value for part in parts if isinstance(part, nodes.Const)]
    constant = len(names) == len(parts) and all(isinstance(name, str) for name in names)
    return Use(
        names=tuple(names) if constant else (),
        line=node.lineno,
        extends=isinstance(node, nodes.Extends),
        optional=isinstance(node, nodes.Include) and node.ignore_missing,
    )


def _verb(node: nodes.Node) -> str:
    return "from" if isinstance(node, nodes.FromImport) else type(node).__name__.lower()


def _private(tree: nodes.Template) -> Iterator[Refusal]:
    """Attributes that begin with `_` are no question a template may ask: what they answer is not recorded."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        name = node.attr if isinstance(node, nodes.Getattr) else _constant_key(node)
        if name.startswith("_"):
            message = f"A template may not use '{name}'."
            hint = "names that begin with an underscore are internal"
            yield Refusal("template-private", node.lineno, message, hint)


def _constant_key(node: nodes.Node) -> str:
    assert isinstance(node, nodes.Getitem)
    key = node.arg
    return key.value if isinstance(key, nodes.Const) and isinstance(key.value, str) else ""


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

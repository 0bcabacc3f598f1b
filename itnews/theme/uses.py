"""What one template text asks for by name, and what is refused in it, wherever templates come from."""

from collections.abc import Iterator
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser
from msgspec import Struct

_PLAIN = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)  # parses only
_CONSTANT = "name the template in quotes; for a choice use `if`, or `site.fragment(name)`"
_TOO_DEEP = "This template is nested too deeply."
_TOO_LONG = "A number on this line, or behind it, is too long."

# Jinja parses and compiles recursively. Where Python's stack ends depends on who asks; these limits come before that.
_BRACKETS_AND_BLOCKS = (
    20  # inside one another, of Python's own 20 loops; a bracket takes sixteen of its 1000 frames
)
_LEVELS = 100  # of the tree: a sum or a chain of filters is one level deeper with every part

_Naming = nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport


class Use(Struct, frozen=True):
    """An `extends`, `include`, `import` or `from`: the *names* in quotes, of which the first that exists is taken."""

    names: tuple[str, ...]
    line: int
    extends: bool = False
    optional: bool = False


class FragmentUse(Struct, frozen=True):
    """A `site.fragment` whose *name* is in quotes."""

    name: str
    line: int


class BlockUse(Struct, frozen=True):
    """A `{% block name %}`.

    *printed*: by the template itself, because it stands inside of another or is called (`self.name()`).
    """

    name: str
    line: int
    printed: bool


class Refusal(Struct, frozen=True):
    """What a template may not do, by *code*, at *line*."""

    code: str
    line: int
    message: str
    hint: str


class Uses(Struct, frozen=True):
    """What one template text asks for, and what is refused in it."""

    uses: tuple[Use, ...]
    fragments: tuple[FragmentUse, ...]
    blocks: tuple[BlockUse, ...]
    refused: tuple[Refusal, ...]


_AT_MOST = 512  # a theme has fifty templates
_WAITING: dict[str, nodes.Template] = {}  # trees by their texts, to be compiled


@lru_cache(maxsize=_AT_MOST)
def parse_uses(text: str) -> Uses:
    """What the template *text* asks for. Raises jinja2.TemplateSyntaxError, also for what is nested too deeply."""
    tree = _parsed(text)
    uses = _uses_in(tree)
    if len(_WAITING) >= _AT_MOST:
        _WAITING.clear()
    _WAITING[text] = tree
    return uses


def take_tree(text: str, environment: Environment) -> nodes.Template:
    """The tree of the template *text*, for the compiler of *environment*.

    It is the one that `parse_uses` has made, if that was not taken before: a compiler changes it. Raises as that does.
    """
    tree = _WAITING.pop(text, None) or _parsed(text)
    tree.set_environment(environment)
    return tree


def drop_tree(text: str) -> None:
    """Lets go of the tree that `parse_uses` has made of *text*: nobody will compile it."""
    _WAITING.pop(text, None)


def names_set(text: str) -> frozenset[str]:
    """The names that the template *text* gives to something itself. Raises as `parse_uses` does."""
    found: set[str] = set()
    for node in _parsed(text).find_all((nodes.Name, nodes.Import, nodes.FromImport, nodes.Macro)):
        if isinstance(node, nodes.Name):
            found.update({node.name} if node.ctx != "load" else ())
        elif isinstance(node, nodes.FromImport):
            found.update(name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.Import):
            found.add(node.target)
        elif isinstance(node, nodes.Macro):
            found.add(node.name)
    return frozenset(found)


def _uses_in(tree: nodes.Template) -> Uses:
    found: list[Use | FragmentUse | Refusal | None] = []
    for node in _nodes(tree):
        if isinstance(node, _Naming):
            found.append(_use(node))
        elif isinstance(node, nodes.Call):
            found.append(_fragment(node))
        elif isinstance(node, nodes.Getattr):
            found.append(_private(node.attr, node.lineno))
        elif isinstance(node, nodes.Getitem):
            found.append(_private(_text(node.arg) or "", node.lineno))
    return Uses(
        tuple(one for one in found if isinstance(one, Use)),
        tuple(one for one in found if isinstance(one, FragmentUse)),
        tuple(_blocks_in(tree)),
        tuple(one for one in found if isinstance(one, Refusal)),
    )


def _blocks_in(tree: nodes.Template) -> Iterator[BlockUse]:
    blocks = list(tree.find_all(nodes.Block))
    inner = {below for block in blocks for below in block.find_all(nodes.Block)}
    called = {
        node.attr
        for node in tree.find_all(nodes.Getattr)
        if isinstance(node.node, nodes.Name) and node.node.name == "self"
    }
    for block in blocks:
        yield BlockUse(block.name, block.lineno, block in inner or block.name in called)


class _Parser(Parser):
    """Jinja's parser, which refuses what is nested too deeply at the line where it gets so."""

    _depth = 0

    def parse_expression(self, *arguments: bool, **named: bool) -> nodes.Expr:
        self._descend()
        found = super().parse_expression(*arguments, **named)
        self._depth -= 1
        return found

    def subparse(self, end_tokens: tuple[str, ...] | None = None) -> list[nodes.Node]:
        self._descend()
        found = super().subparse(end_tokens)
        self._depth -= 1
        return found

    def _descend(self) -> None:
        self._depth += 1
        if self._depth > _BRACKETS_AND_BLOCKS:
            self.fail(_TOO_DEEP)


def _parsed(text: str) -> nodes.Template:
    parser = _Parser(_PLAIN, text)
    try:
        return parser.parse()
    except RecursionError:  # `not not not ...`
        raise TemplateSyntaxError(_TOO_DEEP, parser.stream.current.lineno) from None
    except ValueError:  # Python reads no number of more than 4300 digits
        raise TemplateSyntaxError(_TOO_LONG, parser.stream.current.lineno) from None


def _nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    """All nodes below *tree*, those of the template's beginning first."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, level = waiting.pop()
        if level > _LEVELS:
            raise TemplateSyntaxError(_TOO_DEEP, node.lineno)
        yield node
        children = [(child, level + 1) for child in node.iter_child_nodes()]
        waiting.extend(reversed(children))


def _use(node: _Naming) -> Use | Refusal:
    wanted = node.template
    parts = wanted.items if isinstance(wanted, nodes.Tuple | nodes.List) else [wanted]
    names = tuple(text for text in map(_text, parts) if text is not None)
    if len(names) < len(parts):
        verb = "from" if isinstance(node, nodes.FromImport) else type(node).__name__.lower()
        message = f"What `{verb}` names here is not a text in quotes."
        return Refusal("template-not-constant", node.lineno, message, _CONSTANT)
    return Use(
        names=names,
        line=node.lineno,
        extends=isinstance(node, nodes.Extends),
        optional=isinstance(node, nodes.Include) and node.ignore_missing,
    )


def _fragment(call: nodes.Call) -> FragmentUse | None:
    asked = call.node
    if not isinstance(asked, nodes.Getattr) or asked.attr != "fragment":
        return None
    if not isinstance(asked.node, nodes.Name) or asked.node.name != "site":
        return None
    named = (argument.value for argument in call.kwargs if argument.key == "template")
    name = next((_text(argument) for argument in (*call.args, *named)), None)
    return FragmentUse(name, call.lineno) if name else None


def _private(name: str, line: int) -> Refusal | None:
    """Attributes that begin with `_` are no question a template may ask: what they answer is not recorded."""
    if not name.startswith("_"):
        return None
    message = f"A template may not use '{name}'."
    hint = "names that begin with an underscore are internal"
    return Refusal("template-private", line, message, hint)


def _text(node: nodes.Node) -> str | None:
    """What *node* says if it is a text in quotes."""
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else None

"""How long, how deep and how wide code may grow (CONTRIBUTING.md, "Budgets"), counted.

A budget is raised in RAISED below, with the reason, where a reviewer sees it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

BUDGETS = {
    "module lines": 400,
    "function lines": 40,
    "nesting": 3,
    "positional parameters": 5,
}


@dataclass(frozen=True)
class Raised:
    """A larger budget for one place, and why it is worth it there."""

    measure: str
    budget: int
    reason: str


# "itnews/markup/inline.py" for a module, "itnews/markup/inline.py::Scanner.run" for a function.
RAISED: dict[str, Raised] = {}

# Where data has no shape yet: what YAML and settings hold before they are checked.
ANY_ALLOWED = ("itnews/yaml", "itnews/content/frontmatter", "itnews/model/config")

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("itnews/**/*.py"))


@dataclass(frozen=True)
class Count:
    """One thing counted: *where* is a key of RAISED, *measure* one of BUDGETS."""

    where: str
    line: int
    measure: str
    n: int

    @property
    def budget(self) -> int:
        raised = RAISED.get(self.where)
        if raised and raised.measure == self.measure:
            return raised.budget
        return BUDGETS[self.measure]

    def __str__(self) -> str:
        path, _, name = self.where.partition("::")
        subject = f"{name}: " if name else ""
        return f"{path}:{self.line}: {subject}{self.measure} ({self.n}, budget {self.budget})"


Function = ast.FunctionDef | ast.AsyncFunctionDef
# An ExceptHandler and a match_case belong to the Try and the Match that count for them.
BLOCKS = (
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.Match),
)


def counts(path: str, source: str) -> Iterator[Count]:
    """Everything that has a budget in the module *path*."""
    yield Count(path, 1, "module lines", len(source.splitlines()))
    for name, function, in_class in functions(ast.parse(source)):
        where = f"{path}::{name}"
        yield Count(where, function.lineno, "function lines", function_lines(function))
        yield Count(where, function.lineno, "nesting", nesting(function))
        n = positional_parameters(function, in_class=in_class)
        yield Count(where, function.lineno, "positional parameters", n)


def functions(
    node: ast.AST, prefix: str = "", *, in_class: bool = False
) -> Iterator[tuple[str, Function, bool]]:
    """Each function below *node*: its dotted name, itself, and whether it is a method."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield prefix + child.name, child, in_class
            yield from functions(child, f"{prefix}{child.name}.")
        elif isinstance(child, ast.ClassDef):
            yield from functions(child, f"{prefix}{child.name}.", in_class=True)
        else:
            yield from functions(child, prefix, in_class=in_class)


def function_lines(function: Function) -> int:
    """Lines from `def` to the end; decorators and the docstring are not counted."""
    total = lines(function)
    if ast.get_docstring(function, clean=False) is None:
        return total
    return total - lines(function.body[0])


def lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def nesting(node: ast.AST) -> int:
    """How many blocks lie inside each other. `elif` is no deeper than its `if`; an inner function counts for itself."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef | ast.Lambda):
            continue
        step = int(isinstance(child, BLOCKS) and not is_elif(node, child))
        deepest = max(deepest, step + nesting(child))
    return deepest


def is_elif(parent: ast.AST, child: ast.AST) -> bool:
    """Whether *child* is the `elif` of *parent*: it stands where the word `if` of its parent stands."""
    return (
        isinstance(parent, ast.If)
        and isinstance(child, ast.If)
        and child in parent.orelse
        and child.col_offset == parent.col_offset
    )


def positional_parameters(function: Function, *, in_class: bool) -> int:
    """Parameters that a caller may give by position; self, cls, *args and keyword-only ones are not counted."""
    n = len(function.args.posonlyargs) + len(function.args.args)
    static = any(
        isinstance(d, ast.Name) and d.id == "staticmethod" for d in function.decorator_list
    )
    return max(n - 1, 0) if in_class and not static else n


def uses_of_any(source: str) -> list[int]:
    """The lines that bring in or name `typing.Any`, under whatever name the module goes."""
    found = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="typing" | "typing_extensions", names=names):
                found += [node.lineno for name in names if name.name in {"Any", "*"}]
            case ast.Attribute(attr="Any"):
                found.append(node.lineno)
    return sorted(found)


def may_use_any(path: str) -> bool:
    """Whether *path* is one of ANY_ALLOWED, as a module or as a package."""
    return any(path == f"{name}.py" or path.startswith(f"{name}/") for name in ANY_ALLOWED)


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_there_is_something_to_count() -> None:
    assert "itnews/__init__.py" in MODULES


@pytest.mark.parametrize("path", MODULES)
def test_module_and_its_functions_keep_their_budgets(path: str) -> None:
    over = [str(count) for count in counts(path, read(path)) if count.n > count.budget]
    assert not over, "over budget:\n" + "\n".join(over)


@pytest.mark.parametrize("path", [path for path in MODULES if not may_use_any(path)])
def test_any_stays_where_data_has_no_shape_yet(path: str) -> None:
    found = [f"{path}:{line}: Any" for line in uses_of_any(read(path))]
    assert not found, f"Any belongs in {', '.join(ANY_ALLOWED)} only:\n" + "\n".join(found)


def test_raised_budgets_have_a_reason_and_are_needed() -> None:
    assert [objection(where) for where in RAISED if objection(where)] == []


def objection(where: str) -> str:
    """What is wrong with an entry of RAISED; empty when nothing is."""
    raised, path = RAISED[where], where.partition("::")[0]
    if not raised.reason.strip():
        return f"{where}: say why"
    if path not in MODULES:
        return f"{where}: no such module"
    found = [
        c.n for c in counts(path, read(path)) if (c.where, c.measure) == (where, raised.measure)
    ]
    if not found:
        return f"{where}: nothing there has {raised.measure}"
    return "" if max(found) > BUDGETS[raised.measure] else f"{where}: the usual budget will do"


# The counters themselves, on code small enough to count by eye.


def function(source: str) -> Function:
    node = ast.parse(source).body[0]
    assert isinstance(node, Function)
    return node


def counted(source: str, measure: str) -> dict[str, int]:
    found = [count for count in counts("m.py", source) if count.measure == measure]
    return {count.where: count.n for count in found}


def test_message_says_where_what_and_how_much() -> None:
    source = "\n\ndef long():\n" + "    pass\n" * 40
    over = [str(count) for count in counts("m.py", source) if count.n > count.budget]
    assert over == ["m.py:3: long: function lines (41, budget 40)"]


def test_one_line_too_many_in_a_module_is_over_budget() -> None:
    assert counted("x = 1\n" * 400, "module lines") == {"m.py": 400}
    over = [str(count) for count in counts("m.py", "x = 1\n" * 401) if count.n > count.budget]
    assert over == ["m.py:1: module lines (401, budget 400)"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): pass", 1),
        ("def f():\n    x = 1\n\n    return x", 4),
        ('def f():\n    """One\n\n    two.\n    """\n    return 1', 2),
        ('def f():\n    """Only a docstring."""', 1),
        ("@a\n@b\ndef f():\n    pass", 2),
        ("async def f(\n    a,\n    b,\n):\n    pass", 5),
        ("def f():\n    x = '''\n    text\n    '''\n    return x", 5),
    ],
)
def test_lines_of_a_function(source: str, expected: int) -> None:
    assert function_lines(function(source)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("pass", 0),
        ("if a: pass", 1),
        ("if a: pass\n elif b: pass\n elif c: pass\n else: pass", 1),
        ("if a: pass\n else:\n  if b: pass", 2),
        ("for a in b:\n  while c:\n   with d: pass", 3),
        ("try: pass\n except A:\n  if b: pass", 2),
        ("try: pass\n except* A: pass", 1),
        ("match a:\n  case 1:\n   if b: pass", 2),
        ("if a: pass\n elif b:\n  for c in d: pass", 2),
        ("x = [a for a in b if c for d in e]", 0),
        ("def g():\n  if a:\n   if b: pass", 0),
        ("async def g(): pass\n if a: pass", 1),
    ],
)
def test_nesting_of_a_function(body: str, expected: int) -> None:
    assert nesting(function(f"def f():\n {body}\n")) == expected


def test_fourth_block_inside_another_is_over_budget() -> None:
    source = "def f():\n if a:\n  for b in c:\n   with d:\n    if e: pass\n"
    over = [str(count) for count in counts("m.py", source) if count.n > count.budget]
    assert over == ["m.py:1: f: nesting (4, budget 3)"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): pass", 0),
        ("def f(a, b, /, c, d=1, e=2): pass", 5),
        ("def f(a, *rest, b, c, **others): pass", 1),
        ("def f(a, *, b, c, d, e, f): pass", 1),
    ],
)
def test_positional_parameters_of_a_function(source: str, expected: int) -> None:
    assert positional_parameters(function(source), in_class=False) == expected


def test_self_and_cls_are_no_parameters_but_a_static_method_has_neither() -> None:
    source = """
class A:
    def method(self, a): pass
    @classmethod
    def of(cls, a, b): pass
    @staticmethod
    def plain(a, b, c): pass
    if condition:
        def inside(self, a, b, c, d): pass
    def outer(self):
        def inner(a, b, c, d, e, f): pass
"""
    assert counted(source, "positional parameters") == {
        "m.py::A.method": 1,
        "m.py::A.of": 2,
        "m.py::A.plain": 3,
        "m.py::A.inside": 4,
        "m.py::A.outer": 0,
        "m.py::A.outer.inner": 6,
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from typing import Any", [1]),
        ("from typing import Final, Any as Whatever", [1]),
        ("from typing_extensions import Any", [1]),
        ("from typing import *", [1]),
        ("import typing as t\nx: t.Any\ny: 'Final'", [2]),
        ("def f(x):\n    from typing import Any", [2]),
        ("from typing import AnyStr, Final\nx = any([])", []),
        ("# Any\nx = 'Any'", []),
    ],
)
def test_any_is_found(source: str, expected: list[int]) -> None:
    assert uses_of_any(source) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("itnews/yaml.py", True),
        ("itnews/yaml/loader.py", True),
        ("itnews/model/config.py", True),
        ("itnews/cli/config.py", False),
        ("itnews/yamlish.py", False),
    ],
)
def test_any_is_allowed_at_the_border_only(path: str, *, expected: bool) -> None:
    assert may_use_any(path) is expected


def test_raised_budget_counts_for_its_place_and_measure_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(RAISED, "m.py::f", Raised("nesting", 4, "a table of cases"))
    assert Count("m.py::f", 1, "nesting", 4).budget == 4
    assert Count("m.py::f", 1, "function lines", 41).budget == 40
    assert Count("m.py::g", 1, "nesting", 4).budget == 3


@pytest.mark.parametrize(
    ("where", "raised", "expected"),
    [
        ("itnews/__init__.py", Raised("module lines", 500, " "), "say why"),
        ("itnews/__init__.py", Raised("module lines", 500, "a table"), "the usual budget will do"),
        ("itnews/__init__.py::f", Raised("nesting", 5, "a table"), "nothing there has nesting"),
        ("itnews/gone.py", Raised("nesting", 5, "a table"), "no such module"),
    ],
)
def test_raised_budget_that_is_not_needed_is_refused(
    monkeypatch: pytest.MonkeyPatch, where: str, raised: Raised, expected: str
) -> None:
    monkeypatch.setitem(RAISED, where, raised)
    assert objection(where) == f"{where}: {expected}"

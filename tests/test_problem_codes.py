"""Every problem code is explained in docs/problems.md, and nothing is explained there that no code says any more."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel

from itnews.model.kinds import KINDS
from itnews.model.parts import Part
from itnews.model.references import Refers

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "problems.md"

# How a parameter is named that takes a code, and the functions of others that take one first.
PARAMETERS = ("code", "reason")
FOREIGN = {"PydanticCustomError": 0}
# Types that list codes, and a table whose rows begin with one.
LITERALS = ("Reason", "Complaint", "FaultCode")
TABLES = ("_TEXTS",)
# model/config.py calls a field of the settings a setting.
RENAMED = {
    "field-unknown": "setting-unknown",
    "field-missing": "setting-missing",
    "field-invalid": "setting-invalid",
}
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def refers(model: type[BaseModel]) -> Iterator[Refers]:
    """The marks of all fields that name documents."""
    for field in model.model_fields.values():
        yield from (mark for mark in field.metadata if isinstance(mark, Refers) and mark.kinds)
    for inner in model.__subclasses__():
        yield from refers(inner)


# The models of the kinds are subclasses of Part; KINDS, to have them defined.
REFERS = {*refers(Part), *(mark for kind in KINDS.values() for mark in refers(kind.model))}
WHAT = {"image", "link"}
# What the computed part of a code may be: an f-string is not explained by some entry that looks like it.
COMPUTED = {
    "{named}-unknown": {"audience", *(mark.kinds[0] for mark in REFERS if not mark.lenient)},
    "{named}-near": {mark.kinds[0] for mark in REFERS if mark.lenient},
    "{what}-broken": WHAT,
    "{what}-outside": WHAT,
}


@dataclass(frozen=True)
class Said:
    """A code in the source, and where it stands. One of which a part is computed is said once for each value."""

    text: str
    where: str


def modules() -> dict[str, ast.Module]:
    paths = sorted((ROOT / "itnews").rglob("*.py"))
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if "cli" not in path.parts
    }


def takers(trees: dict[str, ast.Module]) -> dict[str, int]:
    """What is called with a code: the name of a function or a data class, and which argument the code is."""
    found = dict(FOREIGN)
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg not in {"self", "cls"}]
            elif isinstance(node, ast.ClassDef):
                names = [
                    one.target.id
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ]
            else:
                continue
            for place, name in enumerate(names):
                if name in PARAMETERS:
                    found[node.name] = place
    return found


def said(trees: dict[str, ast.Module]) -> Iterator[Said]:
    places = takers(trees)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            for expression in code_expressions(node, places):
                yield from codes_in(expression, f"{path}:{expression.lineno}")


def code_expressions(node: ast.AST, places: dict[str, int]) -> Iterator[ast.expr]:
    """The expressions in *node* itself that are codes."""
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        place = places.get(name)
        if place is not None and place < len(node.args):
            yield node.args[place]
        yield from (one.value for one in node.keywords if place is not None and one.arg == "code")
    elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {one.id for one in targets if isinstance(one, ast.Name)}
        if names & set(LITERALS):
            yield node.value
        if names & set(TABLES) and isinstance(node.value, ast.Dict):
            yield from (row.elts[0] for row in node.value.values if isinstance(row, ast.Tuple))


def codes_in(expression: ast.expr, where: str) -> Iterator[Said]:
    if isinstance(expression, ast.JoinedStr):
        template = ast.unparse(expression).removeprefix("f").strip("'\"")
        for value in sorted(COMPUTED.get(template, {"?"})):
            yield Said(re.sub(r"\{.*?\}", value, template), where)
        return
    for node in ast.walk(expression):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            code = node.value.replace("_", "-")
            if CODE.fullmatch(code):
                yield Said(code, where)


def sections() -> dict[str, str]:
    """The entries of the page: each code with its text."""
    text = PAGE.read_text(encoding="utf-8")
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
    return {
        code.strip("` "): re.split(r"^## ", entry, flags=re.MULTILINE)[0]
        for code, entry in zip(parts[1::2], parts[2::2], strict=True)
    }


SAID = tuple(said(modules()))
SECTIONS = sections()


def test_the_search_finds_codes_of_every_kind() -> None:
    codes = {one.text for one in SAID}
    assert {
        "frontmatter-missing",  # the usual call
        "date-invalid",  # of pydantic
        "file-link-loop",  # of a Literal
        "number-invalid",  # of the table of pydantic's own errors
        "colour-invalid",  # through a function of ours
        "frontmatter-list",  # one of two
        "link-broken",  # partly computed
        "goal-unknown",  # of the kinds that fields refer to
    } <= codes


@pytest.mark.parametrize("one", SAID, ids=lambda one: f"{one.text} {one.where}")
def test_code_in_the_source_is_explained(one: Said) -> None:
    assert "?" not in one.text, f"{one.where}: what the computed part may be belongs in COMPUTED"
    assert one.text in SECTIONS, f"{one.where}: '{one.text}' has no entry in docs/problems.md"


@pytest.mark.parametrize("code", SECTIONS)
def test_explained_code_is_in_the_source(code: str) -> None:
    renamed = {new: old for old, new in RENAMED.items()}
    codes = {one.text for one in SAID}
    assert renamed.get(code, code) in codes, f"nothing says '{code}' any more"


@pytest.mark.parametrize("code", [*RENAMED.values()])
def test_renamed_code_is_explained(code: str) -> None:
    assert code in SECTIONS


@pytest.mark.parametrize("code", SECTIONS)
def test_entry_has_its_meaning_an_example_and_what_to_do(code: str) -> None:
    entry = SECTIONS[code]
    assert re.search(rf"^    .*(?:error|warning): .*\[{code}\]$", entry, re.MULTILINE), "an example"
    assert re.search(r"^What to do: \S", entry, re.MULTILINE), "what to do"
    assert re.match(r"\s*[A-Z`]", entry), "what it means, first"


def test_entries_stand_in_alphabetical_order_in_their_part() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        codes = re.findall(r"^### (.+)$", part, flags=re.MULTILINE)
        assert codes == sorted(codes)

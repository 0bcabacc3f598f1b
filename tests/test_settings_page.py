"""What docs/settings.md says is so: its tables are the model, and its examples are valid and leave nothing out."""

import re
from collections.abc import Iterator

import pytest

from itnews import yaml
from itnews.model.config import SettingsModel, parse_settings
from itnews.paths import source_path
from tests.settings_tables import BLOCK, LATER, PAGE, settings, with_tables
from tests.sites import SETTINGS

TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
NAMES = [name for name, _, _ in settings()]


def test_tables_are_those_of_the_model() -> None:
    assert with_tables(TEXT) == TEXT, "run `make docs`, and commit docs/settings.md"


def test_every_setting_stands_in_one_table_with_its_meaning() -> None:
    tables = "".join(block[0] for block in BLOCK.finditer(TEXT))
    assert re.findall(r"^\| `([^`]+)` \|.*[^ |] \|$", tables, re.MULTILINE) == [
        name for group in groups() for name in NAMES if top(name) in group
    ]
    assert {top(name) for name in NAMES} | LATER == set(SettingsModel.model_fields)


def groups() -> Iterator[list[str]]:
    for block in BLOCK.finditer(TEXT):
        yield block[2].split(", ")


def top(name: str) -> str:
    return re.split(r"[.\[]", name)[0]


def test_each_group_is_told_of_once() -> None:
    told = [name for group in groups() for name in group]
    assert sorted(told) == sorted({top(name) for name in NAMES})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.partition(":")[0])
def test_example_is_valid(example: str) -> None:
    whole = example if example.startswith("site:") else SETTINGS + example
    found, problems = parse_settings(whole, source_path("itnews.yaml"))
    assert problems == ()
    assert found is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_has_an_example(name: str) -> None:
    assert any(has(yaml.load(example), name.replace("[]", ".<each>")) for example in EXAMPLES)


def has(value: object, name: str) -> bool:
    """Whether the setting *name* stands in *value*; `<name>` and `<each>` are any member."""
    first, _, rest = name.partition(".")
    if first == "<each>":
        return isinstance(value, list) and any(has(one, rest) for one in value)
    if not isinstance(value, dict):
        return False
    members = (
        list(value.values()) if first == "<name>" else [value[first]] if first in value else []
    )
    return any(not rest or has(one, rest) for one in members)


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("a.b", True),
        ("a.c", False),
        ("<name>.b", True),
        ("l.<each>.x", True),
        ("l.<each>.y", False),
    ],
)
def test_a_setting_is_found_in_an_example_only_if_it_is_there(name: str, there: bool) -> None:
    assert has({"a": {"b": None}, "l": [{"x": 1}]}, name) is there


def test_links_to_sections_lead_somewhere() -> None:
    heads = {
        head.lower().replace(" ", "-") for head in re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) == heads

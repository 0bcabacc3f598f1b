"""JSON Schema of kinds and settings: it takes what the program takes, and refuses what is clearly wrong."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator as Validator
from pydantic import Field, ValidationError

from itnews.cli.init import starter, starter_values
from itnews.content.frontmatter import split
from itnews.content.scan import documents
from itnews.model.common import Common
from itnews.model.config import SettingsModel
from itnews.model.kinds import INTRODUCTION, KINDS, Kind
from itnews.model.names import ENUMERATIONS
from itnews.model.scalars import Line
from itnews.model.schema import kind_schema, settings_schema
from itnews.paths import source_path
from itnews.yaml import load
from tests.cli.running import DAY

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = {name: kind_schema(kind) for name, kind in {**KINDS, "": INTRODUCTION}.items()}
SETTINGS = settings_schema(SettingsModel)
EVERY = {**SCHEMAS, "itnews.yaml": SETTINGS}


def faults(kind: str, text: str) -> list[str]:
    """What the schema of *kind* says of a front matter."""
    return [fault.message for fault in Validator(SCHEMAS[kind]).iter_errors(load(text))]


def kind_at(path: str, fields: dict[str, Any]) -> Kind | None:
    if "kind" in fields:
        return KINDS[fields["kind"]]
    parts = path.split("/")
    kind = KINDS.of_folder(parts[1])
    return INTRODUCTION if kind and len(parts) == 3 and parts[2] == "index.md" else kind


def demonstration() -> dict[str, str]:
    files = [source_path(str(path.relative_to(ROOT))) for path in (ROOT / "content").rglob("*.md")]
    return {str(path): (ROOT / path).read_text(encoding="utf-8") for path in documents(files)}


DOCUMENTS = demonstration()
STARTER = starter(starter_values("it-news", DAY))


def groups(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All maps that *schema* describes, with their names."""
    yield "", schema
    yield from schema.get("$defs", {}).items()


@pytest.mark.parametrize("name", EVERY)
def test_schema_is_one(name: str) -> None:
    schema = EVERY[name]
    Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:itnews:")


def test_schemas_have_names_of_their_own() -> None:
    assert len({schema["$id"] for schema in EVERY.values()}) == len(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_every_field_has_a_title_and_a_description(name: str) -> None:
    for group, schema in groups(EVERY[name]):
        assert schema["title"], group
        assert schema["description"], group
        for field, described in schema["properties"].items():
            assert described["title"], (group, field)
            assert described["description"], (group, field)


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_demonstration_document_is_accepted(path: str) -> None:
    front = split(DOCUMENTS[path]).front
    kind = kind_at(path, load(front))
    assert kind is not None
    assert faults(kind.name if kind is not INTRODUCTION else "", front) == []


@pytest.mark.parametrize("path", [name for name in STARTER if name.startswith("content/")])
def test_every_document_of_a_new_site_is_accepted(path: str) -> None:
    kind = KINDS.of_folder(path.split("/")[1])
    assert kind is not None
    assert faults(kind.name, split(STARTER[path]).front) == []


@pytest.mark.parametrize(
    "text", [(ROOT / "itnews.yaml").read_text(encoding="utf-8"), STARTER["itnews.yaml"]]
)
def test_settings_are_accepted(text: str) -> None:
    assert list(Validator(SETTINGS).iter_errors(load(text))) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("update", "title: a\ntags: one\ndepartments: finance"),
        ("update", "title: 2026\ntags: [18, f]"),
        ("update", "title: a\nsummary:\nproject: ~\ncompleted: [Moved, ]"),
        ("update", "title: a\nwhy: Paper gets lost.\naction: Book a slot\nlinks: /help/"),
        ("update", "title: a\nstatus: In development\nimportance: HIGH"),
        ("update", "title: a\nstatus: on_hold\ndate: 2026-11-21 9:30 +0100"),
        ("update", "title: a\ndraft: Yes\npin: 'off'"),
        ("update", "title: a\nlayout: post\nwhatever: {is: [not, ours]}"),
        ("project", "title: a\ntarget: 2027\nmilestones: {name: a, due: q2 2027}"),
        ("project", "title: a\ncost: a five-figure sum\nhistory: {date: 2026-01-02}"),
        ("project", "title: a\ncost: {amount: '1200', class: growth}\nrecovery: Another supplier"),
        ("accomplishment", "title: a\nbenefits: ['project:expenses#days', {what: b}]"),
        ("person", "name: Dana Vogt"),
        ("person", "title: Dana Vogt"),
    ],
)
def test_what_authors_write_is_accepted(kind: str, text: str) -> None:
    KINDS[kind].model.model_validate(load(text))
    assert faults(kind, text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("update", "date: 2026-11-21"),
        ("update", "title:"),
        ("update", "title: ' '"),
        ("update", "title: [a, b]"),
        ("update", "title: a\nsummary: {is: a map}"),
        ("update", "title: a\nstatus: of track"),
        ("update", "title: a\ndate: 21 November"),
        ("update", "title: a\ndate: 20261121"),
        ("update", "title: a\ndraft: perhaps"),
        ("update", "title: a\naction: {by: 2026-11-21}"),
        ("update", "title: a\naction: {what: a, minutes: -5}"),
        ("update", "title: a\naction: {what: a, minutes: five}"),
        ("update", "title: a\nimpact: [finance]"),
        ("project", "title: a\ntarget: soon"),
        ("project", "title: a\ntarget: 26"),
        ("project", "title: a\nmilestones: [{due: 2026-11-21}]"),
        ("project", "title: a\ncost: {amount: 12 thousand}"),
        ("project", "title: a\nbenefits: [{what: a, stage: hoped}]"),
        ("person", "role: Clerk"),
        ("person", "name: a\nside: left"),
    ],
)
def test_what_is_clearly_wrong_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValidationError):
        KINDS[kind].model.model_validate(load(text))
    assert faults(kind, text)


@pytest.mark.parametrize(
    "text",
    [
        "site: {title: a}",
        "site: {id: 'a.example,2026', title: a, base_url: https://a.example/, langauge: en}",
        "site: {id: 'a.example,2026', title: a, base_url: https://a.example/}\ncolour: red",
        "site: {id: 'a.example,2026', title: a, base_url: https://a.example/}\nfeeds: {items: 0}",
        "site: {id: 'a.example,2026', title: a, base_url: https://a.example/}\nmenu: [{title: a}]",
    ],
)
def test_wrong_settings_are_refused(text: str) -> None:
    assert list(Validator(SETTINGS).iter_errors(load(text)))


def test_settings_left_empty_are_not_set() -> None:
    text = "site: {id: 'a.example,2026', title: a, base_url: https://a.example/, currency: }\n"
    text += (
        "theme:\nlabels: {status: {on-track: }}\neditions: {board: }\nmenu: {title: a, url: /}\n"
    )
    assert list(Validator(SETTINGS).iter_errors(load(text))) == []


class Odd(Common):
    """A kind of a site's own, whose field is called as a keyword of JSON Schema is."""

    default: Line = Field(default="", title="Default", description="What one gets unasked.")


def test_field_may_be_called_as_a_keyword_is() -> None:
    schema = kind_schema(Kind("odd", "odds", lambda: Odd, "Odd", "Odds"))
    assert schema["properties"]["default"]["title"] == "Default"


def test_names_of_another_system_are_known() -> None:
    schema = kind_schema(KINDS["update"], {"headline": "title", "excerpt": "summary"})
    check = Validator(schema)
    assert list(check.iter_errors({"headline": "a", "excerpt": "b"})) == []
    assert list(check.iter_errors({"headline": "a", "excerpt": ["b"]}))


# What the program accepts, an editor does not underline

WORDS = [word for one in ENUMERATIONS.values() for word in (*one.words, *one.synonyms)]
SPELT = st.sampled_from(WORDS).flatmap(
    lambda word: st.sampled_from(
        [word, word.upper(), word.title(), word.replace("-", " "), f" {word.replace('-', '__')} "]
    )
)
DATES = st.sampled_from(
    ["2026-11-21", " 2026-11-21 ", "2026-11-21T09:30Z", "2026-11-21  9:30:01,5 -5", "2026-2-1"]
)
PERIODS = st.sampled_from(
    [
        "90m",
        "02 Hours",
        "2026",
        2026,
        1899,
        "q2 2026",
        "Q2-2026",
        "2026-q2",
        "h2  2026",
        "fy27-q1",
        "FY2027",
        "FY7",
    ]
)
SCALARS = st.one_of(
    SPELT,
    DATES,
    PERIODS,
    st.text(alphabet="aB1 -_/#:.\n", max_size=6),
    st.sampled_from(["project:a#b", "https://a.example/", "12", " 12.0 ", "-1.5", "yes", "OFF"]),
    st.integers(-2, 3000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.none(),
)
NAMES = sorted(
    {
        name
        for schema in SCHEMAS.values()
        for group, described in groups(schema)
        if group
        for name in described["properties"]
    }
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=6,
)
CHECKS = {kind: Validator(schema) for kind, schema in SCHEMAS.items() if kind}


@given(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_a_kind_accepts_its_schema_accepts(data: st.DataObject, kind: str) -> None:
    name = data.draw(st.sampled_from(sorted(KINDS[kind].model.model_fields)))
    written = {"title": "a", name: data.draw(VALUES)}
    try:
        KINDS[kind].model.model_validate(written)
    except ValidationError:
        return
    assert [fault.message for fault in CHECKS[kind].iter_errors(written)] == []

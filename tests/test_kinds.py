"""The kinds of document: what their fields take, what they refuse, and what they refer to."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from itnews.model.common import Common
from itnews.model.faults import Fault, faults
from itnews.model.kinds import INTRODUCTION, KINDS
from itnews.model.names import ENUMERATIONS, LABELS, REFERENCE_KINDS, id_fault
from itnews.model.period import Period
from itnews.model.references import BenefitReference, FieldReference, references, unknown_fields


def fields(kind: str, **values: object) -> Any:
    """The fields of a document of *kind*, seen as a template sees them."""
    return KINDS[kind].model.model_validate({"title": "A title", **values})


def wrong(kind: str, **values: object) -> list[Fault]:
    with pytest.raises(ValidationError) as caught:
        fields(kind, **values)
    return list(faults(caught.value))


def codes(kind: str, **values: object) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(fault.code, fault.loc) for fault in wrong(kind, **values)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_is_enough(kind: str) -> None:
    assert fields(kind).title == "A title"


def test_one_value_where_a_list_is_expected_is_a_list_of_one() -> None:
    update = fields("update", tags="news", departments="finance", completed="Moved")
    assert (update.tags, update.departments, update.completed) == (
        ("news",),
        ("finance",),
        ("Moved",),
    )


def test_a_field_with_nothing_behind_its_colon_is_not_set() -> None:
    project = fields(
        "project", summary=None, owner=None, milestones=[None, {"name": "a", "due": None}]
    )
    assert (project.summary, project.owner, project.milestones[0].due) == ("", "", None)


def test_numbers_are_texts_as_written_where_texts_are_expected() -> None:
    assert fields("update", title=2026, tags=[18, "f"]).tags == ("18", "f")


def test_two_benefits_of_one_id_are_refused() -> None:
    told = [
        {"id": "hours", "what": "A"},
        {"what": "B"},
        {"what": "C"},
        {"id": "Hours", "what": "D"},
    ]
    with pytest.raises(ValidationError) as wrong:
        fields("service", benefits=told)
    (fault,) = faults(wrong.value)
    assert (fault.code, fault.loc) == ("benefit-duplicate", ("benefits", 3, "id"))
    assert fields("accomplishment", benefits=["project:p#a", "project:p#a"]).title


@pytest.mark.parametrize("amount", [10**15, -(10**15), 1e308])
def test_a_number_that_nobody_means_is_refused(amount: float) -> None:
    """The sum of two of them was a fault of the template."""
    with pytest.raises(ValidationError, match="too large to be meant"):
        fields("project", cost={"amount": amount})


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("HTTPS://Example.org/A", "https://Example.org/A"),
        ("MailTo:A@example.org", "mailto:A@example.org"),
        ("Project:Expenses", "project:Expenses"),
        ("/Forms:new", "/Forms:new"),
        ("../A.md", "../A.md"),
    ],
)
def test_a_scheme_is_lower_case_whoever_wrote_it(written: str, address: str) -> None:
    """So that what comes after may ask `startswith("https://")` (RFC 3986 section 3.1)."""
    assert fields("update", links=[written]).links[0].url == address


@pytest.mark.parametrize(
    ("enumeration", "written", "word"),
    [
        ("status", "Green", "on-track"),
        ("status", "A", "at-risk"),
        ("status", "On track", "on-track"),
        ("status", "on_hold", "paused"),
        ("horizon", "In development", "now"),
        ("phase", "In development", "pilot"),
        ("cadence", "bi-weekly", "fortnightly"),
        ("confidence", "H", "high"),
    ],
)
def test_a_synonym_prints_the_canonical_word(enumeration: str, written: str, word: str) -> None:
    assert getattr(fields("project", **{enumeration: written}), enumeration) == word


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_every_word_has_a_label_and_every_synonym_a_word(name: str) -> None:
    enumeration = ENUMERATIONS[name]
    assert set(LABELS[name]) == set(enumeration.words)
    assert set(enumeration.synonyms.values()) <= set(enumeration.words)
    assert all(enumeration.canonical(synonym) for synonym in enumeration.synonyms)
    assert not set(enumeration.synonyms) & set(enumeration.words)


def test_an_unknown_word_is_told_its_nearest() -> None:
    (fault,) = wrong("project", status="of track")
    assert (fault.code, fault.message) == ("choice-unknown", "Unknown status 'of track'.")
    assert fault.hint == "did you mean 'off-track'?"


def test_a_target_on_later_is_a_promise_nobody_made() -> None:
    assert codes("project", horizon="later", target="2026-Q4") == [("target-on-later", ("target",))]
    assert codes("roadmap", items=[{"title": "x", "horizon": "someday", "target": 2027}]) == [
        ("target-on-later", ("items", 0, "target"))
    ]
    assert fields("project", horizon="next", target="2026-Q4").target == Period("2026-Q4")


def test_the_history_stays_as_written_in_any_order() -> None:
    history = [{"date": "2026-03-02", "target": "2026-Q3"}, {"date": "2026-01-05", "target": 2026}]
    kept = fields("project", history=history).history
    assert [promise.date.iso for promise in kept] == ["2026-03-02", "2026-01-05"]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"title": ""}, [("field-missing", ("title",))]),
        ({"title": True}, [("text-expected", ("title",))]),
        ({"title": ["a"]}, [("text-expected", ("title",))]),
        ({"date": 20260302}, [("date-invalid", ("date",))]),
        ({"draft": "maybe"}, [("flag-invalid", ("draft",))]),
        ({"impact": ["finance"]}, [("map-expected", ("impact",))]),
        ({"importance": "urgent"}, [("importance-urgent", ("importance",))]),
        ({"lang": "English (US)"}, [("language-invalid", ("lang",))]),
        ({"links": "javascript:alert(1)"}, [("address-unsafe", ("links", 0, "url"))]),
        ({"links": "java\tscript:alert(1)"}, [("address-unsafe", ("links", 0, "url"))]),
        ({"links": [{"url": "file:///etc"}]}, [("address-unsafe", ("links", 0, "url"))]),
        ({"aliases": ["../up"]}, [("alias-invalid", ("aliases", 0))]),
        ({"aliases": ["//other.example/"]}, [("alias-invalid", ("aliases", 0))]),
        ({"aliases": ["/a/" + "x" * 300]}, [("alias-invalid", ("aliases", 0))]),
        ({"id": "a/b"}, [("id-invalid", ("id",))]),
        ({"slug": "../.."}, [("id-invalid", ("slug",))]),
        ({"order": 1.5}, [("number-invalid", ("order",))]),
        ({"action": {"what": "Sign", "minutes": -5}}, [("number-invalid", ("action", "minutes"))]),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused(values: Mapping[str, object], found: list[object]) -> None:
    assert codes("update", **values) == found


def test_all_that_is_wrong_is_found_at_once() -> None:
    found = codes(
        "project", status="grean", target="soon", cost=3, benefits=["x", {"baseline": "a"}]
    )
    assert found == [
        ("period-invalid", ("target",)),
        ("choice-unknown", ("status",)),
        ("map-expected", ("cost",)),
        ("map-expected", ("benefits", 0)),
        ("field-missing", ("benefits", 1, "what")),
        ("number-invalid", ("benefits", 1, "baseline")),
    ]


def test_a_deadline_is_a_moment_or_a_period() -> None:
    needs = [
        {"what": "a", "by": "2026-03-02 12:00"},
        {"what": "b", "by": "FY27-Q1"},
        {"what": "c", "by": 2026},
    ]
    project = fields("project", needs_from=needs)
    assert [str(need.by) for need in project.needs_from] == ["2026-03-02T12:00", "FY27-Q1", "2026"]
    assert codes("project", needs_from=[{"what": "a", "by": "soon"}]) == [
        ("period-invalid", ("needs_from", 0, "by"))
    ]


def test_a_blackout_ends_after_it_starts() -> None:
    days = {"starts": "2026-12-31", "ends": "2026-12-01"}
    assert codes("department", blackouts=days) == [("end-before-start", ("blackouts", 0, "ends"))]


@pytest.mark.parametrize(
    ("kind", "field", "written", "word"),
    [
        ("notice", "notice_type", "Planned maintenance", "maintenance"),
        ("notice", "impact_level", "Down", "outage"),
        ("notice", "certainty", "canceled", "cancelled"),
        ("ask", "state", "Looking into it", "looking"),
        ("ask", "state", "Not now", "not-now"),
        ("ask", "source", "E-Mail", "mail"),
        ("ask", "need_type", "Reports", "data"),
        ("service", "lifecycle", "deprecated", "retiring"),
    ],
)
def test_the_enumerations_of_notices_asks_and_services_have_synonyms(
    kind: str, field: str, written: str, word: str
) -> None:
    assert getattr(fields(kind, **{field: written}), field) == word


def test_a_notice_says_once_when_it_is_over() -> None:
    notice = fields("notice", starts="2026-05-11 07:00", duration="2 hours")
    assert str(notice.duration) == "2h"
    both = {"starts": "2026-05-11 07:00", "ends": "2026-05-11 09:00", "duration": "2h"}
    assert codes("notice", **both) == [("duration-beside-ends", ("duration",))]
    assert codes("notice", duration="soon") == [("duration-invalid", ("duration",))]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-05-11 09:00", "2026-05-11 07:00"),
        ("2026-05-11", "2026-05-10"),
        ("2026-05-11 09:00", "2026-05-10"),
        ("2026-05-11 09:00+02:00", "2026-05-11 08:59+02:00"),
    ],
)
def test_an_end_before_the_start_is_an_error(starts: str, ends: str) -> None:
    assert codes("notice", starts=starts, ends=ends) == [("end-before-start", ("ends",))]
    assert codes("consultation", opens=starts, closes=ends) == [("end-before-start", ("closes",))]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2026-05-11", "2026-05-11"),
        ("2026-05-11 09:00", "2026-05-11"),
        ("2026-05-11 09:00", "2026-05-11 09:00"),
        (
            "2026-05-11 09:00",
            "2026-05-11 08:30+01:00",
        ),  # in London the same moment but for half an hour
    ],
)
def test_what_may_end_in_time_in_some_zone_is_no_error(starts: str, ends: str) -> None:
    assert fields("notice", starts=starts, ends=ends).ends is not None


def test_only_a_notice_may_be_urgent() -> None:
    assert fields("notice", importance="urgent").importance == "urgent"
    for kind in KINDS.keys() - {"notice"}:
        assert codes(kind, importance="urgent") == [("importance-urgent", ("importance",))]


def test_a_timeline_has_a_moment_for_each_entry() -> None:
    notice = fields("notice", timeline={"at": "2026-04-03 08:15", "state": "Fixed"})
    assert (str(notice.timeline[0].at), notice.timeline[0].state) == (
        "2026-04-03T08:15",
        "resolved",
    )
    assert codes("notice", timeline=[{"state": "resolved"}]) == [
        ("field-missing", ("timeline", 0, "at"))
    ]


def test_notices_and_asks_refer_to_documents() -> None:
    notice = fields("notice", supersedes="vpn", services=["mail"])
    assert list(references(notice)) == [
        FieldReference(("service",), "mail", ("services", 0)),
        FieldReference(("notice",), "vpn", ("supersedes",)),
    ]
    ask = fields("ask", asked_by="finance", also_asked_by="anna", accepted_by="ben")
    party = ("person", "department")
    assert list(references(ask)) == [
        FieldReference(party, "finance", ("asked_by",), lenient=True),
        FieldReference(party, "anna", ("also_asked_by", 0), lenient=True),
        FieldReference(("person",), "ben", ("accepted_by",), lenient=True),
    ]


def test_an_ask_that_nobody_has_looked_at_was_heard() -> None:
    assert (fields("ask").state, fields("notice").certainty) == ("heard", "confirmed")


def test_a_long_plain_meaning_is_a_matter_of_wording() -> None:
    assert fields("term", plain="word " * 40).plain


def test_a_term_needs_a_term_or_a_title() -> None:
    assert KINDS["term"].model.model_validate({"term": "Outage"}).title == "Outage"
    assert fields("term").term == "A title"


def test_a_person_needs_a_name_or_a_title() -> None:
    assert KINDS["person"].model.model_validate({"name": "Anna"}).title == "Anna"
    with pytest.raises(ValidationError):
        KINDS["person"].model.model_validate({"role": "Clerk"})


def test_a_list_is_no_name_even_if_it_is_empty() -> None:
    with pytest.raises(ValidationError):
        KINDS["person"].model.model_validate({"title": "Anna", "name": []})


def test_a_template_is_a_name_and_no_path() -> None:
    assert fields("page", template="landing.html").template == "landing.html"
    assert codes("page", template="../../secret.html") == [("template-invalid", ("template",))]


def test_an_accomplishment_names_a_benefit_or_has_its_own() -> None:
    won = fields("accomplishment", benefits=["project:expenses#hours", {"what": "Less paper"}])
    assert won.benefits[0] == BenefitReference("project:expenses#hours")
    assert (won.benefits[0].project, won.benefits[0].benefit) == ("expenses", "hours")
    assert codes("accomplishment", benefits="expenses") == [
        ("benefit-reference-invalid", ("benefits", 0))
    ]


def test_references_are_found_wherever_they_stand() -> None:
    project = fields(
        "project",
        audience=["Everyone", "finance"],
        impact={"hr": "You get it, too."},
        goals="faster-close",
        services="mail",
        asks="ask-1",
        owner="anna",
        needs_from={"who": "legal", "what": "A contract"},
        benefits={"what": "Hours", "confirmed_by": "ben"},
        training={"what": "Course", "for": "it"},
    )
    party = ("person", "department")
    assert list(references(project)) == [
        FieldReference(("department",), "finance", ("audience", 1)),
        FieldReference(("department",), "hr", ("impact", "hr"), is_name=True),
        FieldReference(("goal",), "faster-close", ("goals", 0)),
        FieldReference(("service",), "mail", ("services", 0)),
        FieldReference(("person",), "anna", ("owner",), lenient=True),
        FieldReference(party, "legal", ("needs_from", 0, "who"), lenient=True),
        FieldReference(("ask",), "ask-1", ("asks", 0)),
        FieldReference(("person",), "ben", ("benefits", 0, "confirmed_by"), lenient=True),
    ]


def test_a_reference_to_a_benefit_names_its_part() -> None:
    won = fields("accomplishment", benefits="project:expenses#hours")
    assert list(references(won)) == [
        FieldReference(("project",), "expenses", ("benefits", 0), part="hours")
    ]


def test_unknown_fields_are_kept_and_found_in_parts_too() -> None:
    project = fields("project", layout="post", cost={"amount": 3, "sum": 4})
    assert project.extra == {"layout": "post"}
    assert [loc for loc, _ in unknown_fields(project)] == [("layout",), ("cost", "sum")]
    known = dict(unknown_fields(project))
    assert "class" in known["cost", "sum"]


def test_units_are_written_one_way() -> None:
    benefits = [
        {"what": "a", "unit": unit} for unit in ("hours/month", "hours / month", "hours per month")
    ]
    assert {benefit.unit for benefit in fields("project", benefits=benefits).benefits} == {
        "hours/month"
    }


def test_ids_need_a_letter_or_digit() -> None:
    assert not id_fault("2026-03-02 What's new?")
    assert id_fault("???")
    assert id_fault("a#b")


def test_every_kind_may_be_named_in_a_reference() -> None:
    assert set(REFERENCE_KINDS) == set(KINDS)


def test_kinds_are_found_by_name_and_folder() -> None:
    assert KINDS.of_folder("people") is KINDS["person"]
    assert KINDS.of_folder("elsewhere") is None
    assert "introduction" not in KINDS


@pytest.mark.parametrize("kind", [*KINDS.values(), INTRODUCTION], ids=lambda kind: kind.name)
def test_every_field_is_explained(kind: Any) -> None:
    schema = kind.model.model_json_schema()
    for owner in [schema, *schema.get("$defs", {}).values()]:
        for name, field in owner["properties"].items():
            assert field.get("title"), name
            assert field.get("description"), name


TEXTS = st.sampled_from(
    ["2026-03-02", "2026-Q1", "green", "now", "finance", "project:a#b", "", "3", "90m"]
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXTS,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["what", "by", "who", "class", "name", "odd"]), inner, max_size=3
        ),
    ),
    max_leaves=4,
)


@settings(max_examples=50, deadline=None)
@given(st.data(), st.sampled_from(list(KINDS.values())))
def test_valid_fields_are_the_same_after_a_trip_through_json(
    data: st.DataObject, kind: Any
) -> None:
    names = st.sampled_from([*kind.model.model_fields, "odd", "extra", "model_config", "__class__"])
    written = data.draw(st.dictionaries(names, VALUES, max_size=4))
    try:
        found: Common = kind.model.model_validate({**written, "title": "A title"})
    except ValidationError:
        return
    assert kind.model.model_validate_json(found.model_dump_json()) == found

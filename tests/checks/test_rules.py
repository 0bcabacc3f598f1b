"""The rules of editorial policy, each on a document that an author may have written."""

import pytest
from msgspec.structs import replace

from itnews.checks.finding import Case, Closed
from itnews.checks.registry import findings
from itnews.model.article import Card
from itnews.model.fields.department import Blackout
from itnews.views.notices import notice_item
from itnews.views.project import project_view
from tests.views.cards import CALENDAR, ZONE, at, card, index_of

NOW = "2026-11-21 12:00"


def case(document: Card, *others: Card, now: str = NOW) -> Case:
    """*document* beside *others*, at the time *now*."""
    found = Case(card=document, zone=ZONE, passed=at(now))
    if document.kind == "project":
        index = index_of(document, *others)
        found = replace(found, project=project_view(index, document.path, passed=found.passed))
    if document.kind == "notice":
        index = index_of(document, *others)
        found = replace(found, notice=notice_item(index, document.path, passed=found.passed))
    return found


def codes(document: Card, *others: Card, now: str = NOW) -> list[str]:
    return [code for code, _ in findings(case(document, *others, now=now))]


def loc(document: Card, code: str, *others: Card) -> tuple[str | int, ...]:
    """Where the rule *code* points to."""
    (place,) = (found.loc for said, found in findings(case(document, *others)) if said == code)
    return place


def update(**fields: object) -> Card:
    return card("update", "news", **{"date": "2026-11-20", "summary": "What it means.", **fields})


def project(**fields: object) -> Card:
    whole = {
        "summary": "You get your money back within a week.",
        "owner": "dana",
        "outcome": "Money comes back sooner.",
        "status": "on-track",
        "status_as_of": "2026-11-20",
    }
    return card("project", "expenses", **{**whole, **fields})


def test_whole_documents_are_passed_over() -> None:
    assert codes(update()) == []
    assert codes(project()) == []


@pytest.mark.parametrize(("length", "said"), [(80, []), (81, ["title-long"])])
def test_title_of_81_characters_is_long(length: int, said: list[str]) -> None:
    assert codes(update(title="x" * length)) == said


@pytest.mark.parametrize(("length", "said"), [(160, []), (161, ["summary-long"])])
def test_summary_of_161_characters_is_long(length: int, said: list[str]) -> None:
    assert codes(update(summary="x" * length)) == said


def test_people_need_no_summary_and_news_does() -> None:
    assert codes(card("person", "dana")) == []
    assert codes(update(summary="")) == ["summary-missing"]


def test_picture_without_words() -> None:
    assert codes(update(image="vpn.png")) == ["image-alt-missing"]
    assert codes(update(image="vpn.png", image_alt="A phone")) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [("2026-11-21 23:59", []), ("2026-11-22 00:00", ["review-overdue"])],
)
def test_review_is_overdue_when_its_day_is_over(now: str, said: list[str]) -> None:
    assert codes(update(review_by="2026-11-21"), now=now) == said


def test_project_without_owner_and_outcome() -> None:
    assert codes(project(owner="", outcome="")) == ["owner-missing", "outcome-missing"]


@pytest.mark.parametrize("gone", [{"status": "cancelled"}, {"horizon": "stopped"}])
def test_what_is_given_up_needs_neither(gone: dict[str, str]) -> None:
    assert codes(project(owner="", outcome="", **gone)) == []


@pytest.mark.parametrize("status", ["at-risk", "off-track"])
def test_trouble_needs_a_reason_and_a_way_out(status: str) -> None:
    assert codes(project(status=status)) == ["reason-missing", "recovery-missing"]
    told = {"status_reason": "A supplier is late.", "recovery": {"what": "Another one"}}
    assert codes(project(status=status, **told)) == []


def test_trouble_that_an_update_tells_of_is_explained_by_the_update() -> None:
    worse = update(status="off-track", project="expenses", date="2026-11-21")
    assert codes(worse) == ["reason-missing"]
    assert codes(project(), worse) == ["recovery-missing"]
    explained = update(
        status="off-track",
        project="expenses",
        date="2026-11-21",
        status_reason="The supplier left.",
    )
    assert codes(explained) == []


def test_trouble_that_is_over_needs_nothing() -> None:
    better = update(status="on-track", project="expenses", date="2026-11-21")
    assert codes(project(status="off-track"), better) == []


@pytest.mark.parametrize(
    ("cadence", "now", "said"),
    [
        ("weekly", "2026-11-27 23:00", []),
        ("weekly", "2026-11-28 00:00", ["status-stale"]),
        ("monthly", "2026-11-28 00:00", []),
    ],
)
def test_status_is_stale_when_it_is_older_than_its_cadence(
    cadence: str, now: str, said: list[str]
) -> None:
    assert codes(project(cadence=cadence), now=now) == said


def test_update_that_states_no_status_confirms_none() -> None:
    news = update(project="expenses", date="2026-11-28")
    stale = project(cadence="weekly")
    assert codes(stale, news, now="2026-12-01") == ["status-stale"]
    stating = update(project="expenses", date="2026-11-28", status="on-track")
    assert codes(stale, stating, now="2026-12-01") == []


def test_stale_after_counts_where_there_is_no_cadence() -> None:
    calendar = replace(CALENDAR, cadence_default="", stale_after=10)
    document = project()
    passed = at("2026-12-01")
    view = project_view(index_of(document, calendar=calendar), document.path, passed=passed)
    found = Case(card=document, zone=ZONE, passed=passed, project=view)
    assert [code for code, _ in findings(found)] == ["status-stale"]


def test_status_of_no_day_never_grows_old_and_is_asked_for_one() -> None:
    assert codes(project(status_as_of=None)) == ["status-undated"]


def test_benefit_without_baseline_and_confirmed_by_nobody() -> None:
    benefits = [
        {"what": "Hours", "baseline": 3, "target": 1},
        {"what": "Money", "stage": "confirmed"},
    ]
    assert codes(project(benefits=benefits)) == ["confirmation-missing", "baseline-missing"]
    assert loc(project(benefits=benefits), "confirmation-missing") == ("benefits", 1, "stage")
    named = [{"what": "Money", "baseline": 3, "stage": "confirmed", "confirmed_by": "Sam"}]
    assert codes(project(benefits=named)) == []


def test_benefit_of_another_document_is_not_asked_about() -> None:
    done = card(
        "accomplishment",
        "sooner",
        date="2026-11-20",
        summary="Sooner.",
        benefits=["project:expenses#hours"],
    )
    assert codes(done) == []


def test_department_needs_a_relationship_manager() -> None:
    assert codes(card("department", "finance", summary="Money.")) == ["manager-missing"]


def test_stale_status_is_shown_where_its_day_is_written() -> None:
    assert loc(project(status_as_of="2026-01-02"), "status-stale") == ("status_as_of",)
    undated = project(status_as_of=None, updated="2026-01-02")
    assert loc(undated, "status-stale") == ("status",)


def test_every_finding_says_what_to_do() -> None:
    troubled = project(
        title="x" * 81,
        summary="x" * 161,
        owner="",
        outcome="",
        status="at-risk",
        status_as_of="2026-01-02",
        image="a.png",
        review_by="2026-01-02",
        benefits=[{"what": "Money", "stage": "confirmed"}],
    )
    found = list(findings(case(troubled)))
    assert len(found) > 8
    assert all(finding.message.endswith(".") and finding.hint for _, finding in found)


# Notices, asks, terms

CHRISTMAS = Blackout.model_validate({"starts": "2026-12-20", "ends": "2027-01-03"})


def notice(**fields: object) -> Card:
    whole = {"date": "2026-11-20", "summary": "Off for an evening.", "starts": "2026-12-21 20:00"}
    return card("notice", "mail", **{**whole, **fields})


def noticed(document: Card, *others: Card, now: str = NOW) -> list[str]:
    """What is said where an outage is due five days ahead, and Finance is closed."""
    asked = replace(
        case(document, *others, now=now),
        notice_days={"outage": 5},
        closed=(Closed("Finance", CHRISTMAS),),
    )
    return [code for code, _ in findings(asked)]


@pytest.mark.parametrize(
    ("starts", "said"),
    [("2026-11-24 20:00", ["notice-short"]), ("2026-11-25 01:00", [])],
)
def test_outage_is_announced_five_days_ahead(starts: str, said: list[str]) -> None:
    assert noticed(notice(starts=starts, impact_level="outage")) == said
    assert noticed(notice(starts=starts, impact_level="degraded")) == []


def test_days_count_from_the_day_on_which_readers_see_it() -> None:
    late = notice(starts="2026-11-28 20:00", impact_level="outage", publish_at="2026-11-27")
    assert noticed(late) == ["notice-short"]


@pytest.mark.parametrize(
    "reason",
    [
        {"notice_type": "incident"},
        {"certainty": "cancelled", "updated": "2026-11-21"},
        {"starts": "2026-11-21 11:00"},  # has begun
    ],
)
def test_nobody_can_announce_these_earlier(reason: dict[str, str]) -> None:
    short = {"starts": "2026-11-22 20:00", "impact_level": "outage"}
    assert noticed(notice(**short)) == ["notice-short"]
    assert noticed(notice(**{**short, **reason})) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts": "2026-12-20 00:00"}, ["notice-clash"]),
        ({"starts": "2026-12-19 23:00", "duration": "1h"}, []),
        ({"starts": "2026-12-19 23:00", "duration": "2h"}, ["notice-clash"]),
        ({"starts": "2026-12-19", "ends": "2026-12-19"}, []),
        ({"starts": "2026-12-01", "ends": "2027-02-01"}, ["notice-clash"]),
        ({"starts": "2027-01-03 23:59"}, ["notice-clash"]),
        ({"starts": "2027-01-04"}, []),
        ({"starts": "2026-12-24", "notice_type": "freeze"}, []),
        ({"starts": "2026-12-24", "certainty": "cancelled", "updated": "2026-11-21"}, []),
    ],
)
def test_notice_in_a_blackout(fields: dict[str, object], said: list[str]) -> None:
    assert noticed(notice(**fields)) == said


def test_what_another_notice_replaces_is_not_asked_about() -> None:
    old = notice(starts="2026-12-24 20:00")
    new = card("notice", "later", date="2026-11-21", starts="2027-02-01", supersedes="mail")
    assert noticed(old) == ["notice-clash"]
    assert noticed(old, new) == []


def ask(**fields: object) -> Card:
    return card("ask", "screen", **{"date": "2026-10-01", **fields})


@pytest.mark.parametrize(
    ("fields", "now", "said"),
    [
        ({}, "2026-11-01 23:59", []),
        ({}, "2026-11-02 00:00", ["ask-unanswered"]),
        ({"asked_on": "2026-10-20"}, "2026-11-02 00:00", []),
        ({"answer": "Yes.", "answered_on": "2026-10-02"}, "2026-12-01", []),
        ({"state": "done"}, "2026-12-01", []),
    ],
)
def test_ask_waits_as_long_as_a_status_may(
    fields: dict[str, object], now: str, said: list[str]
) -> None:
    assert codes(ask(**fields), now=now) == said


@pytest.mark.parametrize("state", ["declined", "not-now"])
def test_no_needs_its_reason(state: str) -> None:
    answered = {"state": state, "answer": "No.", "answered_on": "2026-10-02"}
    assert codes(ask(**answered)) == ["answer-why-missing"]
    assert codes(ask(**answered, answer_why="It costs too much.")) == []


@pytest.mark.parametrize(("words", "said"), [(25, []), (26, ["plain-long"])])
def test_plain_meaning_of_26_words_is_long(words: int, said: list[str]) -> None:
    assert codes(card("term", "vpn", plain="word " * words)) == said


# Moments


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts": None}, ["start-missing"]),
        ({"starts": None, "ends": "2026-12-22"}, ["start-missing"]),
        ({"starts": None, "notice_type": "incident"}, []),
        ({"starts": None, "notice_type": "security"}, []),
        ({"certainty": "cancelled"}, ["cancellation-undated"]),
        ({"certainty": "cancelled", "starts": None, "updated": "2026-11-21"}, []),
    ],
)
def test_notice_says_when(fields: dict[str, object], said: list[str]) -> None:
    assert codes(notice(**fields)) == said


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"at": "2026-11-20 12:00", "state": "monitoring"}, ["timeline-after-end"]),
        ({"at": "2026-11-20 11:59", "state": "monitoring"}, []),
        ({"at": "2026-11-20 12:00", "state": "resolved"}, []),
    ],
)
def test_incident_goes_on_after_its_end(entry: dict[str, str], said: list[str]) -> None:
    first = {"at": "2026-11-20 09:00", "state": "investigating"}
    over = {"starts": "2026-11-20 09:00", "ends": "2026-11-20 12:00", "notice_type": "incident"}
    document = notice(**over, timeline=[first, entry])
    assert codes(document) == said
    if said:
        assert loc(document, "timeline-after-end") == ("timeline", 1, "at")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ["answer-undated"]),
        ({"answered_on": "2026-10-01"}, []),
        ({"answered_on": "2026-09-30"}, ["ask-disordered"]),
        ({"answered_on": "2026-11-22"}, ["ask-disordered"]),
        ({"answered_on": "2026-10-05", "asked_on": "2026-10-06"}, ["ask-disordered"]),
        (
            {"answered_on": "2026-10-02", "done_on": "2026-11-21", "accepted_on": "2026-12-24"},
            ["ask-disordered"],
        ),
    ],
)
def test_days_of_an_ask(fields: dict[str, object], said: list[str]) -> None:
    assert codes(ask(answer="Yes.", **fields)) == said


@pytest.mark.parametrize(
    ("starts", "said"),
    [
        ("2026-03-29 01:59", []),
        ("2026-03-29 02:00", ["clock-change"]),
        ("2026-03-29 02:59", ["clock-change"]),
        ("2026-03-29 03:00", []),
        ("2026-10-25 02:30", ["clock-change"]),
        ("2026-10-25 02:30+01:00", []),
        ("2026-10-25 03:00", []),
        ("2026-10-25", []),
    ],
)
def test_time_that_the_clocks_skip_or_repeat(starts: str, said: list[str]) -> None:
    assert codes(notice(starts=starts)) == said
    assert codes(card("consultation", "hours", summary="S.", opens=starts)) == said
    assert codes(update(action={"what": "Reply", "by": starts})) == said

"""Changes of state in a whole site: in feeds, in the schedule, on pages, and at the instant at which they happen."""

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from tests.sites import Site, contents

ID = "tag:it.example.org,2026:"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The clock says 13:00 in Berlin on 21 November."""
    return Site(tmp_path / "site")


def ids(site: Site, feed: str = "/feed.xml") -> list[str]:
    return [entry.id.removeprefix(ID) for entry in feedparser.parse(site.page(feed)).entries]


def test_an_incident_is_an_item_again_when_it_is_resolved_and_not_before(site: Site) -> None:
    timeline = "[{at: 2026-11-21 13:30, state: resolved, text: It works <again>.}]"
    fields = {"notice_type": "incident", "date": "2026-11-21 12:30", "services": "[mail]"}
    site.document("services/mail")
    site.document("notices/down", "Sorry.", title="Mail is down", timeline=timeline, **fields)
    first = site.build()
    assert (first.problems, ids(site)) == ((), ["notice/down"])
    assert [(change.title, change.what) for change in first.coming] == [("Mail is down", "is over")]
    assert "In progress" in site.page("/notices/down/")
    assert first.wakes == datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    site.now = first.wakes
    site.build()
    for feed in ("/feed.xml", "/notices/feed.xml", "/services/mail/feed.xml"):
        assert ids(site, feed) == ["notice/down#resolved", "notice/down"]
    assert "In progress" not in site.page("/notices/down/")
    told = feedparser.parse(site.page("/feed.xml")).entries[0]
    assert told.title == "Resolved: Mail is down"
    assert told.published == "Sat, 21 Nov 2026 12:30:00 +0000"
    assert "<p>It works &lt;again&gt;.</p>" in told.content[0].value
    assert "Sorry." in told.content[0].value


def test_what_is_moved_is_told_with_the_notice_that_replaces_it(site: Site) -> None:
    site.document("notices/old", date="2026-11-01", starts="2026-12-01 20:00", title="Old day")
    site.document(
        "notices/new", date="2026-11-10", starts="2026-12-08", supersedes="old", title="New day"
    )
    report = site.build()
    assert ids(site) == ["notice/old#rescheduled", "notice/new", "notice/old"]
    moved = feedparser.parse(site.page("/feed.xml")).entries[0]
    assert moved.title == "Rescheduled: Old day"
    assert moved.link == "https://it.example.org/it/notices/new/"
    # The old day is no change any more, so nobody is woken on it.
    assert [change.title for change in report.coming] == ["New day", "New day"]
    assert "a newer notice in place of this one" in site.page("/notices/old/")
    assert "takes the place of" in site.page("/notices/new/")


def test_a_successor_that_is_not_to_be_seen_yet_moves_nothing(site: Site) -> None:
    site.document("notices/old", date="2026-11-01", starts="2026-12-01 20:00")
    site.document("notices/new", date="2026-11-25", starts="2026-12-08", supersedes="old")
    site.build()
    assert ids(site) == ["notice/old"]
    site.now = datetime(2026, 11, 25, tzinfo=UTC)
    site.build()
    assert ids(site)[0] == "notice/old#rescheduled"


def test_what_is_cancelled_is_told_on_the_day_of_its_update(site: Site) -> None:
    off = {"date": "2026-11-01", "certainty": "cancelled", "starts": "2026-12-01 20:00"}
    site.document("notices/off", updated="2026-11-20", **off)
    report = site.build()
    assert ids(site) == ["notice/off#cancelled", "notice/off"]
    assert [change.what for change in report.coming] == ["leaves the lists"]


def test_an_ask_enters_when_it_was_asked_and_again_when_it_is_answered(site: Site) -> None:
    site.document("updates/between", date="2026-11-05")
    answer = {"answer": "No.", "answered_on": "2026-11-10", "answer_why": "It is too dear."}
    site.document("asks/printer", date="2026-11-12", asked_on="2026-11-01", **answer)
    site.build()
    assert ids(site) == ["ask/printer#answered", "update/between", "ask/printer"]
    answered, _, asked = feedparser.parse(site.page("/feed.xml")).entries
    assert (answered.title, answered.summary) == ("Answered: printer", "No.")
    assert "It is too dear." in answered.content[0].value
    assert asked.published == "Sat, 31 Oct 2026 23:00:00 +0000"
    assert ids(site, "/asks/feed.xml") == ["ask/printer#answered", "ask/printer"]


def test_changes_count_towards_the_items_of_a_feed(site: Site) -> None:
    settings = (site.folder / "itnews.yaml").read_text(encoding="utf-8")
    site.write("itnews.yaml", settings + "feeds: {items: 3, content: summary}\n")
    for day in range(1, 4):
        site.document(f"updates/u{day}", date=f"2026-11-0{day}")
    site.document("asks/a", date="2026-11-04", answer="Yes.", answered_on="2026-11-05")
    site.build()
    assert ids(site) == ["ask/a#answered", "ask/a", "update/u3"]
    assert "content" not in feedparser.parse(site.page("/feed.xml")).entries[0]


def test_a_new_word_in_the_body_of_an_update_asks_for_no_change_of_state(site: Site) -> None:
    site.document("updates/u", "One.", date="2026-11-01")
    site.document("asks/a", date="2026-11-04", answer="Yes.", answered_on="2026-11-05")
    site.build()
    site.document("updates/u", "Two.", date="2026-11-01")
    made = site.build().change.written
    assert "/asks/index.html" not in made
    assert "/asks/a/index.html" not in made


def test_time_passes_and_the_pages_are_those_of_a_clean_build(site: Site, tmp_path: Path) -> None:
    work = {"date": "2026-11-01", "starts": "2026-11-21 14:00", "duration": "2h"}
    site.document("notices/work", **work)
    site.document("consultations/c", date="2026-11-01", closes="2026-11-21")
    site.document("asks/a", date="2026-11-20")
    site.build()
    for now in ("2026-11-21 13:00", "2026-11-21 15:00", "2026-11-21 23:00", "2026-11-22 12:00"):
        site.now = datetime.fromisoformat(now).replace(tzinfo=UTC)
        site.build()
        clean = tmp_path / "clean"
        assert site.clean(clean).exit_code == 0
        assert contents(site.output) == contents(clean / "output")


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("services: [maill]", "service-unknown"),
        ("supersedes: nothing", "notice-unknown"),
    ],
)
def test_a_wrong_id_of_a_service_or_a_notice_is_an_error(site: Site, field: str, code: str) -> None:
    site.document("services/mail")
    site.write("content/notices/n.md", f"---\ntitle: N\ndate: 2026-11-01\n{field}\n---\n")
    (problem,) = site.build().problems
    assert (problem.code, problem.at.line) == (code, 4)


def test_a_wrong_id_of_an_ask_is_an_error_with_the_nearest_one(site: Site) -> None:
    site.document("asks/printer", date="2026-11-01")
    site.document("projects/p", asks="[printr]")
    (problem,) = site.build().problems
    assert (problem.code, problem.hint) == ("ask-unknown", "did you mean 'printer'?")


def test_what_is_about_a_project_is_in_the_feed_of_its_services(site: Site) -> None:
    site.document("services/mail")
    site.document("projects/move", services="[mail]")
    site.document("updates/u", date="2026-11-01", project="move")
    site.build()
    assert ids(site, "/services/mail/feed.xml") == ["update/u"]

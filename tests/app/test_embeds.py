"""Views inside a page: what a page and a feed show of them, what an edit makes again, what is a mistake."""

import re
from html import unescape
from pathlib import Path

import pytest

from itnews.app.report import Report
from tests.laws.edits import EDITIONS, differences
from tests.laws.test_incremental import blind_to
from tests.sites import SETTINGS, Site, told


def fence(text: str) -> str:
    return f"Before.\n\n```itnews\n{text}\n```\n\nAfter."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A department with a project, a goal, an ask, a notice, a person and news; and one that has nothing."""
    made = Site(tmp_path / "site")
    made.document("departments/finance", title="Finance")
    made.document("departments/sales", title="Sales")
    made.document("goals/close", title="Faster close")
    made.document("services/mail", title="Mail")
    made.document("people/kim", title="Kim", departments="[finance]")
    made.document(
        "projects/expenses", title="Expenses by phone", departments="[finance]", goals="[close]", horizon="now",
        status="on-track", target="2026-Q4", outcome="Paid in days",
        benefits="[{what: Time to payment, unit: days, baseline: 12, measured: 4, target: 3, stage: measured}]",
    )  # fmt: skip
    made.document("projects/wiki", title="Wiki", departments="[sales]", horizon="next")
    made.document(
        "asks/forms",
        title="Fewer forms",
        date="2026-03-01",
        asked_by="finance",
        state="done",
        answer="There are two.",
    )
    made.document(
        "notices/mail-move",
        title="Mail moves",
        date="2026-11-20",
        services="[mail]",
        starts="2026-12-01 18:00",
    )
    made.document(
        "updates/pilot",
        title="The pilot began",
        date="2026-03-02",
        project="expenses",
        tags="[Money]",
    )
    made.document("updates/old", title="Sales meet", date="2026-01-02", departments="[sales]")
    return made


def shown(site: Site, text: str) -> str:
    """What the page of a document shows of the view *text*."""
    site.document("pages/plan", fence(text), title="Plan")
    report = site.build()
    assert told(report) == (0, ())
    return site.page("/plan/").partition("<p>Before.</p>")[2].partition("<p>After.</p>")[0].strip()


def fed(site: Site, text: str) -> str:
    """What the feed carries of the view *text*."""
    site.document("updates/plan", fence(text), title="Plan", date="2026-11-01", summary="The plan.")
    assert told(site.build()) == (0, ())
    feed = unescape(site.page("/feed.xml"))
    return feed.partition("<p>Before.</p>")[2].partition("<p>After.</p>")[0].strip()


def titles(markup: str) -> list[str]:
    """What the links in *markup* say."""
    return re.findall(r'<a href="[^"]*">([^<]*)</a>', markup)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roadmap", ["Expenses by phone", "Wiki"]),
        ("roadmap: {departments: [finance], horizons: [now, next]}", ["Expenses by phone"]),
        ("projects: {limit: 1}", ["Expenses by phone"]),
        ("projects: {departments: sales}", ["Wiki"]),
        ("projects: {goals: [close], projects: [wiki]}", ["Expenses by phone", "Wiki"]),
        ("value: {goals: [close]}", ["Expenses by phone"]),
        ("value: {projects: expenses}", ["Expenses by phone"]),
        ("value: {departments: [sales]}", []),
        ("asks: {departments: [finance], states: [finished]}", ["Fewer forms", "Finance"]),
        ("asks: {states: [heard]}", []),
        ("notices: {services: [mail]}", ["Mail moves", "Mail"]),
        ("notices: {departments: [sales]}", []),
        ("updates:", ["The pilot began", "Sales meet"]),
        ("updates: {tags: [money]}", ["The pilot began"]),
        ("updates: {goals: [close], projects: [expenses]}", ["The pilot began"]),
        ("updates: {goals: [close], departments: [sales]}", []),
        ("goals:", ["Faster close"]),
        ("people: {departments: [finance, sales]}", ["Kim"]),
    ],
)
def test_a_page_shows_what_the_view_was_narrowed_to(
    site: Site, text: str, expected: list[str]
) -> None:
    found = shown(site, text)
    assert titles(found) == expected
    assert found.startswith('<div class="embed">')
    assert ("Nothing at present." in found) == (expected == [])
    assert " id=" not in found


def test_a_feed_carries_a_plain_list_with_full_addresses(site: Site) -> None:
    assert fed(site, "roadmap: {departments: [finance]}") == (
        "<ul>\n"
        '<li><a href="https://it.example.org/it/projects/expenses/">Expenses by phone</a>: Now, On track, Q4 2026.'
        " Paid in days</li>\n"
        "</ul>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("value", "Time to payment (<a>Expenses by phone</a>): <strong>4 days</strong> instead of 12;"
                  " the target is 3, measured"),
        ("asks", "<a>Fewer forms</a>: Done. There are two."),
        ("notices", "<a>Mail moves</a>: Scheduled, 1 December 2026, 18:00"),
        ("updates: {projects: [expenses]}", "<a>The pilot began</a>, 2 Mar 2026"),
        ("people", "<a>Kim</a>"),
    ],
)  # fmt: skip
def test_each_view_has_a_plain_form(site: Site, text: str, expected: str) -> None:
    found = re.sub(r'<a href="[^"]*">', "<a>", fed(site, text))
    (line,) = re.findall(r"<li>(.*)</li>", found, re.DOTALL)
    assert re.sub(r"</?time[^>]*>|From ", "", " ".join(line.split())) == expected
    assert "class=" not in found


def test_a_view_without_anything_says_so_in_a_feed_too(site: Site) -> None:
    assert fed(site, "people: {departments: [sales]}") == "<p>Nothing at present.</p>"


def test_headings_of_a_view_follow_those_of_the_text(site: Site) -> None:
    site.document("pages/plan", "# Plan\n\n## Money\n\n" + fence("roadmap"), title="Plan")
    site.build()
    page = site.page("/plan/").partition("<p>Before.</p>")[2]
    assert re.findall(r"<h(\d)", page.partition("<p>After.</p>")[0])[:2] == ["4", "5"]


def test_an_excerpt_passes_over_a_view(site: Site) -> None:
    site.document(
        "updates/plan", "```itnews\ngoals:\n```\n\nThe words.", title="P", date="2026-11-01"
    )
    site.build()
    assert '<p class="entry-summary">The words.</p>' in site.page("/updates/")


def test_two_pages_share_one_view(site: Site) -> None:
    for name in ("one", "two"):
        site.document(f"pages/{name}", fence("goals: {limit: 5}"))
    made = [key for key in site.build().made if key.startswith("embed|")]
    assert len(made) == 1


def made_again(site: Site, scratch: Path) -> set[str]:
    """The documents whose pages the next build makes; it has to give what a clean one gives."""
    report = site.build()
    assert told(report) == told(site.clean(scratch))
    assert differences(site.output, scratch / "output") == []
    return {key.rpartition("|")[2] for key in report.made if key.startswith("page|")}


def test_a_page_is_made_again_when_what_its_view_shows_changes_and_only_then(
    site: Site, tmp_path: Path
) -> None:
    page = "content/pages/plan.md"
    site.document("pages/plan", fence("projects: {departments: [finance]}"), title="Plan")
    site.build()
    site.document("projects/wiki", title="Wiki two", departments="[sales]", horizon="later")
    assert page not in made_again(site, tmp_path / "a")
    site.document("projects/portal", title="Portal", departments="[finance]", horizon="later")
    assert page in made_again(site, tmp_path / "b")
    assert "Portal" in site.page("/plan/")


def test_a_view_never_shows_what_the_edition_hides(site: Site) -> None:
    site.write("itnews.yaml", SETTINGS + EDITIONS)
    site.edition = "public"
    site.document("departments/board", title="Board", visibility="board")
    site.document("projects/merger", title="Merger", visibility="board", departments="[board]")
    assert "Merger" not in shown(site, "projects:")
    only_hidden = shown(site, "projects: {departments: [board]}")
    assert "Nothing at present." in only_hidden
    site.edition = "board"
    assert "Merger" in shown(site, "projects: {departments: [board]}")


def said(report: Report) -> list[str]:
    return [
        f"{one.at.line}:{one.at.column}: {one.message} {one.hint} [{one.code}]"
        for one in report.problems
    ]


# The front matter has three lines; the fence stands on the third line of the body, which is the sixth of the file.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roadmpa:", "7:1: There is no view 'roadmpa'. did you mean 'roadmap'? [embed-unknown]"),
        ("goals: {tags: [a]}", "7:9: The view 'goals' has no filter 'tags'. it has limit [embed-unknown]"),
        ("asks: {state: heard}",
         "7:8: The view 'asks' has no filter 'state'. did you mean 'states'? [embed-unknown]"),
        ("updates:\n  goals: [close, cloze]", "8:18: Unknown goal 'cloze'. did you mean 'close'? [embed-unknown]"),
        ("roadmap: {horizons: [noww]}", "7:22: Unknown horizon 'noww'. did you mean 'now'? [embed-unknown]"),
        ("goals: {limit: some}", "7:16: A limit is a whole number from 1. write for example limit: 5 [embed-invalid]"),
        ("goals: {limit: 0}", "7:16: A limit is a whole number from 1. write for example limit: 5 [embed-invalid]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_line(site: Site, text: str, expected: str) -> None:
    site.document("pages/plan", fence(text))
    report = site.build()
    assert said(report) == [expected]
    assert report.exit_code == 1


def test_a_tag_that_no_document_has_is_told_and_keeps_nothing_back(site: Site) -> None:
    site.document("updates/vpn", date="2026-03-02", tags="[Security]")
    site.document("pages/plan", fence("updates: {tags: [security, secruity]}"))
    report = site.build()
    assert said(report) == [
        "7:28: No document has the tag 'secruity'. did you mean 'security'? [embed-tag-unused]"
    ]
    assert report.exit_code == 0
    site.document("updates/more", date="2026-03-03", tags="[secruity]")
    assert said(site.build()) == []


def test_a_tag_of_hidden_documents_is_passed_over_in_silence(site: Site) -> None:
    site.document("updates/vpn", date="2026-03-02", tags="[Merger]", draft="true")
    site.document("pages/plan", fence("updates: {tags: [merger]}"))
    assert said(site.build()) == []


@pytest.mark.parametrize("text", ["", "[goals]", "goals:\nasks:", "goals: [finance]", "goals: 5"])
def test_what_is_no_view_with_filters_is_told(site: Site, text: str) -> None:
    site.document("pages/plan", fence(text))
    assert [one.code for one in site.build().problems] == ["embed-invalid"]


def test_broken_yaml_is_told_at_its_line(site: Site) -> None:
    site.document("pages/plan", fence("goals: {limit: 5"))
    (problem,) = site.build().problems
    assert problem.code == "yaml-syntax"
    assert problem.at.line in (7, 8)


def test_a_fence_in_a_list_is_found_where_it_stands(site: Site) -> None:
    site.document("pages/plan", "- One\n\n    ```itnews\n    gaols:\n    ```\n")
    assert said(site.build()) == [
        "7:5: There is no view 'gaols'. did you mean 'goals'? [embed-unknown]"
    ]


def test_a_view_with_a_mistake_leaves_no_place(site: Site) -> None:
    site.keep_going = True
    site.document("pages/plan", fence("gaols:"))
    site.build()
    assert "<p>Before.</p>\n<p>After.</p>" in site.page("/plan/")


def test_a_fence_that_is_shown_as_code_stays_code(site: Site) -> None:
    site.document("pages/plan", "````text\n```itnews\ngaols:\n```\n````\n\n" + fence("goals:"))
    assert told(site.build()) == (0, ())
    page = site.page("/plan/")
    assert "gaols:" in page
    assert "Faster close" in page


def test_html_that_looks_like_a_place_is_no_place(site: Site) -> None:
    site.document("pages/plan", '<pre class="itnews-embed">0</pre>\n\n' + fence("goals:"))
    assert [one.code for one in site.build().problems] == ["embed-invalid"]


def test_a_theme_may_show_a_view_in_its_own_way(site: Site) -> None:
    site.write("theme/templates/embeds/goals.html", "<p>{{ embed.documents|length }} goals</p>")
    assert shown(site, "goals:") == "<p>1 goals</p>"


def test_a_verifier_that_is_blind_to_views_is_caught(site: Site, tmp_path: Path) -> None:
    site.document("pages/plan", fence("updates: {limit: 1}"))
    site.build()
    site.verifier = blind_to("embed")
    site.document("updates/more", title="More", date="2026-03-03")
    site.build()
    site.clean(tmp_path / "clean")
    assert "plan/index.html" in differences(site.output, tmp_path / "clean/output")

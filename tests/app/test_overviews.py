"""The pages that look at the site as a whole, and when they are made again."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.sites import Site

OVERVIEWS = ("value", "alignment", "portfolio", "calendar", "changes")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path / "site", strict=True)
    made.document("goals/faster")
    made.document("departments/finance", next_meeting="2026-11-25")
    made.document("departments/port")
    made.document(
        "projects/phones",
        horizon="now",
        status="at-risk",
        status_as_of="2026-11-20",
        target="2026-12",
        goals="[faster]",
        departments="[finance]",
        cost="{amount: 1500, class: grow}",
        benefits="[{what: Less typing, unit: hours/month, kind: time, baseline: 90, target: 30, stage: planned}]",
    )
    made.document("updates/news", date="2026-11-02", project="phones", summary="S")
    return made


def found(page: str, path: str) -> Any:
    """What an XPath finds on a page."""
    return html.document_fromstring(page).xpath(path)


def written(site: Site) -> set[str]:
    """The addresses of the pages that a build writes anew."""
    found = site.build().change.written
    return {url for url in found if url.endswith("/")}


def test_an_empty_site_has_them_all(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", strict=True)
    assert site.build().exit_code == 0
    for name in OVERVIEWS:
        assert '<h1 class="title">' in site.page(f"/{name}/")
    assert (site.output / "changes/2025-12/index.html").exists()


def test_they_tell_what_documents_say(site: Site) -> None:
    assert site.build().exit_code == 0
    assert "60\N{NO-BREAK SPACE}hours a month" in site.page("/value/")
    assert "1,500" in site.page("/value/")
    assert "1,500" in site.page("/portfolio/")
    alignment = site.page("/alignment/")
    assert "Departments for which no project is open" in alignment
    assert alignment.count('href="/it/departments/port/"') == 2
    assert "December 2026" in site.page("/calendar/")
    assert '<a href="/it/projects/phones/">phones</a>' in site.page("/calendar/")
    assert 'href="/it/updates/news/"' in site.page("/changes/2026-11/")
    assert "Project on one sheet" in site.page("/projects/phones/sheet/")
    assert "Less typing" in site.page("/projects/phones/sheet/")


def test_a_count_leads_to_the_projects_that_it_counts(site: Site) -> None:
    site.document("projects/radios", horizon="later", goals="[faster]", departments="[finance]")
    site.build()
    (link,) = re.findall(
        r'<a class="count" href="(.*?)" aria-label="(.*?)">2</a>', site.page("/alignment/")
    )
    assert link[0] == "/it/roadmap/?department=finance&amp;goal=faster"
    assert link[1] == "2 projects for finance that serve faster: phones, radios"


def test_a_cell_of_a_ledger_bears_the_name_of_its_column(site: Site) -> None:
    """On a phone the row of a table is a stack of cells, and its head is not shown."""
    site.document("services/mail")
    site.document(
        "notices/off",
        date="2026-10-01",
        services="[mail]",
        impact_level="outage",
        starts="2026-10-02 08:00",
        duration="2h",
    )
    site.document(
        "projects/phones/index",
        horizon="now",
        target="2026-12",
        goals="[faster]",
        milestones="[{name: Start, due: 2026-12-01}]",
        status="on-track",
        status_as_of="2026-11-20",
    )
    site.remove("content/projects/phones.md")
    site.build()
    urls = (
        "/value/",
        "/portfolio/",
        "/roadmap/",
        "/changes/2026-11/",
        "/projects/phones/",
        "/services/mail/",
    )
    for url in urls:
        for table in found(site.page(url), "//table[contains(@class, 'stacks')]"):
            heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead//th")]
            for row in table.xpath("./tbody/tr"):
                assert [cell.get("data-label") for cell in row.findall("td")] == heads[1:]


def test_a_sheet_says_what_nobody_has_named_and_leads_to_the_project(site: Site) -> None:
    site.document("projects/bare", horizon="later")
    site.build()
    page = site.page("/projects/bare/sheet/")
    assert "No cost named yet" in page
    assert "No benefit named yet" in page
    (link,) = found(page, "//main//a[text()='The whole story']")
    assert link.get("href") == "/it/projects/bare/"
    assert link.tail is None
    assert link.getnext().text == ": https://it.example.org/it/projects/bare/"
    full = site.page("/projects/phones/sheet/")
    assert "named yet" not in full


def test_the_portfolio_says_of_what_its_costs_and_its_benefits_are_sums(site: Site) -> None:
    site.document("services/mail", benefits=benefit("hours/month", 40, 10))
    site.build()
    page = site.page("/portfolio/")
    costs, _, benefits = page.partition("What everything brings that IT does or has done")
    assert "What the projects above cost, from beginning to end" in costs
    assert "The benefits of all projects" in benefits
    assert "2 of 2 benefits are in these sums." in benefits


def test_a_step_and_a_need_whose_day_is_over_say_so_until_the_project_is(site: Site) -> None:
    late = {
        "milestones": "[{name: Order, due: 2026-11-10}, {name: Test, due: 2026-10}]",
        "needs_from": "[{who: finance, what: Sign, by: 2026-11-10}]",
        "departments": "[finance]",
        "horizon": "now",
    }
    site.document("projects/radios", status="on-track", status_as_of="2026-11-20", **late)
    site.document("projects/radars", status="complete", status_as_of="2026-11-20", **late)
    site.build()
    assert site.page("/projects/radios/").count(">overdue<") == 3
    assert site.page("/projects/radios/sheet/").count(">overdue<") == 3
    assert site.page("/departments/finance/").count(">overdue<") == 1
    assert "overdue" not in site.page("/projects/radars/")
    assert "overdue" not in site.page("/projects/radars/sheet/")


def test_a_meeting_that_has_been_is_not_the_next(site: Site) -> None:
    site.build()
    assert "Next meeting with IT" in site.page("/departments/finance/")
    site.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    site.build()
    assert "Next meeting with IT" not in site.page("/departments/finance/")


def test_asks_are_told_by_department(site: Site) -> None:
    site.document(
        "asks/one", date="2026-11-02", asked_by="finance", answer="Yes.", answered_on="2026-11-05"
    )
    site.document("asks/two", date="2026-11-02", asked_by="port")
    site.build()
    table = site.page("/asks/").partition("By department: what")[2].partition("</table>")[0]
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("<tr>")[2:]]
    assert rows == ["finance 1 1, after 3 days 0", "port 1 0 0"]


def test_a_status_makes_only_pages_again_that_show_it(site: Site) -> None:
    site.build()
    path = site.folder / "content/projects/phones.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("at-risk", "off-track"), encoding="utf-8"
    )
    report = site.build()
    made = {
        key.rpartition("|")[2]
        for key in report.made
        if key.partition("|")[0] in ("front", "page", "list")
    }
    assert made.isdisjoint(
        {"alignment", "calendar", "value", "subscribe", "content/updates/news.md"}
    )
    assert {"roadmap", "portfolio", "home", "content/projects/phones.md"} <= made


def test_words_about_somebody_who_is_hidden_are_left_out(site: Site) -> None:
    """A public page said "More people  sees to it.", and what a change means for a department that is hidden."""
    site.document("departments/secret", draft="true")
    site.document(
        "projects/radios",
        status="at-risk",
        status_as_of="2026-11-20",
        status_reason="S",
        owner="secret",
        impact="{secret: Your files move., finance: Nothing.}",
        recovery="{what: More people., owner: secret}",
        needs_from="[{who: secret, what: Sign}]",
    )
    site.build()
    page = re.sub("<[^>]+>", "", site.page("/projects/radios/"))
    for words in ("sees to it", "answers questions", "Your files move", "from \n"):
        assert words not in page
    assert "More people." in page
    assert "Nothing." in page


def test_what_got_worse_is_not_called_better(site: Site) -> None:
    worse = benefit("hours/month", 40, 45).replace("target: 45", "target: 30")
    site.document("services/mail", benefits=worse)
    site.build()
    page = site.page("/value/")
    assert "5\N{NO-BREAK SPACE}hours a month worse" in page
    assert "worse better" not in page


def test_a_promise_that_was_kept_so_far_says_since_when(site: Site) -> None:
    site.document(
        "projects/radios", target="2026-12", history="[{date: 2026-03-02, target: 2026-12}]"
    )
    site.document(
        "projects/cranes", target="2026-12", history="[{date: 2026-03-02, target: 2026-11}]"
    )
    site.build()
    assert "not moved since 2 March 2026" in re.sub("<[^>]+>", "", site.page("/projects/radios/"))
    assert "not moved since" not in site.page("/projects/cranes/")
    assert "not moved since" not in site.page("/projects/phones/")


def test_the_roadmap_can_be_narrowed(site: Site) -> None:
    site.build()
    page = site.page("/roadmap/")
    assert 'data-department="finance" data-goal="faster" data-status="at-risk"' in page
    assert '<option value="finance">' in page
    assert 'type="module" src="/it/assets/filter.' in page
    assert "filter." not in site.page("/projects/phones/")


def test_at_midnight_only_pages_change_whose_answer_is_another(site: Site) -> None:
    site.build()
    site.now += timedelta(days=1)
    assert written(site) == {"/"}  # the date of the day
    site.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    assert written(site) == {"/", "/calendar/", "/departments/finance/"}  # the meeting is over


def test_a_watch_wakes_at_the_midnight_of_the_site_for_what_shows_the_day(site: Site) -> None:
    site.now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert site.build().wakes == datetime(2026, 11, 24, 23, tzinfo=UTC)  # Berlin


def test_what_was_to_be_done_is_told_as_past_once_its_day_is_over(site: Site) -> None:
    """On 28 November a notice still said "What you need to do by 13 November"."""
    site.document(
        "updates/drill", date="2026-11-02", summary="S", action='{what: "Sign.", by: 2026-11-21}'
    )
    site.document("updates/other", date="2026-11-02", summary="S", action='{what: "Look."}')
    site.build()
    assert "What you need to do by" in site.page("/updates/drill/")
    site.now += timedelta(days=1)
    changed = written(site)
    assert "/updates/drill/" in changed
    assert "/updates/other/" not in changed
    assert "What was to be done by" in site.page("/updates/drill/")
    assert "What you need to do" in site.page("/updates/other/")


def test_a_target_that_passes_is_overdue_wherever_it_stands(site: Site) -> None:
    site.build()
    site.now = datetime(2027, 1, 1, 12, tzinfo=UTC)
    changed = written(site)
    assert "overdue" in site.page("/projects/phones/")
    assert "overdue" in site.page("/portfolio/")
    shown = {"/", "/roadmap/", "/portfolio/", "/projects/phones/", "/projects/phones/sheet/"}
    assert shown <= changed
    assert "/departments/port/" not in changed


def test_a_list_shows_the_status_of_today_and_that_nobody_confirmed_it(site: Site) -> None:
    site.document("updates/news", date="2026-11-21", project="phones", status="off-track")
    site.build()
    assert "Off track" in site.page("/projects/")
    assert "At risk" not in site.page("/projects/")
    assert "not confirmed since" not in site.page("/projects/")
    site.now = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert "/projects/" in written(site)
    assert "not confirmed since 21 November 2026" in site.page("/projects/")
    assert "not confirmed" not in site.page("/updates/")  # what it said that day, it said


def test_a_new_month_has_a_page_and_the_oldest_goes(site: Site) -> None:
    site.build()
    site.now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    report = site.build()
    assert "/changes/2026-12/" in report.change.written
    assert "/changes/2025-12/" in report.change.deleted


def test_a_body_makes_no_overview_again(site: Site) -> None:
    site.build()
    site.document("updates/news", "More.", date="2026-11-02", project="phones", summary="S")
    assert written(site) == {"/updates/news/"}


def test_what_is_owed_has_a_page_only_if_a_setting_says_so(site: Site) -> None:
    site.build()
    assert not (site.output / "coverage").exists()
    assert "/coverage/" not in site.page("/")
    settings = (site.folder / "itnews.yaml").read_text(encoding="utf-8")
    site.write("itnews.yaml", f"{settings}coverage: true\n")
    assert site.build().exit_code == 0
    page = site.page("/coverage/")
    assert "Departments that no news has named for a quarter" in page
    assert 'href="/it/departments/port/"' in page
    assert "/coverage/" in site.page("/")
    site.write("itnews.yaml", settings)
    assert site.build().exit_code == 0
    assert not (site.output / "coverage").exists()


def test_a_department_reads_in_the_order_of_the_front_page(site: Site) -> None:
    site.document(
        "updates/ask", date="2026-11-20", audience="[finance]", summary="S", action="{what: Sign}"
    )
    site.document(
        "notices/off", date="2026-11-20", audience="[finance]", summary="S", starts="2026-12-20"
    )
    site.document("accomplishments/won", date="2026-11-01", departments="[finance]", summary="S")
    site.document("asks/more", date="2026-11-01", asked_by="finance", summary="S")
    site.build()
    page = site.page("/departments/finance/")
    parts = ("todo", "notices", "doing", "delivered", "coming", "asks", "news")
    places = [page.index(f'id="part:{part}"') for part in parts]
    assert places == sorted(places)


def ask(site: Site, name: str, done_on: str = "") -> None:
    days = {"done_on": done_on} if done_on else {}
    site.document(f"asks/{name}", date="2026-05-01", asked_by="finance", state="done", **days)


def told(site: Site) -> str:
    """What the page says of how asks were answered, in words."""
    site.build()
    figures = site.page("/asks/").partition('<ul class="figures">')[2].partition("</ul>")[0]
    return " ".join(re.sub("<[^>]+>", " ", figures).split())


def test_how_long_asks_took_is_told_with_the_number_that_it_rests_on(site: Site) -> None:
    ask(site, "a", done_on="2026-05-03")
    assert told(site) == "1 asked for 0 of 1 answered 1 of 1 done, after 2 days"
    ask(site, "b", done_on="2026-05-31")
    assert told(site).endswith("2 of 2 done, after 2 and 30 days")
    ask(site, "c")
    assert told(site).endswith("3 of 3 done; two of them after 2 and 30 days")
    ask(site, "d", done_on="2026-05-04")
    assert told(site).endswith("4 of 4 done; half of the 3 whose days are known within 3 days")
    ask(site, "c", done_on="2026-05-05")
    assert told(site).endswith("4 of 4 done; half of them within 3.5 days")


def benefit(unit: str, baseline: float, measured: float) -> str:
    levels = f"baseline: {baseline}, measured: {measured}, target: {measured}"
    return f"[{{what: Answered at once, unit: '{unit}', {levels}, stage: measured}}]"


def test_percentages_get_better_by_points(site: Site) -> None:
    site.document("services/mail", benefits=benefit("%", 18, 88))
    site.document("services/desk", benefits=benefit("%", 18, 19))
    site.build()
    page = site.page("/value/")
    assert "70\N{NO-BREAK SPACE}points better" in page
    assert "1\N{NO-BREAK SPACE}point better" in page
    assert "70%" not in page
    assert 'class="narrow">18%</td>' in page  # the levels are percentages


def test_each_sum_leads_to_where_its_figures_are_written(site: Site) -> None:
    site.document("services/mail", benefits=benefit("hours/month", 40, 10))
    site.document("services/desk", benefits=benefit("hours/month", 70, 30))
    site.build()
    sums = site.page("/value/").partition("<tbody>")[2].partition("</tbody>")[0]
    assert "70\N{NO-BREAK SPACE}hours a month" in sums
    for address in ("services/desk", "services/mail", "projects/phones"):
        assert sums.count(f'href="/it/{address}/"') == 1


def test_what_a_service_costs_is_told_by_the_year_and_what_a_project_costs_is_not(
    site: Site,
) -> None:
    site.document("services/mail", cost="{amount: 700, class: run}")
    site.build()
    page = site.page("/value/")
    assert '700<span class="figure-unit"> a year</span>' in page
    assert "costs 700 a year" in page
    assert "costs 1,500 in all" in page
    assert '1,500<span class="figure-unit"> a year</span>' not in page
    assert "700 a year" in site.page("/services/")
    assert "700 a year" in site.page("/services/mail/")


def test_hours_lost_say_that_only_outages_count(site: Site) -> None:
    site.document("services/mail")
    span = {"notice_type": "incident", "starts": "2026-11-02 08:00", "ends": "2026-11-02 09:30"}
    named = {"date": "2026-11-02", "services": "[mail]", **span}
    site.document("notices/slow", impact_level="degraded", **named)
    site.build()
    assert "out of order" not in site.page("/services/mail/")
    site.document("notices/off", impact_level="outage", **named)
    site.build()
    page = site.page("/services/mail/")
    assert "1 h 30 min" in page
    assert "Only outages count" in page


@pytest.mark.parametrize(
    ("status", "label"),
    [("on-track", "now"), ("paused", "last promise"), ("cancelled", "last promise")],
)
def test_the_last_promise_of_what_was_stopped_is_not_what_holds_now(
    site: Site, status: str, label: str
) -> None:
    promised = "[{date: 2026-01-10, target: 2026-Q2}, {date: 2026-04-10, target: 2026-Q4}]"
    site.document("projects/fuel", status=status, status_as_of="2026-11-20", history=promised)
    site.build()
    assert f"Q4 2026<br>{label}</li>" in site.page("/projects/fuel/")

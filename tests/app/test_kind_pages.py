"""The pages of notices, asks, consultations, services and terms, as their readers see them."""

from pathlib import Path
from typing import Any

import pytest
from lxml import html

from itnews.app.channels import PAGE_LENGTH
from tests.sites import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The clock says 13:00 in Berlin on 21 November."""
    return Site(tmp_path / "site")


def built(site: Site) -> Site:
    assert site.build().problems == ()
    return site


def found(page: str, path: str) -> Any:
    """What an XPath finds on a page."""
    return html.document_fromstring(page).xpath(path)


def parts(page: str) -> dict[str, list[str]]:
    """The titles that stand in each part of a page, by the part's heading."""
    return {
        " ".join(section.xpath("string((.//h2)[1])").split()): [
            " ".join(title.split()) for title in section.xpath(".//h3/a/text()")
        ]
        for section in found(page, "//main//section[h2 or div/h2]")
    }


def test_the_list_of_notices_says_what_is_now_what_comes_and_what_is_over_each_once(
    site: Site,
) -> None:
    for id, starts in (("now", "2026-11-21 12:00"), ("soon", "2026-12-01"), ("past", "2026-10-02")):
        site.document(f"notices/{id}", date="2026-10-01", starts=starts, duration="3h")
    page = built(site).page("/notices/")
    assert parts(page) == {"Now": ["now"], "Coming": ["soon"], "Over": ["past"]}


def test_a_long_list_of_notices_shows_what_is_coming_on_its_first_page_only(site: Site) -> None:
    site.document("notices/soon", date="2026-01-01", starts="2026-12-01")
    for number in range(PAGE_LENGTH):
        site.document(f"notices/n{number:02}", date="2026-10-01", starts="2026-10-02")
    built(site)
    assert parts(site.page("/notices/"))["Coming"] == ["soon"]
    assert parts(site.page("/notices/page/2/")) == {}


def test_asks_stand_by_state_with_their_age_and_the_settled_ones_with_their_reason(
    site: Site,
) -> None:
    site.document("departments/finance", title="Finance")
    site.document("asks/new", date="2026-11-01", asked_by="finance", words="Please.")
    no = {"state": "declined", "answer": "No.", "answer_why": "It is too dear."}
    site.document("asks/no", date="2026-11-02", **no)
    page = built(site).page("/asks/")
    assert parts(page) == {
        "Heard We know of it": ["new"],
        "Settled Done, or refused with the reason": ["no"],
    }
    for words in ("20 days ago", "Please.", "No answer yet.", "It is too dear."):
        assert words in page
    assert "days ago" not in site.page("/departments/finance/")
    assert parts(site.page("/departments/finance/"))["Asked by you, or for you"] == ["new"]


def test_the_glossary_is_one_page_in_alphabetical_order_with_anchors(site: Site) -> None:
    words = [f"word{number:02}" for number in range(PAGE_LENGTH + 5)]
    for word in reversed(words):
        site.document(f"glossary/{word}", plain=f"What {word} means.", say_instead="something")
    site.document("glossary/vpn", title="VPN", also_called="[tunnel]")
    page = built(site).page("/glossary/")
    assert found(page, "//dl[@class='glossary']/div/@id") == [
        f"term:{id}" for id in ("vpn", *words)
    ]
    assert not (site.output / "glossary/page").exists()
    assert "we try to say: something" in site.page("/glossary/")
    assert "also called tunnel" in site.page("/glossary/")
    assert "What word03 means." in site.page("/glossary/word03/")


@pytest.mark.parametrize("kind", ["people", "departments", "services", "goals", "projects"])
def test_what_is_looked_up_stands_on_one_page(site: Site, kind: str) -> None:
    """A person alone on page 2 of the directory, behind a link "Older"."""
    names = [f"name{number:02}" for number in range(PAGE_LENGTH + 1)]
    for name in names:
        site.document(f"{kind}/{name}")
    page = built(site).page(f"/{kind}/")
    assert all(f'href="/it/{kind}/{name}/"' in page for name in names)
    assert not (site.output / kind / "page").exists()


def test_a_service_says_who_helps_what_it_costs_and_what_happens_to_it(site: Site) -> None:
    site.document("services/mail", owner="Ada", help_link="tel:100", turnaround="At once",
                  lifecycle="retiring", cost="{amount: 5000, currency: EUR}")  # fmt: skip
    site.document("notices/off", date="2026-11-01", services="[mail]", starts="2026-12-01")
    site.document("projects/move", services="[mail]", horizon="now")
    site.document("asks/more", date="2026-11-01", services="[mail]")
    page = built(site).page("/services/mail/")
    assert parts(page)["Now and next"] == ["off"]
    assert parts(page)["Projects that change it"] == ["move"]
    assert parts(page)["What was asked for"] == ["more"]
    for words in ("Ada", "Telephone 100", "At once", "€5,000", "Retiring"):
        assert words in page
    assert "Retiring" in site.page("/services/")


def test_no_page_leads_to_itself(site: Site) -> None:
    """A figure came "from" the page it stood on; the notice of a service named that service."""
    figure = "stage: measured, measured: 3, as_of: 2026-11-01, evidence: accomplishment:typing"
    for id in ("typing", "other"):
        worth = f"[{{what: Typing, unit: h/month, baseline: 9, target: 3, {figure}}}]"
        site.document(f"accomplishments/{id}", date="2026-11-02", benefits=worth)
    site.document("services/mail")
    site.document("services/files")
    site.document("notices/off", date="2026-11-01", services="[mail, files]", starts="2026-12-01")
    built(site)
    for url in ("/accomplishments/typing/", "/services/mail/", "/notices/off/"):
        assert not found(site.page(url), f"//main//a[@href='/it{url}']")
    assert "where the figure comes from" in site.page("/accomplishments/other/")
    assert found(site.page("/services/mail/"), "//main//li//a[@href='/it/services/files/']")


def test_consultations_that_are_open_stand_first_and_an_answer_can_be_given(site: Site) -> None:
    site.document("consultations/open", date="2026-11-01", closes="2026-11-30",
                  question="What?", how="mailto:it@example.org")  # fmt: skip
    site.document("consultations/over", date="2026-11-02", outcome="You wanted less mail.",
                  how="mailto:it@example.org")  # fmt: skip
    site.document("consultations/later", date="2026-11-03", opens="2026-12-01")
    built(site)
    assert parts(site.page("/consultations/")) == {
        "Open now": ["open"],
        "Opens later": ["later"],
        "Closed": ["over"],
    }
    assert "mailto:it@example.org" in site.page("/consultations/open/")
    assert "mailto:it@example.org" not in site.page("/consultations/over/")
    assert "You wanted less mail." in site.page("/consultations/over/")
    assert parts(site.page("/"))["Still time to say something"] == ["open"]


def test_the_footer_calls_each_page_what_it_calls_itself(site: Site) -> None:
    site.document("glossary/index", title="Words")
    site.document("pages/rules", title="How we work")
    footer = found(built(site).page("/updates/"), "//footer")[0]
    groups = [heading.text for heading in footer.findall(".//nav/div/h2")]
    assert groups == ["What IT does", "Whom to ask", "To look up"]
    links = {link.get("href"): link.text for link in footer.findall(".//nav//a")}
    assert links["/it/glossary/"] == "Words"
    assert links["/it/rules/"] == "How we work"
    for url, text in links.items():
        (title,) = found(site.page(url.removeprefix("/it")), "//h1")
        assert " ".join(title.text_content().split()) == text


def test_the_front_page_tells_what_is_happening_and_what_was_answered(site: Site) -> None:
    site.document("notices/soon", date="2026-11-01", starts="2026-12-01")
    site.document("asks/yes", date="2026-11-01", answer="Yes.", answered_on="2026-11-02")
    site.document("asks/open", date="2026-11-01")
    page = parts(built(site).page("/"))
    assert page["Now and next in service"] == ["soon"]
    assert page["You asked, we answered"] == ["yes"]


def test_a_project_shows_the_asks_that_name_it(site: Site) -> None:
    site.document("projects/p")
    site.document("asks/a", date="2026-11-01", project="p")
    assert parts(built(site).page("/projects/p/"))["You asked"] == ["a"]


def test_a_state_is_always_word_and_shape(site: Site) -> None:
    """WCAG 1.4.1: nothing is told by colour alone; and every state has a word of its own."""
    for state in ("heard", "looking", "planned", "doing", "done", "not-now", "declined"):
        site.document(f"asks/{state}", date="2026-11-01", state=state)
    marks = found(built(site).page("/asks/"), "//main//span[contains(@class, 'status')]")
    assert len({" ".join(mark.text_content().split()) for mark in marks}) == 7
    shapes = {html.tostring(mark.find("svg"), with_tail=False) for mark in marks}
    assert len(shapes) == 7


def test_a_label_of_the_settings_is_printed_for_a_state(site: Site) -> None:
    settings = (site.folder / "itnews.yaml").read_text(encoding="utf-8")
    site.write("itnews.yaml", settings + "labels: {notice: {scheduled: Still to come}}\n")
    site.document("notices/soon", date="2026-11-01", starts="2026-12-01")
    assert "Still to come" in built(site).page("/notices/soon/")

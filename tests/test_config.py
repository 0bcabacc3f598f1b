"""The settings: what they default to, what they refuse, and the editions they make."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.errors import UsageFault
from itnews.files.themes import built_in_themes
from itnews.model.config import SettingsModel, parse_settings
from itnews.model.names import EVERYONE
from itnews.model.settings import Settings
from itnews.paths import source_path

PATH = source_path("itnews.yaml")
SITE = """\
site:
  id: it.example.org,2026
  title: IT at Example
  base_url: https://intranet.example.org/it
"""
EDITIONS = """\
editions:
  staff: {}
  board:
    shows: [board, executives]
    base_url: https://board.example.org/
    output: ../board
"""


def parsed(text: str) -> Settings:
    found, problems = parse_settings(text, PATH)
    assert problems == ()
    assert found is not None
    return found


def wrong(text: str) -> list[tuple[str, int, int]]:
    found, problems = parse_settings(text, PATH)
    assert found is None
    assert all(problem.level == "error" for problem in problems)
    return [(problem.code, problem.at.line, problem.at.column) for problem in problems]


def test_three_settings_are_enough() -> None:
    site = parsed(SITE)
    assert (site.value("theme.name"), site.value("site.timezone"), site.value("feeds.items")) == (
        "newsroom",
        "UTC",
        20,
    )
    assert site.value("site.base_url") == "https://intranet.example.org/it/"


def test_a_setting_is_looked_up_by_its_path_as_plain_data() -> None:
    site = parsed(SITE + "labels: {status: {on-track: Going well}}\nlinks: {ignore: /wiki/*}\n")
    assert site.value("site.title") == "IT at Example"
    assert site.value("labels.status.on-track") == "Going well"
    assert site.value("links.ignore") == ["/wiki/*"]
    assert site.value("feeds") == {"items": 20, "content": "full"}


@pytest.mark.parametrize(
    "path", ["mission", "labels.status.at-risk", "nowhere", "site.nowhere.x", ""]
)
def test_a_setting_that_is_not_set_is_none(path: str) -> None:
    assert parsed(SITE).value(path) is None


def test_a_setting_with_nothing_behind_its_colon_is_not_set() -> None:
    assert parsed(SITE + "theme:\n  accent:\nfeedback:\n").value("theme.accent") is None


def test_without_editions_there_is_one_for_everyone() -> None:
    site = parsed(SITE)
    edition = site.edition(drafts=True)
    assert (edition.shows, edition.output, edition.drafts) == (
        frozenset({EVERYONE}),
        "output",
        True,
    )
    assert edition.base_path == "/it"
    assert site.groups == {EVERYONE}
    with pytest.raises(UsageFault):
        site.edition("board")


def test_an_edition_shows_its_groups_and_everyone() -> None:
    site = parsed(SITE + EDITIONS)
    board, staff = site.edition("board"), site.edition("staff")
    assert board.shows == {"board", "executives", EVERYONE}
    assert (board.base_url, board.output) == ("https://board.example.org/", "../board")
    assert (staff.shows, staff.base_url) == (frozenset({EVERYONE}), site.value("site.base_url"))
    assert staff.output == "output/staff"
    assert site.groups == {"board", "executives", EVERYONE}


def test_with_editions_one_has_to_be_named() -> None:
    site = parsed(SITE + EDITIONS)
    with pytest.raises(UsageFault, match="--all-editions"):
        site.edition()
    with pytest.raises(UsageFault, match="did you mean 'board'"):
        site.edition("bord")


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("themes: {name: x}", "setting-unknown", 1),
        ("theme: {akzent: red}", "setting-unknown", 9),
        ("theme: {accent: red}", "colour-invalid", 17),
        ("theme: {name: ../other}", "name-invalid", 15),
        ("theme: newsroom", "map-expected", 8),
        ("feeds: {items: 0}", "number-invalid", 16),
        ("feeds: {content: most}", "choice-unknown", 18),
        ("markdown: {raw_html: yes}", "choice-unknown", 22),
        ("cadence_default: often", "choice-unknown", 18),
        ("labels: {state: {on: x}}", "label-unknown", 10),
        ("editions: {a+drafts: {}}", "name-invalid", 12),
        ("feedback: {form: 'javascript:x'}", "address-unsafe", 18),
        ("feedback: {form: forms/feedback}", "setting-invalid", 18),
        ("menu: [{title: x, url: 'project:expenses'}]", "setting-invalid", 24),
        ("menu: [{title: x, url: help/}]", "setting-invalid", 24),
        ("menu: [{title: x, url: '#top'}]", "setting-invalid", 24),
        ("menu: [{title: x, url: //example.org/}]", "setting-invalid", 24),
        ("menu: [{title: x, url: '/\\example.org/'}]", "setting-invalid", 24),
        ("menu: [{title: x, url: 'https:'}]", "setting-invalid", 24),
        ("menu: [{title: x, url: ''}]", "setting-missing", 24),
        ("mission: [a]", "text-expected", 10),
        ("site: {}", "yaml-duplicate", 1),
        ("mission: a: b", "yaml-syntax", 11),
    ],
)
def test_a_wrong_setting_is_a_problem_at_its_place(line: str, code: str, column: int) -> None:
    assert wrong(SITE + line) == [(code, 5, column)]


@pytest.mark.parametrize(
    "address",
    [
        "https://forms.example.org/?p={page}",
        "HTTP://x/",
        "mailto:it@example.org",
        "tel:+49-1",
        "/help/",
    ],
)
def test_a_setting_leads_out_or_to_a_page_of_the_site(address: str) -> None:
    menu = parsed(f"{SITE}menu: [{{title: x, url: '{address}'}}]\nfeedback: {{form: '{address}'}}")
    assert str(menu.value("menu")).lower() == str([{"title": "x", "url": address}]).lower()
    assert parsed(SITE + "feedback: {form: ''}").value("feedback.form") is None


def test_a_near_key_is_suggested() -> None:
    _, (problem,) = parse_settings(SITE + "editions: {board: {show: x}}", PATH)
    assert problem.hint == "did you mean 'shows'?"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("timezone: Europe/Berlni", "timezone-unknown"),
        ("timezone: Europe", "timezone-unknown"),
        ("timezone: ../../etc/passwd", "timezone-unknown"),
        ("language: klingon", "language-unknown"),
        ("language: ../de", "language-unknown"),
        ("fiscal_year_start: 13", "number-invalid"),
        ("fiscal_year_start: April", "number-invalid"),
        ("currency: [EUR]", "text-expected"),
    ],
)
def test_a_wrong_place_or_time_is_refused(line: str, code: str) -> None:
    assert wrong(f"{SITE}  {line}\n")[0][:2] == (code, 5)


@pytest.mark.parametrize(
    "url",
    [
        "intranet.example.org",
        "//intranet.example.org/",
        "ftp://intranet.example.org/",
        "https://",
        "https://a b/",
        "https://user:secret@host/",
        "https://host/it?x=1",
        "https://host/it#top",
        "https://host/../it",
        "https://host//it",
        "https://host:port/",
        "https://[::1",
        "https://host/<it>",
    ],
)
def test_a_base_url_is_a_whole_address(url: str) -> None:
    text = f"site: {{id: 'a.example,2026', title: x, base_url: '{url}'}}"
    assert [code for code, _, _ in wrong(text)] == ["base-url-invalid"]


@pytest.mark.parametrize("url", ["http://localhost:8000", "https://10.0.0.1/it/", "https://[::1]/"])
def test_an_intranets_addresses_are_taken(url: str) -> None:
    site = parsed(f"site: {{id: 'a.example,2026', title: x, base_url: '{url}'}}")
    assert site.value("site.base_url") == url.rstrip("/") + "/"


def test_all_that_is_missing_is_said_at_once() -> None:
    assert [code for code, _, _ in wrong("site: {language: en}")] == ["setting-missing"] * 3
    assert wrong("") == [("setting-missing", 1, 0)]


@pytest.mark.parametrize("text", ["- a", "words", "2026"])
def test_settings_are_fields(text: str) -> None:
    assert wrong(text) == [("settings-no-map", 1, 1)]


KEYS = st.sampled_from([*SettingsModel.model_fields, "shows", "ignore", "items", "title", "odd"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4)),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_settings_are_settings_or_problems(written: dict[str, object]) -> None:
    found, problems = parse_settings(json.dumps(written), PATH)
    assert (found is None) == bool(problems)


def test_editions_cannot_be_published_inside_each_other() -> None:
    text = """\
site: {id: "it.example.org,2026", title: IT, base_url: "https://it.example.org/"}
editions:
  staff: {output: output}
  board: {output: output/board}
"""
    settings, problems = parse_settings(text, source_path("itnews.yaml"))
    assert settings is None
    assert [(problem.code, problem.at.line) for problem in problems] == [("edition-nested", 3)]


def kinds(text: str) -> str:
    return SITE + "kinds:\n" + "".join(f"  {line}\n" for line in text.splitlines())


def test_a_kind_of_the_sites_own_needs_a_folder_only() -> None:
    site = parsed(kinds("lesson-learnt: {folder: lessons, fields: {cost: number}}"))
    made = site.kinds["lesson-learnt"]
    assert (made.singular, made.plural, made.dated, made.list) == (
        "Lesson learnt",
        "Lessons",
        False,
        True,
    )
    assert [(field.name, field.title, field.type) for field in made.own] == [
        ("cost", "Cost", "number")
    ]
    assert site.kinds.of_folder("lessons") is made
    assert list(site.kinds)[-2:] == ["lesson-learnt", "page"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("project: {folder: x}", "kind-taken"),
        ("mailto: {folder: x}", "kind-taken"),
        ("everyone: {folder: x}", "kind-taken"),
        ("x: {folder: updates}", "kind-taken"),
        ("x: {folder: tags}", "kind-taken"),
        ("x: {folder: y}\nz: {folder: y}", "kind-taken"),
        ("x: {folder: ../y}", "kind-folder-invalid"),
        ("x: {folder: y/z}", "kind-folder-invalid"),
        ("x: {}", "setting-missing"),
        ("'X y': {folder: x}", "kind-name-invalid"),
        ("x: {folder: y, fields: {title: line}}", "kind-taken"),
        ("x: {folder: y, fields: {model_dump: line}}", "kind-taken"),
        ("x: {folder: y, fields: {extra: line}}", "kind-taken"),
        ("x: {folder: y, fields: {template: line}}", "kind-taken"),
        ("x: {folder: y, fields: {'Not so': line}}", "kind-field-invalid"),
        ("x: {folder: y, fields: {a: lines}}", "kind-type-unknown"),
        ("x: {folder: y, fields: {a: choice}}", "kind-words"),
        ("x: {folder: y, fields: {a: {words: [b]}}}", "kind-words"),
        ("x: {folder: y, fields: {a: {type: choice, words: [B c]}}}", "kind-words"),
        ("x: {folder: y, fields: {a: {typ: line}}}", "setting-unknown"),
        ("x: {folder: y, template: ../z}", "kind-template-invalid"),
        ("x: {folder: y, template: project}", "kind-template-invalid"),
        ("x: {folder: y, feed: true}", "kind-feed"),
        ("home: {folder: y}", "kind-taken"),
        ("sheet: {folder: y}", "kind-taken"),
        ("x: {folder: y, template: since}", "kind-template-invalid"),
        ("list-updates: {folder: y}", "kind-taken"),
    ],
)
def test_a_wrong_kind_is_told_at_its_place(text: str, code: str) -> None:
    [(found, line, column)] = wrong(kinds(text))
    assert (found, line >= 6, column > 1) == (code, True, True)


# notice_days


def test_notice_days_are_named_as_notices_name_their_impact() -> None:
    site = parsed(SITE + "notice_days: {none: 0, at risk: 2, outage: 10}\n")
    assert site.value("notice_days") == {"none": 0, "at-risk": 2, "outage": 10}


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("{outtage: 5}", "choice-unknown", "did you mean 'outage'?"),
        ("{outage: -1}", "number-invalid", "write 0 or more"),
        ("{outage: 1000}", "number-invalid", "write 366 or less"),
        ("{outage: soon}", "number-invalid", ""),
        ("5", "map-expected", ""),
        ("[outage]", "map-expected", ""),
    ],
)
def test_wrong_notice_days_say_what_to_write(written: str, code: str, hint: str) -> None:
    _, (problem,) = parse_settings(f"{SITE}notice_days: {written}\n", PATH)
    assert (problem.code, problem.at.line) == (code, 5)
    assert hint in problem.hint


# Suggestions, at the word that is meant


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ("markdown: {raw_html: sanitize}", 22, "did you mean 'sanitise'?"),
        ("feeds: {content: everything}", 18, "write one of full, summary"),
        ("labels: {statuss: {on-track: Fine}}", 10, "did you mean 'status'?"),
        ("labels: {status: {on-track: Fine, at-risc: Hm}}", 35, "did you mean 'at-risk'?"),
        ("theme: newsroom", 8, "indent them below the name; there are name, accent, logo"),
        ("editions: [staff]", 11, "write names below it, as in board: {shows: [board]"),
        ("menu: [{titel: Help, url: /x/}]", 9, "did you mean 'title'?"),
        ("editions: {board: {show: [board]}}", 20, "did you mean 'shows'?"),
    ],
)
def test_a_wrong_setting_suggests_what_was_meant(line: str, column: int, hint: str) -> None:
    _, (problem,) = parse_settings(SITE + line, PATH)
    assert (problem.at.line, problem.at.column) == (5, column)
    assert problem.hint.startswith(hint)


def test_a_tab_is_named_as_what_it_is() -> None:
    _, (problem,) = parse_settings(SITE.replace("  title", "\ttitle"), PATH)
    assert problem.code == "yaml-syntax"
    assert "not with tabs" in problem.message


def test_no_kind_of_a_site_takes_a_template_that_is_made_for_other_pages() -> None:
    """Whatever page the theme gains, its template is no kind's."""
    folder = built_in_themes() / "newsroom/templates"
    names = sorted({path.stem for path in folder.glob("*.html")} - {"404"})  # no name at all
    settings = "\n".join(f"{name}: {{folder: f{number}}}" for number, name in enumerate(names))
    assert [code for code, *_ in wrong(kinds(settings))] == ["kind-taken"] * len(names)

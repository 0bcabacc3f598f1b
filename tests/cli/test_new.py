"""`itnews new`: a document that builds as it is written, whatever its title."""

import io
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from itnews.cli.console import Console
from itnews.cli.drafting import Wanted, draft
from itnews.cli.main import run
from itnews.content.card import parse_card
from itnews.content.rules import CardRules
from itnews.model.common import Named
from itnews.model.described import described, parts_of
from itnews.model.examples import Setting, is_explained
from itnews.model.kinds import KINDS
from itnews.paths import source_path
from tests.cli.running import DAY, Ran, edit, itnews, new_site


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")  # 2026-11-21 12:00 UTC
    new_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def typed(lines: str, *arguments: str) -> Ran:
    """Runs `itnews` at a terminal at which *lines* are typed."""
    out, err = Terminal(), Terminal()
    console = Console(out, err, colour=False, environment={}, stdin=Terminal(lines))
    code = run(arguments, console)
    return Ran(code, out.getvalue(), err.getvalue())


def paths(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*.md")}


def written(site: Path, *arguments: object) -> str:
    """The text of the one document that `itnews new` with *arguments* writes."""
    before = paths(site)
    ran = itnews("new", *arguments)
    assert ran.code == 0, ran.err
    (path,) = paths(site) - before
    assert ran.out == f"{path}\n"
    return (site / path).read_text(encoding="utf-8")


# What is written


@pytest.mark.parametrize("kind", KINDS)
def test_document_of_every_kind_builds_as_it_is(site: Path, kind: str) -> None:
    assert "title: Something new\n" in written(site, kind, "Something new")
    ran = itnews("build", "--strict", "--site", site)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("hides_comments", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_in_the_comments_is_valid(kind: str, hides_comments: bool) -> None:
    values = {"title": "Something new", "date": "2026-11-21"}
    wanted = Wanted(KINDS[kind], values, Setting(DAY), hides_comments=hides_comments)
    # A notice says when it ends, or how long it takes.
    lines = [line for line in draft(wanted).split("\n") if not line.startswith("# duration")]
    text = "\n".join(line.removeprefix("# ") for line in lines)
    path = source_path(f"content/{KINDS[kind].folder}/2026-11-21-new.md")
    card, problems = parse_card(path, text, CardRules())
    assert problems == ()
    assert card is not None
    model = KINDS[kind].model
    own = {model.named_by} if issubclass(model, Named) else set()
    told = {field.name for field in described(model)} - {"kind", "duration"} - own
    assert all(f"\n{name}:" in text for name in told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_an_example_made_for_it(kind: str) -> None:
    model = KINDS[kind].model
    for one in (model, *parts_of(model)):
        assert [
            field.name for field in described(one) if not is_explained(field, one.__name__)
        ] == []


def test_a_dated_kind_has_its_day_in_the_name_and_others_have_not(site: Path) -> None:
    itnews("new", "update", "The VPN: changes")
    itnews("new", "page", "How we work")
    assert {
        "content/updates/2026-11-21-the-vpn-changes.md",
        "content/pages/how-we-work.md",
    } <= paths(site)


def test_the_day_is_that_of_the_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795302000")  # 2026-11-21 23:00 UTC
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Europe/Berlin")
    assert "\ndate: 2026-11-22\n" in written(site, "update", "Late")


def test_years_are_kept_where_the_folder_has_them(site: Path) -> None:
    (site / "content/updates/2025").mkdir()
    old = "---\ntitle: Old\ndate: 2025-03-02\n---\n"
    (site / "content/updates/2025/old.md").write_text(old, encoding="utf-8")
    itnews("new", "update", "New", "--set", "date=2027-01-05")
    itnews("new", "notice", "New")
    assert "content/updates/2027/2027-01-05-new.md" in paths(site)
    assert "content/notices/2026-11-21-new.md" in paths(site)


def test_examples_lead_to_what_the_site_has(site: Path) -> None:
    text = written(site, "update", "New")
    assert "as in leave-requests.\n" in text
    assert "as in [people-team].\n" in text


def test_where_comments_would_be_shown_the_advice_stands_above(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", "markdown: {raw_html: escape}\ntheme:")
    text = written(site, "update", "New")
    assert "<!--" not in text
    assert text.endswith("## Then why, what comes next, and whom to ask.\n---\n\n")


@pytest.mark.parametrize("word", ["person", "people", "People", "people/"])
def test_kind_may_be_named_as_its_folder(site: Path, word: str) -> None:
    itnews("new", word, "Dana Vogt")
    assert "content/people/dana-vogt.md" in paths(site)


def test_title_needs_no_quotes(site: Path) -> None:
    assert "title: The VPN changes\n" in written(site, "update", "The", "VPN", "changes")


def test_what_comes_later_is_said(site: Path) -> None:
    ran = itnews("new", "update", "New", "--set", "date=2027-01-05")
    assert "until 2027-01-05 it is not published" in ran.err


# --set


def test_values_are_put_in_their_places(site: Path) -> None:
    text = written(
        site,
        "update",
        "New",
        *("--set", "action.what=Book a slot: today"),
        *("--set", "action.minutes=5"),
        *("--set", "tags=[a, b]"),
        *("--set", "impact={people-team: Less paper.}"),
        *("--set", "summary=# 1 of 2"),
    )
    assert "\naction:\n  what: 'Book a slot: today'\n  minutes: 5\n" in text
    assert "\ntags:\n  - a\n  - b\n" in text
    assert "\nimpact:\n  people-team: Less paper.\n" in text
    assert "\nsummary: '# 1 of 2'\n" in text
    assert "# tags:" not in text


def test_foreign_name_is_ours(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", "field_names: {excerpt: summary}\ntheme:")
    assert "\nsummary: New\n" in written(site, "update", "New", "--set", "excerpt=New")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("action.minutes=abc", "action.minutes: This is no number."),
        ("status=of track", "status: Unknown status 'of track'."),
        ("date=21 November", "date: This is no date that can be read."),
        ("porject=leave-requests", "did you mean 'project'?"),
        ("action.waht=a", "did you mean 'what'?"),
        ("links=[{url: /a/, titel: b}]", "links.0.titel: This is no field."),
        ("project=leave-request", "did you mean 'leave-requests'?"),
        ("audience=[people-team, finance]", "audience.1: Unknown audience 'finance'."),
        ("visibility=board", "Unknown group 'board'"),
        ("tags='!!!'", "An address cannot be made of the tag '!!!'."),
        ("tags=[a", "--set tags:"),
        ("tags", "--set tags: write a field and its value"),
        ("=a", "write a field and its value"),
        ("action..what=a", "write a field and its value"),
        ("kind=page", "the kind is the word behind"),
        ("title=Newer", "The title is given twice"),
        ("summary=a\x07b", "The invisible character U+0007"),
        ("id=a/b", "id: An id cannot hold '/'."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(site: Path, given: str, said: str) -> None:
    before = paths(site)
    ran = itnews("new", "update", "New", "--set", given)
    assert ran.code == 2
    assert said in ran.err
    assert (ran.out, paths(site)) == ("", before)


def test_all_that_is_wrong_is_said_at_once(site: Path) -> None:
    ran = itnews(
        "new", "update", "New", "--set", "status=x", "--set", "draft=perhaps", "--set", "a=b"
    )
    assert ran.err.count("error: ") == 3


@pytest.mark.parametrize(
    "given", [("summary=a", "summary=b"), ("action=a", "action.by=2026-12-01")]
)
def test_a_field_is_given_once(site: Path, given: tuple[str, str]) -> None:
    ran = itnews("new", "update", "New", "--set", given[0], "--set", given[1])
    assert ran.code == 2
    assert "Keep one of the two." in ran.err


# Names


TITLES = [
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows\\system32",
    "a/b\\c",
    ".hidden",
    "_kept out",
    "CON",
    "nul.md",
    "index",
    "README",
    "x" * 300,
    "word " * 60,
    "🚀 launch",
    "ÄÖÜ ß",
    "日本語のお知らせ",
    "key: value",
    "- item",
    "# heading",
    "{{ braces }} [x] & *y | >",
    "%PATH% $HOME `id`",
    "'single' \"double\"",
    "yes",
    "null",
    "2026",
    "1.10",
    "2026-03-02",
    "line\nbreak\tand  blanks",
    "\u202eright to left",
]


@pytest.mark.parametrize(
    ("kind", "title"),
    [*product(("update", "page"), TITLES), ("update", "---")],
)
def test_any_title_makes_a_safe_name_and_is_kept(site: Path, kind: str, title: str) -> None:
    before = {path.name for path in site.parent.iterdir()}
    text = written(site, kind, "--", title)
    folder = site / "content" / KINDS[kind].folder
    (path,) = [path for path in folder.iterdir() if path.read_text(encoding="utf-8") == text]
    assert len(path.name) <= 80
    assert path.name.isascii()
    source = source_path(path.relative_to(site).as_posix())
    card, problems = parse_card(source, text, CardRules())
    assert problems == ()
    assert card is not None
    assert card.kind == kind
    assert card.title == " ".join(title.split())
    assert {path.name for path in site.parent.iterdir()} == before


def test_a_title_without_a_letter_names_no_page(site: Path) -> None:
    ran = itnews("new", "page", "--site", site, "--", "---")
    assert (ran.code, ran.out) == (2, "")
    assert "there is no letter and no digit in it" in ran.err


@pytest.mark.parametrize("title", ["!!!", "…", "🚀"])
def test_title_without_a_letter_needs_a_name(site: Path, title: str) -> None:
    ran = itnews("new", "page", title)
    assert ran.code == 2
    assert "--set id=my-page" in ran.err
    assert "title: " in written(site, "page", title, "--set", "id=my-page")
    assert "content/pages/my-page.md" in paths(site)


@pytest.mark.parametrize("title", ["a\x1b[2Jb", "a\x00b", "bytes \udcff", "\x85\x07"])
def test_title_that_no_file_can_hold_is_refused(site: Path, title: str) -> None:
    before = paths(site)
    ran = itnews("new", "update", title)
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert paths(site) == before


@pytest.mark.parametrize(
    "present",
    [
        "content/updates/2026-11-21-new.md",
        "content/updates/deep/er/2026-11-21-NEW.md",
        "content/updates/2026-11-21-new/index.md",
    ],
)
def test_nothing_is_overwritten_and_no_id_is_given_twice(site: Path, present: str) -> None:
    (site / present).parent.mkdir(parents=True, exist_ok=True)
    (site / present).write_text("mine", encoding="utf-8")
    ran = itnews("new", "update", "New")
    assert ran.code == 2
    assert f"There is {present} already" in ran.err
    assert (site / present).read_text(encoding="utf-8") == "mine"


def test_what_introduces_a_list_has_no_name_to_take(site: Path) -> None:
    (site / "content/goals/index.md").write_text("---\ntitle: Goals\n---\n", encoding="utf-8")
    assert "title: Goals" in written(site, "goal", "Goals")


def test_folder_of_the_kind_is_made(site: Path) -> None:
    for path in (site / "content/notices").iterdir():
        path.unlink()
    (site / "content/notices").rmdir()
    assert itnews("new", "notice", "New").code == 0


# On a terminal, and elsewhere


def test_elsewhere_a_title_has_to_be_there(site: Path) -> None:
    ran = itnews("new", "update")
    assert ran.code == 2
    assert 'itnews new update "A title"' in ran.err


def test_on_a_terminal_what_is_missing_is_asked(site: Path) -> None:
    ran = typed("\nThe VPN changes\n21 November\n2026-11-24\n", "new", "update")
    assert ran.code == 0
    assert ran.out == "content/updates/2026-11-24-the-vpn-changes.md\n"
    assert "Title of the update: " in ran.err
    assert "There is nothing here." in ran.err
    assert "[2026-11-21]: " in ran.err
    assert "date: This is no date that can be read." in ran.err


def test_an_empty_answer_is_the_default(site: Path) -> None:
    assert typed("\n", "new", "update", "New").out == "content/updates/2026-11-21-new.md\n"


def test_what_may_be_left_open_is_left_open(site: Path) -> None:
    ran = typed("Outage two\n\n", "new", "term")
    assert "Plain meaning (What it means, in 25 words at most): " in ran.err
    assert "\nplain:  " in (site / ran.out.strip()).read_text(encoding="utf-8")


def test_what_is_given_is_not_asked(site: Path) -> None:
    ran = typed("", "new", "term", "--set", "term=Token", "--set", "plain=A code")
    assert ran.code == 0
    assert ran.out == "content/glossary/token.md\n"


def test_end_of_the_input_writes_nothing(site: Path) -> None:
    before = paths(site)
    assert typed("", "new", "update").code == 130
    assert paths(site) == before


def test_in_ci_nobody_is_asked(site: Path) -> None:
    out, err = Terminal(), Terminal()
    console = Console(out, err, environment={"CI": "true"}, stdin=Terminal("Title\n"))
    assert run(["new", "page"], console) == 2


# Where there is no site, or no kind


def test_no_site_is_2(tmp_path: Path) -> None:
    assert itnews("new", "update", "New", "--site", tmp_path / "nowhere").code == 2


def test_broken_settings_are_told_as_by_a_build(site: Path) -> None:
    edit(site / "itnews.yaml", "timezone: UTC", "timezone: Berlin")
    ran = itnews("new", "update", "New")
    assert ran.code == 2
    assert "[timezone-unknown]" in ran.err


def test_unknown_kind_is_told_its_nearest_and_the_list(site: Path) -> None:
    ran = itnews("new", "upate", "New")
    assert ran.code == 2
    assert "did you mean 'update'? The kinds are update, project" in ran.err


def test_setting_of_a_day_counts_for_examples() -> None:
    wanted = Wanted(KINDS["project"], {"title": "New"}, Setting(date(2027, 11, 21)))
    assert "as in 2028-Q1.\n" in draft(wanted)


@pytest.mark.parametrize("kind", ["update", "goal"])
def test_an_id_is_given_once(site: Path, kind: str) -> None:
    text = written(site, kind, "First", "--set", "id=Same", "--set", "slug=first")
    assert "\nid: Same\n" in text
    before = paths(site)
    ran = itnews("new", kind, "Second", "--set", "id=same", "--set", "date=2026-05-05")
    assert ran.code == 2
    assert "has the id 'Same', and nothing was written." in ran.err
    assert paths(site) == before


OWN = """\
kinds:
  decision:
    folder: decisions
    dated: true
    fields:
      decided_by: {type: person, required: true, description: Who decided it.}
      state: {type: choice, words: [open, settled], description: Where it stands.}
      costs: {type: number, description: What it costs.}
      affects: {type: service, list: true, description: What it touches.}
theme:"""


def test_kind_of_the_site_is_one_like_the_others(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", OWN)
    text = written(site, "decisions", "Phones for all", "--set", "decided_by=sam-sample")
    assert "\ndecided_by: sam-sample\n" in text
    assert "# state: open " in text
    assert "# affects: [leave] " in text
    ran = itnews("build", "--strict", "--site", site)
    assert ran.code == 0, ran.err


def test_what_a_kind_of_the_site_requires_is_required(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", OWN)
    ran = itnews("new", "decision", "Phones for all")
    assert ran.code == 2
    assert (
        "decided_by is missing: Who decided it. Write itnews new decision --set decided_by=..."
        in ran.err
    )
    nothing = itnews("new", "decision")
    assert nothing.code == 2
    assert 'Write itnews new decision "A title" --set decided_by=...' in nothing.err
    asked = typed("\nsam-sample\n\n", "new", "decision", "Phones for all")
    assert asked.code == 0, asked.err
    assert "There is nothing here." in asked.err

"""A new site: it builds as it is, and nothing is overwritten for it."""

from datetime import date
from pathlib import Path

import pytest

from itnews.cli.init import starter, starter_values
from itnews.content.card import parse_card
from itnews.content.rules import CardRules
from itnews.model.kinds import KINDS
from itnews.paths import source_path
from itnews.yaml import load
from tests.cli.running import DAY, itnews


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_new_site_builds_without_a_warning(tmp_path: Path) -> None:
    site = tmp_path / "it-news"
    assert itnews("init", site).code == 0
    ran = itnews("build", "--site", site, "--strict")
    assert ran.code == 0, ran.err
    assert (site / "output" / "updates" / "leave-requests-first-team" / "index.html").is_file()
    assert (site / "output" / "feed.xml").is_file()


def test_new_site_has_one_good_example_of_every_kind() -> None:
    names = starter(starter_values("it-news", DAY))
    folders = {name.split("/")[1] for name in names if name.startswith("content/")}
    assert folders == {kind.folder for kind in KINDS.values()}


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29)])
def test_examples_are_valid_on_any_day(day: date) -> None:
    for name, text in starter(starter_values("it-news", day)).items():
        if name.startswith("content/"):
            assert parse_card(source_path(name), text, CardRules())[1] == (), name


def test_examples_are_as_short_as_readers_like_them() -> None:
    for name, text in starter(starter_values("it-news", DAY)).items():
        card = parse_card(source_path(name), text, CardRules())[0]
        if card:
            assert len(card.title) <= 80, name
            assert len(card.fields.summary) <= 160, name
            assert card.fields.summary or card.kind in {"person", "term"}, name


def test_nothing_is_left_to_fill_in() -> None:
    for ci in ("github", "gitlab"):
        for name, text in starter(starter_values("it-news", DAY), ci).items():
            assert "$host" not in text, name
            assert "$today" not in text, name


def test_id_is_a_host_and_the_year_it_was_made_in() -> None:
    text = starter(starter_values("IT Nachrichten", DAY))["itnews.yaml"]
    assert "  id: it-nachrichten.example,2026\n" in text
    assert "  base_url: https://it-nachrichten.example/\n" in text


def test_folder_without_a_letter_gives_an_id_all_the_same() -> None:
    assert starter_values("!!!", DAY)["host"] == "it.example"


def test_theme_folder_says_what_it_is_for(tmp_path: Path) -> None:
    itnews("init", tmp_path / "site")
    found = files(tmp_path / "site")
    assert "templates/" in found["theme/.gitkeep"]
    assert "/output/" in found[".gitignore"]
    assert "/.itnews/" in found[".gitignore"]


@pytest.mark.parametrize(
    ("ci", "name"), [("gitlab", ".gitlab-ci.yml"), ("github", ".github/workflows/pages.yml")]
)
def test_ci_file_is_yaml_that_builds_and_publishes(tmp_path: Path, ci: str, name: str) -> None:
    itnews("init", tmp_path / "site", "--ci", ci)
    text = files(tmp_path / "site")[name]
    assert load(text)
    assert "itnews build --strict --output public" in text
    assert "path" in text


@pytest.mark.parametrize("present", ["itnews.yaml", "content/people/sam-sample.md"])
def test_nothing_is_written_where_a_file_would_be_overwritten(tmp_path: Path, present: str) -> None:
    path = tmp_path / present
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    ran = itnews("init", tmp_path)
    assert ran.code == 2
    assert "Nothing was written" in ran.err
    assert files(tmp_path) == {present: "mine"}


def test_gitignore_of_a_repository_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.log\n", encoding="utf-8")
    ran = itnews("init", tmp_path)
    assert ran.code == 0
    assert files(tmp_path)[".gitignore"] == "*.log\n"
    assert "add the lines /output/ and /.itnews/ to it" in ran.out


def test_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("", encoding="utf-8")
    assert itnews("init", tmp_path / "site").code == 2


def test_here_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = itnews("init")
    assert "in this folder" in ran.out
    assert (tmp_path / "itnews.yaml").is_file()

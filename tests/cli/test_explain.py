"""`itnews build --explain`: why outputs were made again, in the words of who edits the site."""

import io
import json
import shutil
from datetime import UTC
from pathlib import Path

import pytest

from itnews.app.report import Cause
from itnews.cli.building import Wish
from itnews.cli.console import Console
from itnews.cli.reasons import words
from itnews.cli.watching import Builds
from itnews.engine.key import Key
from itnews.engine.store import Store
from itnews.live.loop import Batch, SystemClock
from itnews.paths import source_path
from tests.cli.running import NOW, edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"
PAGE = "/updates/leave-requests-first-team/"
EDITIONS = "editions:\n  staff: {}\n  board: {shows: [board]}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = new_site(tmp_path_factory.mktemp("explained"))
    why(site)
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    site = Path(shutil.copytree(built, tmp_path / "site"))
    why(site)
    return site


def why(site: Path, *arguments: object, now: str = NOW) -> dict[str, list[str]]:
    """The addresses that a build made, by why it made them; of several editions those of the last."""
    chosen = ("--explain", "--format", "json", *arguments)
    ran = itnews("build", "--site", site, "--now", now, *chosen)
    assert ran.code == 0, ran.err
    return {
        group["why"]: group["addresses"] for group in json.loads(ran.out)["builds"][-1]["rebuilt"]
    }


def said(site: Path) -> str:
    ran = itnews("build", "--site", site, "--now", NOW, "--explain")
    return " ".join(ran.out.partition("8000\n")[2].split())


def test_first_build_makes_everything_for_the_first_time(tmp_path: Path) -> None:
    (reason,) = why(new_site(tmp_path))
    assert reason == "made for the first time"


def test_nothing_made_again_says_so(site: Path) -> None:
    nothing = "Nothing was made again: no output read anything that has changed."
    assert said(site) == nothing  # told again
    (site / "notes.txt").write_text("of no concern", encoding="utf-8")
    assert said(site) == nothing  # looked for, and nothing found


def test_title_is_the_reason_of_pages_and_lists_alike(site: Path) -> None:
    edit(site / UPDATE, "title: The first team", "title: The very first team")
    (reason, addresses), *others = why(site).items()
    assert reason == f"because {UPDATE} changed"
    assert others == []
    assert {PAGE, "/feed.xml", "/projects/leave-requests/"} <= set(addresses)


def test_body_too(site: Path) -> None:
    edit(site / UPDATE, "This is an example: change it", "This is one")
    assert list(why(site)) == [f"because {UPDATE} changed"]


def test_two_edits_are_told_apart(site: Path) -> None:
    edit(site / UPDATE, "This is an example: change it", "This is one")
    edit(site / "content/pages/about.md", "This is an example.", "This is no example.")
    found = why(site)
    assert PAGE in found[f"because {UPDATE} changed"]
    assert "/about/" in found["because content/pages/about.md changed"]


def test_new_document_is_the_reason_of_the_lists_that_show_it(site: Path) -> None:
    new = site / "content/updates/new.md"
    new.write_text("---\ntitle: New\ndate: 2026-11-01\n---\n", encoding="utf-8")
    found = why(site)
    assert found["made for the first time"] == ["/updates/new/"]
    assert "/updates/" in found["because content/updates/new.md was added"]
    new.unlink()
    assert "/updates/" in why(site)["because content/updates/new.md was removed"]


def test_new_name_is_something_that_came_and_something_that_went(site: Path) -> None:
    people = site / "content/people"
    (people / "sam-sample.md").rename(people / "samuel-sample.md")
    reason = (
        "because content/people/samuel-sample.md was added"
        " and content/people/sam-sample.md was removed"
    )
    assert "/people/" in why(site)[reason]


def test_template_is_called_one(site: Path) -> None:
    path = site / "theme/templates/update.html"
    path.parent.mkdir(parents=True)
    path.write_text('{% extends "parent:update.html" %}{% block label %}One{% endblock %}', "utf-8")
    assert why(site) == {"because the template theme/templates/update.html was added": [PAGE]}
    path.write_text('{% extends "parent:update.html" %}{% block label %}Two{% endblock %}', "utf-8")
    assert why(site) == {"because the template theme/templates/update.html changed": [PAGE]}
    path.unlink()
    assert why(site) == {"because the template theme/templates/update.html was removed": [PAGE]}


def test_setting_is_named(site: Path) -> None:
    edit(site / "itnews.yaml", "title: IT news", "title: Our news")
    (reason,) = why(site)
    assert reason == "because site.title in itnews.yaml changed"


def test_output_that_was_deleted_or_altered(site: Path) -> None:
    (site / "output/feed.xml").unlink()
    (site / "output/updates/index.html").write_text("mine", encoding="utf-8")
    assert why(site) == {"missing or altered in the output folder": ["/feed.xml", "/updates/"]}


def test_time_that_has_come_is_told_with_the_document_that_waited(site: Path) -> None:
    about = site / "content/pages/about.md"
    edit(about, "menu: 1", "menu: 1\npublish_at: 2026-11-22T09:00")
    why(site)
    found = why(site, now="2026-11-22T10:00")
    assert "/about/" in found["made for the first time"]
    assert any("09:00 has passed, a time of content/pages/about.md" in reason for reason in found)


def test_second_edition_is_explained_though_the_first_has_made_what_both_share(site: Path) -> None:
    edit(site / "itnews.yaml", "theme:", f"{EDITIONS}theme:")
    shutil.rmtree(site / "output")
    why(site, "--all-editions")
    edit(site / UPDATE, "title: The first team", "title: The very first team")
    assert list(why(site, "--all-editions")) == [f"because {UPDATE} changed"]


def test_long_group_is_cut_for_people(site: Path) -> None:
    edit(site / "itnews.yaml", "title: IT news", "title: Our news")
    out = said(site)
    assert out.startswith("What was made, and why: because site.title in itnews.yaml changed (")
    assert out.endswith(" more")


def test_edit_of_one_page_does_not_load_the_rows_of_all(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        text = f"---\ntitle: Old {number}\ndate: 2025-01-01\n---\nOld.\n"
        (site / f"content/updates/old-{number}.md").write_text(text, encoding="utf-8")
    why(site)
    edit(site / "content/updates/old-7.md", "Old.", "Older.")
    loaded: list[Key[object]] = []
    row = Store.row
    monkeypatch.setattr(Store, "row", lambda store, key: loaded.append(key) or row(store, key))  # type: ignore[func-returns-value]
    why(site)
    of_others = {key.name for key in loaded if key.kind in {"page", "body"}}
    assert "content/updates/old-20.md" not in of_others


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (Cause("another reason"), "another reason"),
        (Cause(key=Key("today", "")), "because it is another day"),
        (
            Cause(key=Key("environment", "")),
            "because the language, time zone and currency in itnews.yaml changed",
        ),
        (Cause(key=Key("listing", "static")), "because the files in static/ changed"),
        (
            Cause(key=Key("source", "x"), added=tuple("abcde")),
            "because a, b, c and 2 more were added",
        ),
        (
            Cause(key=Key("passed", "2026-12-01T08:00:00+00:00"), back=True),
            "because 2026-12-01 08:00 is still to come",
        ),
    ],
)
def test_cause_in_words(cause: Cause, told: str) -> None:
    assert words(cause, UTC) == told


def test_each_later_build_of_a_watch_explains_itself_briefly(tmp_path: Path) -> None:
    site, out = new_site(tmp_path), io.StringIO()
    wish = Wish(site=site, now=NOW, explain=True)
    builds = Builds(wish, Console(out, io.StringIO(), environment={}), SystemClock())
    builds.build(Batch())
    assert "made for the first time" in out.getvalue()

    def said_after(path: str) -> str:
        out.seek(0)
        out.truncate()
        builds.build(Batch(frozenset({source_path(path)})))
        return out.getvalue().partition("\n")[2]

    edit(site / UPDATE, "This is an example: change it", "This is one")
    assert said_after(UPDATE).startswith(f"  because {UPDATE} changed (")
    new = site / "content/updates/new.md"
    new.write_text("---\ntitle: New\ndate: 2026-11-01\n---\n", encoding="utf-8")
    assert "  because content/updates/new.md was added (" in said_after("content/updates/new.md")
    new.unlink()
    told = said_after("content/updates/new.md")
    assert "  because content/updates/new.md was removed (" in told
    assert " more\n" in told
    assert said_after(UPDATE) == ""

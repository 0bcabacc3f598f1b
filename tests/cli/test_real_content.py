"""Real posts, written for other systems, in a fresh site: all get a page, and each problem has its place."""

import json
import re
import shutil
from pathlib import Path

import feedparser
import pytest

from tests.cli.running import NOW, Ran, itnews
from tests.sites import contents

POSTS = Path(__file__).parents[3] / "shared/realcontent"
NAMES = "\nfield_names: {excerpt: summary, redirect_from: aliases}\n"
_PLACED = re.compile(r"^content/\S+\.md:\d+(:\d+)?: (error|warning): .+\[[a-z-]+\]$")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A site made by `itnews init`, with the real posts among its updates and the names of their fields set."""
    if not POSTS.is_dir():
        pytest.skip(f"the real posts are not on this machine: {POSTS} is missing")
    site = tmp_path_factory.mktemp("real") / "site"
    assert itnews("init", site).code == 0
    settings = site / "itnews.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + NAMES, encoding="utf-8")
    for folder in ("18f", "cloudgov"):
        shutil.copytree(POSTS / folder, site / "content/updates" / folder)
    return site, itnews("build", "--site", site, "--now", NOW, "--keep-going")


def test_every_post_has_a_page_and_the_lists_have_several(built: tuple[Path, Ran]) -> None:
    site, _ = built
    posts = [path.stem for path in POSTS.glob("*/*.md")]
    files = contents(site / "output")
    assert len(posts) == 263
    assert [post for post in posts if f"updates/{post}/index.html" not in files] == []
    assert "updates/page/14/index.html" in files


def test_the_feed_has_the_newest_twenty(built: tuple[Path, Ran]) -> None:
    feed = feedparser.parse(contents(built[0] / "output")["updates/feed.xml"])
    assert not feed.bozo
    assert len(feed.entries) == 20
    dates = [entry.published_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True)


def test_every_problem_has_a_file_and_a_line(built: tuple[Path, Ran]) -> None:
    _, ran = built
    assert ran.code == 1
    assert "Traceback" not in ran.out + ran.err
    first_lines = [
        line for line in ran.err.splitlines() if re.match(r"\S+: (error|warning): ", line)
    ]
    assert len(first_lines) > 100
    assert [line for line in first_lines if not _PLACED.match(line)] == []


def test_a_second_run_does_nothing(built: tuple[Path, Ran]) -> None:
    site, _ = built
    before = contents(site / "output")
    ran = itnews("build", "--site", site, "--now", NOW, "--keep-going", "--format", "json")
    (outcome,) = json.loads(ran.out)["builds"]
    assert ran.code == 1
    assert (outcome["written"], outcome["deleted"]) == ([], [])
    assert contents(site / "output") == before

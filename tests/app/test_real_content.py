"""Real posts, written for other systems: all of them get a page, and each problem has its place."""

import shutil
from pathlib import Path

import feedparser
import pytest

from tests.sites import SETTINGS, Site, contents

POSTS = Path(__file__).parents[3] / "shared/realcontent"
NAMES = "field_names: {excerpt: summary, redirect_from: aliases}\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real posts among the updates of a site, built with `--keep-going`."""
    if not POSTS.is_dir():
        pytest.skip(f"the real posts are not on this machine: {POSTS} is missing")
    made = Site(tmp_path_factory.mktemp("real") / "site", keep_going=True)
    made.write("itnews.yaml", SETTINGS + NAMES)
    for folder in ("18f", "cloudgov"):
        shutil.copytree(POSTS / folder, made.folder / "content/updates" / folder)
    return made


def test_real_posts_are_published(site: Site) -> None:
    report = site.build()
    posts = [path.stem for path in (site.folder / "content/updates").rglob("*.md")]
    pages = contents(site.output)
    assert len(posts) == 263
    assert [post for post in posts if f"updates/{post}/index.html" not in pages] == []
    assert "updates/page/14/index.html" in pages
    feed = feedparser.parse(pages["updates/feed.xml"])
    assert not feed.bozo
    assert len(feed.entries) == 20
    assert report.exit_code == 1
    assert all(problem.at.line > 0 for problem in report.problems)
    assert not site.build().made

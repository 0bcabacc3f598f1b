"""What docs/themes.md says is so: its examples build, and its lists are those of newsroom."""

import re
import shutil
from pathlib import Path

import pytest

from itnews.emit.assets import PLAIN
from itnews.theme.colour import contrast
from tests.sites import SETTINGS, Site, told
from tests.theme.test_contrasts import properties

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
NEWSROOM = ROOT / "themes/newsroom"
# A fence whose first line is a comment with a path is the text of that file.
FILES = dict(
    re.findall(
        r"^```\w+\n(?:# |/\* |\{# )(\S+\.\w+)(?: \*/| #\})?\n(.*?)^```$",
        PAGE,
        re.MULTILINE | re.DOTALL,
    )
)


def site_with(tmp_path: Path, folder: str, settings: str) -> Site:
    """A site with the files that the page shows below *folder*, built without a complaint."""
    site = Site(tmp_path / "site")
    site.write("itnews.yaml", SETTINGS + settings)
    site.write("themes/quay/theme.yaml", "")
    site.document("updates/vpn", "Text.", date="2026-03-02")
    for path in (path for path in FILES if path.startswith(f"{folder}/")):
        site.write(path, FILES[path])
    if "harbour" in settings:
        shutil.copytree(ROOT / "themes/harbour", site.folder / "themes/harbour")
    assert told(site.build()) == (0, ())
    return site


def sheets(page: str) -> list[str]:
    """The names of the style sheets that a page links, in order, without their fingerprints."""
    linked = re.findall(r'<link rel="stylesheet" href="/it/assets/([^"]+)"', page)
    return [re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in linked]


def test_the_page_shows_files_of_each_layer() -> None:
    assert {path.split("/")[0] for path in FILES} == {"itnews.yaml", "themes", "theme"}


def test_the_theme_made_step_by_step_builds_and_shows_all_its_parts(tmp_path: Path) -> None:
    site = site_with(tmp_path, "themes/quay", "theme: {name: quay}\n")
    page = site.page("/updates/vpn/")
    assert sheets(page) == ["tokens.css", "newsroom.css", "quay.css"]
    assert "Ask the service desk, room 2.14." in page
    assert "Find your way" not in page
    assert "Ask the service desk" not in site.page("/updates/")


def test_the_settings_that_the_page_shows_choose_harbour(tmp_path: Path) -> None:
    site = site_with(tmp_path, "nothing", FILES["itnews.yaml"])
    assert sheets(site.page("/")) == ["tokens.css", "newsroom.css", "harbour.css"]
    assert '<header class="quay quay-front">' in site.page("/")


def test_the_sites_last_word_adds_to_harbour_which_adds_to_newsroom(tmp_path: Path) -> None:
    site = site_with(tmp_path, "theme", "theme: {name: harbour}\n")
    page = site.page("/updates/vpn/")
    assert sheets(page) == ["tokens.css", "newsroom.css", "harbour.css", "own.css"]
    assert '<header class="quay">' in page
    for name in set(sheets(page)) - PLAIN:
        assert len(list((site.output / "assets").glob(name.replace(".css", ".*.css")))) == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_token_that_the_site_overrides_wins_and_is_readable(dark: bool) -> None:
    said = properties((ROOT / "themes/harbour/assets/harbour.css").read_text(), dark=dark)
    own = properties(FILES["theme/assets/own.css"], dark=dark)
    assert own.keys() <= said.keys()
    assert own["band"] != said["band"]
    for band in own.values():
        assert contrast(said["on-band"], band) >= 4.5


def rows(head: str) -> list[list[str]]:
    """The names in each cell but the last of the table that begins with *head*, row by row."""
    table = PAGE.partition(f"{head}\n|---")[2].partition("\n\n")[0]
    lines = [line.strip("|").split("|")[:-1] for line in table.splitlines()[1:]]
    return [re.findall(r"`([^`]+)`", "|".join(line)) for line in lines]


@pytest.mark.parametrize("name", ["base.html", "article.html"])
def test_the_blocks_are_those_of_the_template_in_their_order(name: str) -> None:
    template = (NEWSROOM / "templates" / name).read_text(encoding="utf-8")
    names = [name for row in rows("| template | block | holds |") for name in row]
    listed = names[names.index(name) + 1 :]
    listed = listed[: next((at for at, one in enumerate(listed) if "." in one), None)]
    # `content` is base's: article fills it, and has all of its own blocks in it.
    blocks = re.findall(r"{% block (\w+) %}", template)
    assert listed == [block for block in blocks if name == "base.html" or block != "content"]
    assert f"Blocks: {', '.join(listed)}. -#}}" in template


def test_the_tokens_are_those_of_the_style_sheet() -> None:
    sheet = (NEWSROOM / "assets/newsroom.css").read_text(encoding="utf-8")
    listed = {name.removeprefix("--") for names in rows("| token | for |") for name in names}
    assert {"size-1", "size-5"} <= listed
    assert listed | {"size-2", "size-3", "size-4"} == properties(sheet, dark=False).keys()


def test_the_partials_are_there() -> None:
    for name in re.findall(r"`(partials/[\w-]+\.html)`", PAGE):
        if name != "partials/heading.html":
            assert (NEWSROOM / "templates" / name).is_file()

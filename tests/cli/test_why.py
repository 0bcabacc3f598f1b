"""`itnews why`: something true and useful about a page."""

import shutil
from pathlib import Path

import pytest

from itnews.cli.questions import GROUPS, phrase, subject
from itnews.engine.key import parse_key
from tests.cli.running import NOW, edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"
PROJECT = "content/projects/leave-requests.md"
ADDRESS = "/updates/leave-requests-first-team/"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = new_site(tmp_path_factory.mktemp("asked"))
    build(site)
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    site = Path(shutil.copytree(built, tmp_path / "site"))
    build(site)
    return site


def build(site: Path, *arguments: str) -> None:
    ran = itnews("build", "--site", site, "--now", NOW, *arguments)
    assert ran.code == 0, ran.err


def why(site: Path, page: object) -> str:
    ran = itnews("why", "--site", site, page)
    assert ran.code == 0, ran.err
    return ran.out


def part(text: str, head: str) -> str:
    """The lines below *head*, up to the next empty one."""
    return text.partition(f"{head}\n")[2].partition("\n\n")[0]


@pytest.mark.parametrize(
    "page",
    [
        ADDRESS,
        ADDRESS.rstrip("/"),
        f"https://it-news.example{ADDRESS}",
        f"output{ADDRESS}index.html",
        f"{ADDRESS[1:]}index.html",
        UPDATE,
        f"./{UPDATE}",
    ],
)
def test_page_is_found_however_it_is_named(
    built: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    assert why(built, page).startswith(f"{ADDRESS} is the page of {UPDATE}.\n")


def test_address_below_a_base_path_is_found(site: Path) -> None:
    edit(
        site / "itnews.yaml",
        "base_url: https://it-news.example/",
        "base_url: https://it.example/news/",
    )
    build(site)
    assert why(site, f"https://it.example/news{ADDRESS}").startswith(f"{ADDRESS} is")
    assert why(site, f"/news{ADDRESS}").startswith(f"{ADDRESS} is")


def test_what_a_page_read_is_told_in_groups(built: Path) -> None:
    read = part(why(built, ADDRESS), "What it read")
    assert UPDATE in read
    assert "links" in read
    assert "project:leave-requests" in read
    assert "update.html" in read
    assert "site.title" in read
    assert "|" not in read


def test_what_reads_a_document_is_told_in_groups(built: Path) -> None:
    readers = part(why(built, UPDATE), f"What reads {UPDATE}").replace("\n", " ")
    assert "/projects/leave-requests/" in readers
    assert "/departments/people-team/" in readers
    assert "/updates/" in readers
    assert "/feed.xml" in readers
    assert "/people/sam-sample/" not in readers
    assert "/goals/less-paper/" in readers


def test_link_to_a_document_counts_as_reading_it(built: Path) -> None:
    readers = part(why(built, PROJECT), f"What reads {PROJECT}").replace("\n", " ")
    assert "/accomplishments/wifi-in-the-canteen/" in readers  # it links to the project


def test_page_that_was_not_made_again_says_so(site: Path) -> None:
    assert "did not make it again: everything that it read was as before." in why(site, ADDRESS)


def test_reason_goes_back_to_the_file_that_was_edited(site: Path) -> None:
    edit(site / UPDATE, "title: The first team", "title: The very first team")
    build(site)
    file = f"the file {UPDATE} had changed."
    assert part(why(site, ADDRESS), "made it again:").endswith(f"because {file}")
    project = why(site, "/projects/leave-requests/")
    assert f"what lists show of {UPDATE} had changed,\n" in project
    assert file in project
    assert "did not make it again" in why(site, "/people/sam-sample/")


def test_page_that_was_deleted_from_the_output_says_so(site: Path) -> None:
    (site / f"output{ADDRESS}index.html").unlink()
    build(site)
    assert "made it: an output of it was deleted or altered." in why(site, ADDRESS)


def test_new_page_was_made_for_the_first_time(site: Path) -> None:
    (site / "content/updates/new.md").write_text("---\ntitle: N\ndate: 2026-11-01\n---\n", "utf-8")
    build(site)
    assert "made it: made for the first time." in why(site, "/updates/new/")


def test_override_in_the_theme_is_told(site: Path) -> None:
    path = site / "theme/templates/update.html"
    path.parent.mkdir(parents=True)
    path.write_text('{% extends "parent:update.html" %}\n', encoding="utf-8")
    build(site)
    text = why(site, ADDRESS).replace("\n", " ")
    assert "of the site's own: theme/templates/update.html" in " ".join(text.split())
    assert "/updates/leave-requests-first-team/" in why(site, "theme/templates/update.html")


def test_list_and_feed_are_explained_too(built: Path) -> None:
    assert "what lists show" in why(built, "/updates/")
    assert UPDATE in why(built, "/feed.xml")


def test_draft_and_scheduled_document_say_why_they_have_no_page(site: Path) -> None:
    edit(site / UPDATE, "tags: [leave]", "draft: true")
    edit(
        site / "content/accomplishments/wifi-in-the-canteen.md",
        "tags: [network]",
        "publish_at: 2027-01-01",
    )
    build(site)
    assert why(site, UPDATE).startswith(f"{UPDATE} has no page of its own: it is a draft.")
    text = why(site, "content/accomplishments/wifi-in-the-canteen.md")
    assert "has no page of its own: it is scheduled." in text


def test_restricted_and_removed_document_say_why_they_have_no_page(site: Path) -> None:
    about, wifi = "content/pages/about.md", "content/accomplishments/wifi-in-the-canteen.md"
    editions = "editions: {staff: {}, board: {shows: board}}\ntheme:"
    edit(site / "itnews.yaml", "theme:", editions)
    edit(site / about, "menu: 1", "visibility: board")
    edit(site / wifi, "tags: [network]", "expires: 2026-11-20\nremove_when_expired: true")
    assert itnews("build", "--site", site, "--edition", "staff", "--now", NOW).code == 0
    assert "has no page of its own: only board may see it." in why(site, about)
    assert "has no page of its own: it has expired." in why(site, wifi)


@pytest.mark.parametrize(
    ("page", "near"),
    [
        ("/updates/leave-requests-first-taem/", ADDRESS),
        ("content/projects/leave-request.md", PROJECT),
    ],
)
def test_unknown_page_is_2_with_a_suggestion(built: Path, page: str, near: str) -> None:
    ran = itnews("why", "--site", built, page)
    assert ran.code == 2
    assert f"did you mean '{near}'?" in ran.err


def test_page_that_is_like_nothing_is_2(built: Path) -> None:
    assert itnews("why", "--site", built, "/etc/passwd").code == 2
    assert itnews("why", "--site", built, "../../x").code == 2
    assert "itnews.yaml" in itnews("why", "--site", built, "itnews.yaml").err


def test_nothing_built_is_2(tmp_path: Path) -> None:
    assert itnews("why", "--site", new_site(tmp_path), "/").code == 2


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("body|site|content/a.md", "the text with its links of content/a.md"),
        ("teaser|site|content/a.md", "what lists show of content/a.md"),
        ("source||content/a.md", "the file content/a.md"),
        ("setting||site.title", "the setting site.title"),
        ("party|site|dana", "the name of dana"),
        ("place|site|id:project:vpn", "where a link leads: project:vpn"),
        ("passed||2026-12-01T08:00:00+00:00", "whether 2026-12-01T08:00:00+00:00 has passed"),
        (
            'query|site|{"kinds": ["update"], "limit": 3, "order": "newest", "where": [["tag", "vpn"]]}',
            "the list of update of tag vpn, the first 3",
        ),
        ("newcomer|site|x", "newcomer x"),
    ],
)
def test_question_is_put_in_words(key: str, words: str) -> None:
    assert phrase(parse_key(key)) == words
    assert subject(parse_key(key))[0] in GROUPS

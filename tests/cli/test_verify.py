"""`itnews verify`: equal bytes or not, and nothing else."""

import json
import shutil
from pathlib import Path

import pytest

from itnews.errors import EnvironmentFault
from tests.cli.running import NOW, Ran, edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = new_site(tmp_path_factory.mktemp("verified"))
    assert itnews("build", "--site", site, "--now", NOW).code == 0
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    site = Path(shutil.copytree(built, tmp_path / "site"))
    assert itnews("build", "--site", site, "--now", NOW).code == 0
    return site


def verify(site: Path) -> Ran:
    return itnews("verify", "--site", site)


def test_output_of_the_last_build_is_equal_and_is_left_alone(site: Path) -> None:
    def states() -> dict[Path, tuple[int, bytes]]:
        files = (path for path in (site / "output").rglob("*") if path.is_file())
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    edit(site / UPDATE, "The warehouse tries it", "The warehouse has tried it")
    itnews("build", "--site", site, "--now", NOW)
    before = states()
    ran = verify(site)
    assert ran.code == 0, ran.out
    assert "equal in every byte" in ran.out
    assert states() == before


def test_flags_of_the_last_build_count(site: Path) -> None:
    edit(site / UPDATE, "tags: [leave]", "draft: true")
    itnews("build", "--site", site, "--now", "2026-12-24", "--drafts")
    assert verify(site).code == 0
    itnews("build", "--site", site, "--now", "2026-12-24")
    assert verify(site).code == 0


def test_options_in_the_environment_do_not_reach_the_second_build(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ITNEWS_BUILD_DRAFTS", "1")
    monkeypatch.setenv("ITNEWS_BUILD_EDITION", "nobody")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert verify(site).code == 0


def test_each_difference_is_named(site: Path) -> None:
    output = site / "output"
    (output / "about/index.html").write_bytes((output / "about/index.html").read_bytes() + b"x")
    (output / "feed.xml").unlink()
    (output / "notes.txt").write_text("", encoding="utf-8")
    (output / "CNAME").write_text("it.example", encoding="utf-8")
    (output / ".well").write_text("", encoding="utf-8")
    ran = verify(site)
    assert ran.code == 1
    differs, missing, surplus, total = ran.out.splitlines()
    assert differs.startswith("differs  about/index.html, from line ")
    assert missing == "missing  feed.xml"
    assert surplus == "surplus  notes.txt"
    assert total.startswith("3 files of ")
    assert "changed since" not in ran.err


def test_edit_since_the_build_explains_the_difference(site: Path) -> None:
    edit(site / UPDATE, "The warehouse tries it", "The warehouse has tried it")
    (site / "content/updates/new.md").write_text("---\ntitle: N\ndate: 2026-11-01\n---\n", "utf-8")
    ran = verify(site)
    assert ran.code == 1
    assert f"2 files changed since the last build: {UPDATE}, content/updates/new.md." in ran.err


def test_warnings_do_not_count(site: Path) -> None:
    edit(site / UPDATE, "authors: [alex-example]", "authors: [alex-exampel]")
    itnews("build", "--site", site, "--now", NOW)
    assert verify(site).code == 0


def test_errors_that_were_published_in_spite_of_do_not_count(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: nothing-like-it")
    assert itnews("build", "--site", site, "--now", NOW, "--keep-going").code == 1
    assert verify(site).code == 0


def test_site_with_errors_has_nothing_to_compare_with(site: Path) -> None:
    edit(site / UPDATE, "project: leave-requests", "project: nothing-like-it")
    ran = verify(site)
    assert ran.code == 2
    assert "The site has errors now" in ran.err


def test_nothing_built_is_2(tmp_path: Path) -> None:
    ran = verify(new_site(tmp_path))
    assert ran.code == 2
    assert "`itnews build` comes first" in ran.err


def test_second_build_leaves_the_state_of_the_site_alone(site: Path) -> None:
    kept = sorted(path.name for path in (site / ".itnews").iterdir())
    verify(site)
    assert sorted(path.name for path in (site / ".itnews").iterdir()) == kept
    assert (
        json.loads(itnews("build", "--site", site, "--now", NOW, "--format", "json").out)["builds"][
            0
        ]["written"]
        == []
    )


def test_second_build_is_made_in_one_process(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(command: list[str], **_: object) -> None:
        asked.extend(command)
        raise EnvironmentFault("enough")

    monkeypatch.setattr("itnews.cli.verifying.subprocess.run", noted)
    assert verify(site).code == 3
    assert asked[asked.index("--jobs") + 1] == "1"

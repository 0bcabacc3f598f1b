"""`itnews build --profile` and `--jobs`: where time and memory went, and in how many processes."""

import json
import sys
from pathlib import Path

import pytest

from itnews.app import workers
from itnews.cli.profiling import Profile
from itnews.engine.meter import Cost, Spent
from tests.cli.running import NOW, edit, itnews, new_site

UPDATE = "content/updates/leave-requests-first-team.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return new_site(tmp_path)


def build(site: Path, *arguments: object) -> str:
    ran = itnews("build", "--site", site, "--now", NOW, *arguments)
    assert ran.code == 0, ran.err
    return ran.out


def profile(site: Path, *arguments: object) -> dict[str, list[dict[str, object]]]:
    (one,) = json.loads(build(site, "--profile", "--format", "json", *arguments))["builds"]
    found = one["profile"]
    assert isinstance(found, dict)
    return found


def test_phases_templates_documents_and_memory_are_told(site: Path) -> None:
    out = build(site, "--profile")
    assert out.index(" pages in ") < out.index("\nTime: ")
    for word in ("page", "document", "publish", "scan the sources", "update.html", UPDATE):
        assert word in out
    assert "all " in out
    assert "100.0%" in out
    if sys.platform != "win32":
        assert " MiB at most in the process of the build." in out


def test_shares_add_up_to_the_time_that_the_build_took(site: Path) -> None:
    found = json.loads(json.dumps(profile(site)))
    lines = [*found["phases"], *found["work"]]
    assert sum(line["share"] for line in lines) == pytest.approx(1, abs=0.01)
    assert found["busy_seconds"] == pytest.approx(found["seconds"], rel=0.02)


def test_a_build_with_nothing_to_do_says_so(site: Path) -> None:
    build(site)
    out = build(site, "--profile")
    assert "look whether anything changed" in out
    assert "`itnews build --clean --profile` measures it all." in out


def test_only_what_was_made_again_is_counted(site: Path) -> None:
    build(site)
    edit(site / UPDATE, "This is an example: change it", "This is one")
    found = profile(site)
    assert [line["path"] for line in found["documents"]][:1] == [UPDATE]
    assert {line["name"]: line["times"] for line in found["phases"]}.get("document") == 1, found


def test_nothing_of_it_is_told_unasked(site: Path) -> None:
    out = build(site)
    assert "Time:" not in out
    (one,) = json.loads(build(site, "--format", "json"))["builds"]
    assert "profile" not in one
    assert "rebuilt" not in one


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux")
def test_what_workers_did_is_counted_too(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = profile(site)
    monkeypatch.setattr(workers, "WORTH_IT", 5)
    together = profile(site, "--clean", "--jobs", "2")
    renders = {line["name"]: line["renders"] for line in together["templates"]}
    assert int(str(together["processes"])) > 1
    assert renders["update.html"] == 1
    assert {line["name"] for line in alone["templates"]} == set(renders)
    assert len(together["documents"]) == len(alone["documents"])


def test_the_seconds_of_several_processes_are_said_to_be_added_up(site: Path) -> None:
    spent = Spent(tasks={"page": Cost(2, 3.0)}, works={"wait for workers": Cost(1, 1.5)})
    spent.peaks = {1: 5, 2: 7}
    made = Profile.of(spent, 2.0)
    assert (made.processes, made.busy, made.waited, made.worker_peak) == (3, 3.0, 1.5, 7)


def test_profile_of_a_build_that_never_ends_is_refused(site: Path) -> None:
    ran = itnews("build", "--site", site, "--watch", "--profile")
    assert ran.code == 2
    assert "leave --watch out" in ran.err


@pytest.mark.parametrize("number", [0, -3])
def test_no_process_at_all_is_refused_with_a_hint(site: Path, number: int) -> None:
    ran = itnews("build", "--site", site, "--jobs", number)
    assert ran.code == 2
    assert f"--jobs {number}: at least 1 process has to work; without --jobs" in ran.err


def test_number_of_processes_decides_nothing_but_the_time(site: Path) -> None:
    build(site, "--jobs", 1)
    assert ": nothing changed, in " in build(site, "--jobs", 2)

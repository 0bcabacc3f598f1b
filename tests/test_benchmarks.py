"""The benchmarks: their posts, their arithmetic, and the edits they measure. No test asserts a time."""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import figures
from benchmarks.corpus import CATEGORIES, FOLDERS, TAGS, Form, post, write_corpus
from benchmarks.figures import Figure, Target, ratio, shown, table
from benchmarks.processes import BenchmarkFailed, mib, timed, watched_memory
from benchmarks.tools import Hugo, Itnews, Tool
from itnews.app.build import build
from itnews.app.options import Options
from itnews.app.report import Report

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NUMBER = 8
LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads /proc")


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def itnews(tmp_path: Path) -> Itnews:
    tool = Itnews(tmp_path / "site", NUMBER)
    tool.write()
    return tool


def built(tool: Tool) -> Report:
    return build(Options(tool.folder, NOW))


# The corpus


@pytest.mark.parametrize("form", sorted(FOLDERS))
def test_same_number_and_seed_give_the_same_bytes(tmp_path: Path, form: Form) -> None:
    for name, seed in {"one": 7, "two": 7, "other": 8}.items():
        write_corpus(NUMBER, tmp_path / name, form, seed)
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert files(tmp_path / "one").keys() != files(tmp_path / "other").keys()


def test_posts_are_the_same_files_in_both_forms(tmp_path: Path) -> None:
    for form, folder in FOLDERS.items():
        write_corpus(NUMBER, tmp_path / form, form)
        assert len(files(tmp_path / form / folder)) == NUMBER
    ours, theirs = (files(tmp_path / form / folder) for form, folder in FOLDERS.items())
    assert ours == theirs


@pytest.mark.parametrize("number", range(0, 1000, 125))
def test_post_has_what_was_promised(number: int) -> None:
    made = post(number, 1000)
    *tags, category = made.tags
    assert len(set(tags)) == 3
    assert set(tags) <= set(TAGS)
    assert category in CATEGORIES
    assert 300 <= len(f"{made.lead} {made.rest}".split()) <= 700
    assert made.rest.count("](/updates/") == 2
    assert ("```" in made.rest) == (number % 4 == 0)
    assert made.date < NOW


def test_corpus_builds_without_problems(itnews: Itnews) -> None:
    report = built(itnews)
    assert report.problems == ()
    assert itnews.page(post(0, NUMBER).slug).is_file()


# The edits


def test_edits_show_on_their_pages(itnews: Itnews) -> None:
    edits = (
        *(itnews.unchanged, itnews.edit_body, itnews.edit_title),
        *(itnews.add_post, itnews.edit_template, itnews.edit_settings),
    )
    expected = [edit(f"mark{number}") for number, edit in enumerate(edits)][1:]
    with pytest.raises(BenchmarkFailed, match="is not in"):
        expected[0].check("itnews")
    assert built(itnews).problems == ()
    for each in expected:
        each.check("itnews")


def test_settings_can_be_edited_twice_in_both_forms(tmp_path: Path) -> None:
    for tool in (Itnews(tmp_path / "itnews", 2), Hugo(tmp_path / "hugo", 2)):
        tool.write()
        before = (tool.folder / tool.settings).read_text(encoding="utf-8")
        tool.edit_settings("mark1")
        tool.edit_settings("mark2")
        after = (tool.folder / tool.settings).read_text(encoding="utf-8")
        assert after.replace("IT News mark2", "IT News") == before != after


@pytest.mark.parametrize(
    ("jobs", "has_jobs", "expected", "of_two"),
    [(None, True, [], ["--jobs", "2"]), (4, True, *[["--jobs", "4"]] * 2), (4, False, [], [])],
)
def test_jobs_are_passed_where_they_are_known(
    tmp_path: Path, jobs: int | None, has_jobs: bool, expected: list[str], of_two: list[str]
) -> None:
    tool = Itnews(tmp_path, NUMBER, jobs=jobs, has_jobs=has_jobs)
    plain = Itnews(tmp_path, NUMBER).build()
    assert tool.build() == [*plain, *expected]
    assert tool.build_of_two() == [*plain, *of_two]


# The figures

OURS = Figure(1_000, figures.NOTHING, "itnews", "s", (0.2, 0.6, 0.3), (0.1, 0.2, 0.3))
THEIRS = Figure(1_000, figures.NOTHING, "hugo", "s", (1.5, 1.2, 9.0))


def test_ratio_is_that_of_the_medians() -> None:
    assert ratio(OURS, THEIRS) == pytest.approx(0.2)
    assert ratio(OURS, None) is None


def test_figure_shows_median_extremes_and_cpu() -> None:
    assert shown(OURS) == "0.300 s (0.200..0.600) cpu 0.20"
    assert shown(Figure(10, figures.LARGEST, "itnews", "MiB", (99.7,))) == "100 MiB (100..100)"
    assert shown(None) == "-"


@pytest.mark.parametrize(
    ("target", "times", "expected"),
    [
        (Target(0.3, "ratio"), 0.3, "<= 0.3 met"),
        (Target(0.3, "ratio"), 0.31, "<= 0.3 MISSED"),
        (Target(0.3, "ratio"), None, "<= 0.3"),
        (Target(0.3, "s"), None, "< 0.300 s MISSED"),
        (Target(0.31, "s"), None, "< 0.310 s met"),
    ],
)
def test_verdict(target: Target, times: float | None, expected: str) -> None:
    assert target.verdict(OURS, times) == expected


def test_memory_is_judged_by_its_highest_value() -> None:
    figure = Figure(1_000, figures.LARGEST, "itnews", "MiB", (100.0, 100.0, 151.0))
    assert Target(150, "MiB").verdict(figure, None) == "< 150 MiB MISSED"


def test_table_has_a_line_for_each_operation_and_size() -> None:
    assert table([OURS, THEIRS]).splitlines() == [
        "posts  operation        itnews                           hugo                    ratio  target",
        "1,000  nothing changed  0.300 s (0.200..0.600) cpu 0.20  1.500 s (1.200..9.000)  0.200  <= 0.3 met",
    ]


def test_table_compares_forty_thousand_with_ten_thousand() -> None:
    small = Figure(10_000, figures.COLD, "itnews", "s", (10.0,))
    last = table([small, replace(small, posts=40_000, values=(47.0,))]).splitlines()[-1]
    assert last.split(maxsplit=4) == ["40,000", "cold,", "by", "10,000", last.split(maxsplit=4)[4]]
    assert last.endswith("4.700  <= 4.6 MISSED")


def test_figure_as_json() -> None:
    told = json.loads(OURS.line())
    assert (told["median"], told["values"], told["tool"]) == (0.3, [0.2, 0.6, 0.3], "itnews")


# Processes

PARENT = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', "
    "\"import time; b = b'x' * (60 << 20); time.sleep(0.5)\"]); "
    "b = b'x' * (30 << 20); sys.exit(child.wait())"
)


@LINUX
def test_memory_of_a_process_and_its_child(tmp_path: Path) -> None:
    peak = watched_memory([sys.executable, "-S", "-c", PARENT], tmp_path / "log")
    assert peak.looks > 5
    assert mib(peak.largest) > 60
    assert 30 < mib(peak.parent) < mib(peak.largest)
    assert mib(peak.together) > 90


@LINUX
def test_another_exit_code_than_0_ends_the_benchmark(tmp_path: Path) -> None:
    spent = timed([sys.executable, "-S", "-c", "pass"], tmp_path / "log")
    assert spent.wall > 0
    with pytest.raises(BenchmarkFailed, match=r"exit code 3(?s:.*)no disk"):
        timed(
            [sys.executable, "-S", "-c", "print('no disk'); raise SystemExit(3)"], tmp_path / "log"
        )

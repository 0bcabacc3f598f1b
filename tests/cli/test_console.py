"""What a person, a log and a program get to see."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from itnews.cli import cells
from itnews.cli.console import Console
from itnews.cli.layout import counts, record
from itnews.cli.progress import Bar
from itnews.paths import source_path
from itnews.problems import Problem, Span, error, warning

VPN = source_path("content/updates/vpn.md")


class Stream(io.StringIO):
    """A stream in memory that can be a terminal and have an encoding."""

    def __init__(self, *, terminal: bool = False, encoding: str = "utf-8") -> None:
        super().__init__()
        self._terminal = terminal
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]  # read-only here, as it is in fact
        return self._encoding

    def isatty(self) -> bool:
        return self._terminal

    def write(self, text: str) -> int:
        text.encode(self._encoding)
        return super().write(text)


def shown(*problems: Problem, source: str = "", width: int = 80, encoding: str = "utf-8") -> str:
    """What the console writes about *problems* in a file whose lines are all *source*."""
    stderr = Stream(encoding=encoding)
    console = Console(Stream(), stderr, width=width, environment={})
    console.problems(problems, lambda _path, _line: source)
    return stderr.getvalue()


def excerpt(source: str, column: int, length: int = 1, **options: Any) -> list[str]:
    """The source line and the caret line of a problem, without the gutter."""
    problem = error("x-y", Span(VPN, 4, column, length), "Wrong.", hint=options.pop("hint", ""))
    lines = shown(problem, source=source, **options).splitlines()
    return [line[len("    4 | ") :] for line in lines[1:-1]]


# --- One problem -------------------------------------------------------------------------------


def test_a_problem_as_the_design_has_it() -> None:
    problem = error(
        "audience-unknown",
        Span(VPN, 4, 22, 7),
        "Unknown audience 'finanse'.",
        hint="did you mean 'finance'?",
    )
    assert shown(problem, source="audience: [everyone, finanse]") == (
        "content/updates/vpn.md:4:22: error: Unknown audience 'finanse'. [audience-unknown]\n"
        "    4 | audience: [everyone, finanse]\n"
        "      |                      ^^^^^^^  did you mean 'finance'?\n"
        "1 error\n"
    )


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    problem = error("encoding-wrong", Span(VPN), "The file is not UTF-8.", hint="save it as UTF-8")
    assert shown(problem) == (
        "content/updates/vpn.md: error: The file is not UTF-8. [encoding-wrong]\n"
        "      hint: save it as UTF-8\n"
        "1 error\n"
    )


def test_a_problem_of_no_file_has_no_place() -> None:
    problem = warning("store-old", Span(source_path("")), "The store is from another version.")
    assert shown(problem) == (
        "warning: The store is from another version. [store-old]\n1 warning\n"
    )


def test_a_line_that_is_gone_in_the_meantime_is_left_out() -> None:
    stderr = Stream()
    console = Console(Stream(), stderr, environment={})
    console.problems(
        [error("x-y", Span(VPN, 4, 1), "Wrong.", hint="put it right")], lambda _p, _l: None
    )
    assert stderr.getvalue() == (
        "content/updates/vpn.md:4:1: error: Wrong. [x-y]\n      hint: put it right\n1 error\n"
    )


def test_a_line_without_a_column_has_no_caret() -> None:
    problem = error("x-y", Span(VPN, 4), "Wrong.", hint="put it right")
    assert shown(problem, source="title: VPN") == (
        "content/updates/vpn.md:4: error: Wrong. [x-y]\n"
        "    4 | title: VPN\n"
        "      | put it right\n"
        "1 error\n"
    )


def test_a_line_number_of_six_digits_moves_the_bar() -> None:
    problem = error("x-y", Span(VPN, 123456, 1), "Wrong.")
    assert shown(problem, source="a").splitlines()[1:3] == ["123456 | a", "       | ^"]


def test_an_empty_line_and_a_missing_hint_leave_no_blanks_at_the_end() -> None:
    problem = error("x-y", Span(VPN, 4, 1), "Wrong.")
    assert shown(problem, source="\r\n").splitlines()[1:3] == ["    4 |", "      | ^"]


# --- The caret ---------------------------------------------------------------------------------


def test_a_tab_is_blanks_up_to_the_next_fourth_cell() -> None:
    assert excerpt("\ta\tb", column=4) == ["    a   b", "        ^"]


def test_wide_characters_take_two_cells() -> None:
    assert excerpt("日本語: x", column=2, length=2) == ["日本語: x", "  ^^^^"]
    assert excerpt("日本語: x", column=6) == ["日本語: x", "        ^"]


def test_combining_characters_take_none() -> None:
    line = "cafe\u0301: x"
    assert excerpt(line, column=8) == [line, "      ^"]


def test_an_accent_is_marked_at_its_letter() -> None:
    line = "cafe\u0301: x"
    assert excerpt(line, column=5) == [line, "   ^"]


def test_control_characters_are_escaped_and_the_caret_is_behind_them() -> None:
    assert excerpt("a\x1b[31mb\u202ec", column=9) == ["a\\x1b[31mb\\u202ec", " " * 16 + "^"]


def test_what_the_terminal_cannot_write_is_escaped_and_the_caret_is_behind_it() -> None:
    assert excerpt("für x", column=5, encoding="ascii") == ["f\\xfcr x", "       ^"]


def test_a_mark_longer_than_the_line_ends_with_it() -> None:
    assert excerpt("title: VPN", column=8, length=99) == ["title: VPN", "       ^^^"]


def test_a_place_behind_the_line_is_its_end() -> None:
    assert excerpt("title:", column=7) == ["title:", "      ^"]
    assert excerpt("title:", column=70, length=9) == ["title:", "      ^"]


def test_a_mark_without_a_length_is_one_caret() -> None:
    assert excerpt("title: VPN", column=1, length=0) == ["title: VPN", "^"]


def test_a_long_line_is_cut_around_the_caret() -> None:
    line = "".join(chr(ord("a") + number % 26) for number in range(200))
    assert excerpt(line, column=101, length=2, width=38) == [
        "…jklmnopqrstuvwxyzabcdefghijk…",
        "              ^^",
    ]


def test_a_long_line_is_cut_at_the_end_only_if_the_caret_is_near_its_beginning() -> None:
    assert excerpt("title: " + "x" * 200, column=1, length=5, width=38) == [
        "title: " + "x" * 21 + "…",
        "^^^^^",
    ]


def test_a_long_line_is_cut_at_the_beginning_only_if_the_caret_is_near_its_end() -> None:
    assert excerpt("x" * 200 + "!", column=201, width=38) == ["…" + "x" * 27 + "!", " " * 28 + "^"]


def test_a_mark_wider_than_the_terminal_is_cut_itself() -> None:
    assert excerpt("a" + "x" * 200, column=2, length=200, width=38) == [
        "…" + "x" * 28 + "…",
        " " + "^" * 28,
    ]


def test_wide_characters_are_never_cut_in_half() -> None:
    assert excerpt("語" * 100, column=50, width=38) == ["…" + "語" * 14 + "…", " " * 13 + "^^"]


def test_dots_that_the_terminal_cannot_write_are_points() -> None:
    assert excerpt("x" * 99, column=50, width=38, encoding="ascii")[0] == f"...{'x' * 24}..."


def test_a_hint_that_has_no_room_behind_the_carets_stands_below() -> None:
    assert excerpt("x" * 20 + "abc", 21, 3, hint="did you mean 'abd'?", width=40) == [
        "x" * 20 + "abc",
        " " * 20 + "^^^",
        "did you mean 'abd'?",
    ]


@given(
    source=st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60),
    column=st.integers(0, 70),
    length=st.integers(0, 70),
    encoding=st.sampled_from(["utf-8", "ascii", "cp1252"]),
)
@settings(max_examples=50, deadline=None)
def test_whatever_the_line_holds_it_fits_and_the_caret_stands_below_it(
    source: str, column: int, length: int, encoding: str
) -> None:
    lines = excerpt(source, column, length, encoding=encoding, width=40)
    room = 40 - len("    4 | ")
    # The caret behind the last character of a full line is the one that may stand outside.
    assert all(cells.width(line) <= room + 1 for line in lines)
    assert len(lines) == (2 if column else 1)


# --- Nothing in a text steers the terminal -------------------------------------------------------


def test_square_brackets_in_names_and_messages_are_no_markup() -> None:
    problem = error("x-y", Span(source_path("pages/[a].md")), "No [/foo] in [red]here[/red].")
    assert shown(problem) == ("pages/[a].md: error: No [/foo] in [red]here[/red]. [x-y]\n1 error\n")


def test_a_message_with_line_ends_and_escapes_is_one_harmless_line() -> None:
    problem = error("x-y", Span(source_path("a\x07.md")), "Wrong\n\tvalue \x1b[2J\udc80.")
    assert shown(problem) == "a\\x07.md: error: Wrong value \\x1b[2J\\udc80. [x-y]\n1 error\n"


def test_a_terminal_that_cannot_write_a_message_gets_it_escaped() -> None:
    stdout, stderr = Stream(encoding="ascii"), Stream(encoding="cp1252")
    console = Console(stdout, stderr, environment={})
    console.result("für\t日本\n")
    console.note("für 日本")
    console.fault("Kein Platz für 日本.", hint="日本 löschen")
    assert stdout.getvalue() == "f\\xfcr\t\\u65e5\\u672c\n\n"
    assert stderr.getvalue() == (
        "für \\u65e5\\u672c\n"
        "error: Kein Platz für \\u65e5\\u672c.\n"
        "      hint: \\u65e5\\u672c löschen\n"
    )


# --- Several problems ------------------------------------------------------------------------------


def unknown_field(number: int, *, field: str = "layout", hint: str = "") -> Problem:
    path = source_path(f"content/posts/{number:03}.md")
    message = f"Unknown field '{field}'."
    return warning("field-unknown", Span(path, 4, 1, 6), message, hint=hint, subject=field)


def test_a_repeated_warning_is_one_message_with_the_first_places() -> None:
    hint = "did you mean 'lang'?"
    problems = [unknown_field(number, hint=hint) for number in range(171)]
    assert shown(*problems) == (
        "warning: Unknown field 'layout' in 171 files. [field-unknown]\n"
        "      content/posts/000.md:4:1\n"
        "      content/posts/001.md:4:1\n"
        "      content/posts/002.md:4:1\n"
        "      and 168 more\n"
        "      hint: did you mean 'lang'?\n"
        "171 warnings\n"
    )


def test_two_repeats_show_both_places() -> None:
    assert shown(unknown_field(1), unknown_field(2)) == (
        "warning: Unknown field 'layout' in 2 files. [field-unknown]\n"
        "      content/posts/001.md:4:1\n"
        "      content/posts/002.md:4:1\n"
        "2 warnings\n"
    )


def test_repeats_in_one_file_are_places() -> None:
    first = unknown_field(1)
    second = replace(first, at=replace(first.at, line=9))
    assert shown(first, second).startswith("warning: Unknown field 'layout' in 2 places. ")


def test_warnings_about_different_fields_stay_apart() -> None:
    text = shown(unknown_field(1), unknown_field(2, field="author"))
    assert text.count("content/posts/001.md:4:1: warning: Unknown field 'layout'.") == 1
    assert text.count("content/posts/002.md:4:1: warning: Unknown field 'author'.") == 1


def test_hints_that_differ_are_left_out_of_a_group() -> None:
    assert "hint" not in shown(unknown_field(1, hint="a"), unknown_field(2, hint="b"))


def test_errors_are_never_grouped() -> None:
    errors = [error("x-y", Span(VPN, line), "Wrong.", subject="same") for line in (1, 2)]
    assert shown(*errors).count("error: Wrong. [x-y]") == 2


def test_problems_are_in_order_of_place_and_each_is_told_once() -> None:
    later, first = error("b-b", Span(VPN, 10), "Later."), error("a-a", Span(VPN, 9), "First.")
    lines = [line for line in shown(later, first, later).splitlines() if "error: " in line]
    assert lines == [
        "content/updates/vpn.md:9: error: First. [a-a]",
        "content/updates/vpn.md:10: error: Later. [b-b]",
    ]


def test_no_problem_is_no_output() -> None:
    assert shown() == ""


def test_the_counts_leave_out_what_there_is_none_of() -> None:
    wrong, odd = error("x-y", Span(VPN), "Wrong."), warning("x-z", Span(VPN), "Odd.")
    assert counts([wrong, wrong, odd]) == "2 errors, 1 warning"
    assert counts([odd, odd]) == "2 warnings"
    assert counts([]) == ""


# --- Where it goes ---------------------------------------------------------------------------------


def test_problems_are_beside_the_result_unless_they_are_the_result() -> None:
    stdout, stderr = Stream(), Stream()
    console = Console(stdout, stderr, environment={})
    console.problems([error("x-y", Span(VPN), "Wrong.")], lambda _p, _l: None)
    assert stdout.getvalue() == ""
    console.problems([error("x-y", Span(VPN), "Wrong.")], lambda _p, _l: None, as_result=True)
    assert stdout.getvalue() == stderr.getvalue() != ""


def test_json_has_one_object_per_problem_and_the_same_keys_always() -> None:
    stdout = Stream(encoding="ascii")
    problem = error(
        "audience-unknown", Span(VPN, 4, 22, 7), "Unknown 'für'.", hint="[x]", subject="f"
    )
    whole = warning("store-old", Span(source_path("")), "Old \udc80.")
    Console(stdout, Stream(), environment={}).result_json([record(whole), record(problem)])
    assert json.loads(stdout.getvalue()) == [
        record(whole),
        {
            "code": "audience-unknown",
            "level": "error",
            "path": "content/updates/vpn.md",
            "line": 4,
            "column": 22,
            "length": 7,
            "message": "Unknown 'für'.",
            "hint": "[x]",
        },
    ]
    assert record(whole).keys() == record(problem).keys()
    assert (record(whole)["path"], record(whole)["line"]) == ("", 0)


def test_json_of_any_value_is_ascii() -> None:
    stdout = Stream(encoding="ascii")
    Console(stdout, Stream(), environment={}).result_json({"title": "für"})
    assert json.loads(stdout.getvalue()) == {"title": "für"}


# --- Colour ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (True, {"CI": "true"}, False),
        (True, {"CI": "false"}, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    terminal: bool, environment: Mapping[str, str], coloured: bool
) -> None:
    stderr = Stream(terminal=terminal)
    Console(Stream(), stderr, environment=environment).fault("No.")
    assert stderr.getvalue() == (
        "\x1b[31m\x1b[1merror\x1b[0m: No.\n" if coloured else "error: No.\n"
    )


def test_colour_may_be_asked_for_and_changes_nothing_but_colour() -> None:
    problem = error("x-y", Span(VPN, 4, 8, 3), "Wrong.", hint="no", subject="")

    def written(*, colour: bool) -> str:
        stderr = Stream()
        console = Console(Stream(), stderr, colour=colour, environment={"NO_COLOR": "1"})
        console.problems([problem], lambda _p, _l: "title: VPN")
        return stderr.getvalue()

    import click

    assert "\x1b[" in written(colour=True)
    assert click.unstyle(written(colour=True)) == written(colour=False)


# --- Progress --------------------------------------------------------------------------------------


def test_progress_in_a_log_is_a_line_for_each_phase() -> None:
    stderr = Stream()
    with Console(Stream(), stderr, environment={}).progress() as progress:
        progress.phase("Reading documents", 400)
        progress.advance(400)
        progress.phase("Writing", 0)
    assert stderr.getvalue() == "Reading documents (400)\nWriting\n"


@pytest.mark.parametrize("environment", [{"CI": "1"}, {"TERM": "dumb"}])
def test_progress_is_lines_where_a_robot_reads(environment: Mapping[str, str]) -> None:
    stderr = Stream(terminal=True)
    with Console(Stream(), stderr, environment=environment).progress() as progress:
        progress.phase("Reading documents", 400)
    assert stderr.getvalue() == "Reading documents (400)\n"


def test_short_work_on_a_terminal_shows_nothing() -> None:
    stderr = Stream(terminal=True)
    with Console(Stream(), stderr, environment={}).progress() as progress:
        progress.phase("Reading documents", 2)
        progress.advance()
        progress.advance()
    assert stderr.getvalue() == ""


def ticking(step: float) -> Any:
    """A clock that is *step* seconds later whenever it is looked at."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += step
        return now

    return clock


def test_long_work_on_a_terminal_is_a_bar_that_takes_names_as_they_are() -> None:
    stream = Stream(terminal=True)
    bar = Bar(stream, colour=False, clock=ticking(0.3))
    bar.phase("Reading [bold]{0}", 4)
    bar.advance(3)
    bar.hide()
    written = stream.getvalue()
    assert "Reading [bold]{0}" in written
    assert "3/4" in written


def test_a_bar_goes_away_before_a_note_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itnews.cli.progress._DELAY", 0)
    monkeypatch.setattr("itnews.cli.progress._PAUSE", 0)
    stderr = Stream(terminal=True)
    console = Console(Stream(), stderr, environment={"NO_COLOR": "1"})
    with console.progress() as progress:
        progress.phase("Reading", 4)
        progress.advance()
        before = len(stderr.getvalue())
        console.note("[a] note")
        note = stderr.getvalue()[before:]
        progress.advance()
        assert "2/4" in stderr.getvalue()[before + len(note) :]
    # Erased and the cursor shown again, then the note at the beginning of a line.
    assert note.endswith("\x1b[2K[a] note\n")


# --- Streams that end --------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is another error on Windows")
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    code = (
        "import sys; from itnews.cli.console import Console\n"
        "console = Console(sys.stdout, sys.stderr)\n"
        "for number in range(20000): console.result(str(number))\n"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert run.stdout.readline() == "0\n"
        run.stdout.close()
        assert run.stderr.read() == ""
        assert run.wait() == 0


def test_rich_is_not_imported_for_messages() -> None:
    code = "import sys, itnews.cli.console; sys.exit('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_stream_that_was_closed_is_no_terminal() -> None:
    stderr = io.StringIO()
    stderr.close()
    assert not Console(Stream(), stderr, environment={}).is_interactive

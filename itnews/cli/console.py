"""The only module that prints: results on stdout, everything else on stderr."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, TextIO

import click

from itnews.errors import UsageFault

# A console is made before there is anything to say: each method loads what it says it with.
if TYPE_CHECKING:
    from itnews.cli.layout import LineOf
    from itnews.cli.progress import Display
    from itnews.problems import Problem

_ELSEWHERE = 100
"""Cells in a line where there is no terminal to ask: fixed, so that a log does not depend on who reads it."""

_COLOURS: Mapping[str, Callable[[str], str]] = {
    "error": partial(click.style, fg="red", bold=True),
    "warning": partial(click.style, fg="yellow", bold=True),
    "path": partial(click.style, bold=True),
    "code": partial(click.style, dim=True),
    "gutter": partial(click.style, dim=True),
}


class Console:
    """The two streams of a command.

    *colour* and *width* (cells) are as given, else what the streams and the environment say: colour only on a
    terminal, never with `NO_COLOR` or `CI` set or on `TERM=dumb`. No text is ever read as markup, and no character
    in it reaches the terminal that would steer it or that the stream cannot write: these are shown escaped.
    """

    def __init__(
        self,
        stdout: TextIO,
        stderr: TextIO,
        *,
        colour: bool | None = None,
        width: int | None = None,
        environment: Mapping[str, str] | None = None,
        stdin: TextIO | None = None,
    ) -> None:
        self._stdin: TextIO | None = sys.stdin if stdin is None else stdin
        self._stdout = stdout
        self._stderr = stderr
        self._colour = colour
        self._width = width
        self._environment = os.environ if environment is None else environment
        self._display: Display | None = None
        self._noted: set[str] = set()

    def result(self, text: str = "") -> None:
        """What was asked for, on stdout, its lines and tabs as they are."""
        from itnews.cli.cells import writable

        self._write(self._stdout, writable(text, _encoding(self._stdout)))

    def result_json(self, value: object) -> None:
        """What was asked for, for a program: JSON in ASCII, two blanks deep."""
        import json

        self._write(self._stdout, json.dumps(value, indent=2))

    def table(
        self, rows: Sequence[Sequence[str]], *, head: Sequence[str], figures: int = 0
    ) -> None:
        """What was asked for, in columns under a *head*, the last *figures* of numbers; nothing if there are no *rows*.

        On a terminal that is too narrow the longest column gives way; elsewhere every cell is whole.
        """
        from itnews.cli.columns import columns

        room = self._cells(self._stdout) if _is_terminal(self._stdout) else None
        for number, line in enumerate(
            columns([head, *rows] if rows else [], room, _encoding(self._stdout), figures=figures)
        ):
            self._write(
                self._stdout, self._paint(self._stdout, "gutter", line) if number == 0 else line
            )

    def note(self, text: str = "") -> None:
        """What a person may want to know beside the result, on stderr."""
        from itnews.cli.cells import writable

        self._write(self._stderr, writable(text, _encoding(self._stderr)))

    def note_once(self, text: str) -> None:
        """As `note`, where the same was not said before: of one edition, or after an earlier save."""
        if text not in self._noted:
            self._noted.add(text)
            self.note(text)

    def fault(self, message: str, *, hint: str = "") -> None:
        """Why a command ends without having done its work: one sentence, and what to do."""
        from itnews.cli.cells import visible

        encoding = _encoding(self._stderr)
        level = self._paint(self._stderr, "error", "error")
        self._write(self._stderr, f"{level}: {visible(message, encoding)}")
        if hint:
            self._write(self._stderr, f"      hint: {visible(hint, encoding)}")

    def problems(
        self, problems: "Sequence[Problem]", lines: "LineOf", *, as_result: bool = False
    ) -> None:
        """All problems by place, repeated warnings grouped, and how many there are; nothing if there are none.

        *lines* answers with the text of a source line. They go to stderr, to stdout if they are what was asked for.
        """
        from itnews.cli.layout import Layout, counts, grouped
        from itnews.problems import in_order

        stream = self._stdout if as_result else self._stderr
        ordered = in_order(problems)
        layout = Layout(
            width=self._cells(stream),
            encoding=_encoding(stream),
            paint=lambda role, text: self._paint(stream, role, text),
            line_of=lines,
        )
        for group in grouped(ordered):
            self._write(stream, layout.block(group))
        if ordered:
            self._write(stream, counts(ordered))

    @contextmanager
    def progress(self) -> "Iterator[Display]":
        """Shows on stderr how far the work inside has come, and nothing of it afterwards but lines in a log."""
        from itnews.cli.progress import Bar, Lines

        if self._is_lively(self._stderr):
            self._display = Bar(self._stderr, colour=self._is_coloured(self._stderr))
        else:
            self._display = Lines(self.note)
        try:
            yield self._display
        finally:
            self._display.hide()
            self._display = None

    @property
    def is_interactive(self) -> bool:
        """Whether somebody sits there who could be asked something."""
        return self._is_lively(self._stderr)

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody who would see a question and could answer it."""
        return self.is_interactive and self._stdin is not None and _is_terminal(self._stdin)

    def ask(self, question: str, *, default: str = "") -> str:
        """What somebody answers to a *question* on stderr, without blanks around it; *default* for an empty line.

        Raises click.Abort where the input ends, and UsageFault for bytes that are no text.
        """
        from itnews.cli.cells import visible

        shown = visible(f"{question} [{default}]" if default else question, _encoding(self._stderr))
        click.echo(f"{shown}: ", file=self._stderr, nl=False)
        try:
            line = self._stdin.readline() if self._stdin else ""
        except UnicodeDecodeError as fault:
            raise UsageFault(
                f"What was typed is no {fault.encoding}, which this terminal is set to."
            ) from None
        if not line:
            raise click.Abort
        return line.strip() or default

    def _write(self, stream: TextIO, text: str) -> None:
        if self._display is not None:
            self._display.hide()
        try:
            click.echo(text, file=stream, color=self._is_coloured(stream))
        except BrokenPipeError:
            # `itnews list | head` has seen enough. Python would complain once more when it closes the stream.
            silence(stream)

    def _paint(self, stream: TextIO, role: str, text: str) -> str:
        return _COLOURS[role](text) if self._is_coloured(stream) else text

    def _is_coloured(self, stream: TextIO) -> bool:
        if self._colour is not None:
            return self._colour
        return self._is_lively(stream) and not self._environment.get("NO_COLOR")

    def _is_lively(self, stream: TextIO) -> bool:
        """Whether the stream is a terminal that can go back in a line, and no robot reads it."""
        by_robot = self._environment.get("CI", "").lower() not in {"", "0", "false"}
        return not by_robot and self._environment.get("TERM") != "dumb" and _is_terminal(stream)

    def _cells(self, stream: TextIO) -> int:
        if self._width is not None:
            return self._width
        with suppress(OSError, ValueError):
            return os.get_terminal_size(stream.fileno()).columns or _ELSEWHERE
        return _ELSEWHERE


def _encoding(stream: TextIO) -> str:
    return getattr(stream, "encoding", None) or "utf-8"


def _is_terminal(stream: TextIO) -> bool:
    # A stream that somebody closed is no terminal, says isatty, by raising.
    with suppress(ValueError):
        return stream.isatty()
    return False


def silence(stream: TextIO) -> None:
    """Lets what *stream* still holds, and all that follows, go nowhere."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())

"""The entry: commands that are imported when they are called, and an exit code for everything that may happen."""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import NoReturn, TextIO

import click

from itnews import __version__
from itnews.cli.console import Console, silence
from itnews.errors import EnvironmentFault, UsageFault

COMMANDS: Mapping[str, str] = {
    "init": "Make a new site that builds as it is.",
    "new": "Begin a new document, with the fields of its kind.",
    "build": "Build the site, or with --watch keep it built while you write.",
    "check": "Say what is wrong or missing, and publish nothing.",
    "verify": "Build again from nothing and compare every byte.",
    "why": "Say what a page was made from, and why it was made again.",
    "list": "Say what the site holds.",
    "status": "Say what IT has not told, or not confirmed.",
    "schema": "Print what an editor completes and checks by.",
}
"""Every command with its sentence, so that --help imports none; each is the `command` of `itnews.cli.<name>`."""

CONTENT, USAGE, ENVIRONMENT, BUG = 1, 2, 3, 4
"""Exit codes: errors in the content; wrong usage or settings; the machine failed; itnews failed."""

_COLLECTED_AFTER = (
    100_000  # new objects; Python's own 700 are for programs that run on little memory
)
INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"itnews.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    "itnews",
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "ITNEWS"},
    epilog="Every option can also be set by an environment variable: ITNEWS_BUILD_OUTPUT=public is --output public.",
)
@click.version_option(__version__, "--version", prog_name="itnews", message="%(prog)s %(version)s")
def group() -> None:
    """Turns a folder of Markdown into the place where a company reads what its IT department does for it."""


def main() -> NoReturn:
    """The command `itnews`. Ends the process with one of the exit codes."""
    # Else pydantic asks all packages that are installed for plugins: these must not change a site, and 30 ms are felt.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Loading makes objects that stay: looking through them for rings, again and again, is a seventh of the start.
    gc.set_threshold(_COLLECTED_AFTER, 10, 10)
    streams = _stream(sys.stdout), _stream(sys.stderr)
    code = run(sys.argv[1:], Console(*streams))
    heard = [_is_heard(stream) for stream in streams]
    sys.exit(code if all(heard) else code or ENVIRONMENT)


def _stream(given: TextIO | None) -> TextIO:
    """*given*, or one that says nothing: whoever calls `itnews >&-` has closed it, and Python has None for it."""
    return given if given is not None else open(os.devnull, "w", encoding="utf-8")


def _is_heard(stream: TextIO) -> bool:
    """Whether *stream* took all that was said; Python would try the rest once more at its end, and fail then."""
    try:
        stream.flush()
    except OSError:
        silence(stream)
        return False
    return True


def run(arguments: Sequence[str], console: Console) -> int:
    """The exit code of `itnews` with *arguments*; whatever went wrong has been said on *console*."""
    try:
        code = group.main(list(arguments), "itnews", standalone_mode=False, obj=console)
    except click.exceptions.NoArgsIsHelpError as bare:
        console.note(bare.format_message())
        return USAGE
    except click.ClickException as fault:
        return _misused(fault, console)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as fault:  # noqa: BLE001 - the last resort: an exit code and a sentence for everything
        return _failed(fault, arguments, console)
    return code if isinstance(code, int) else 0


def _misused(fault: click.ClickException, console: Console) -> int:
    from itnews.words import did_you_mean

    message, hint = fault.format_message(), ""
    if isinstance(fault, click.NoSuchCommand):
        message = f"There is no command '{fault.command_name}'."
        hint = did_you_mean(fault.command_name, COMMANDS)
    elif isinstance(fault, click.NoSuchOption):
        message = f"There is no option '{fault.option_name}'."
        hint = did_you_mean(fault.option_name, fault.possibilities or ())
    context = fault.ctx if isinstance(fault, click.UsageError) else None
    path = context.command_path if context else "itnews"
    console.fault(message, hint=hint or f"`{path} --help` shows how it is called")
    return USAGE


def _failed(fault: Exception, arguments: Sequence[str], console: Console) -> int:
    """The exit code for *fault*, after its sentence has been said."""
    if isinstance(fault, UsageFault):
        console.fault(str(fault))
        return USAGE
    if isinstance(fault, EnvironmentFault):
        console.fault(str(fault))
        return ENVIRONMENT
    if isinstance(fault, OSError):
        place = f"{fault.filename}: " if fault.filename else ""
        console.fault(f"{place}{fault.strerror or fault}.")
        return ENVIRONMENT
    if isinstance(fault, MemoryError):
        console.fault("The machine has no memory left.")
        return ENVIRONMENT
    from itnews.cli.bug import write_report

    report = write_report(fault, arguments)
    what = f"{type(fault).__name__}: {fault}".rstrip(": ")
    console.fault(f"itnews failed ({what}). This is a bug in itnews; the report is in {report}")
    return BUG

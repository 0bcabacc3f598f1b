"""Processes: how long one takes, and how much memory it and all that it starts hold (Linux: from `/proc`)."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

INTERVAL = 0.02
"""Seconds from one look at the memory to the next."""

_PROC = Path("/proc")
_KIB_PER_MIB = 1024
_TICKS = os.sysconf("SC_CLK_TCK")  # per second
_SHOWN = 2000  # characters of the end of a log that a failure shows


class BenchmarkFailed(Exception):
    """A run did not do what it was measured for: its figure would say nothing."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one process took, from before it was started until it had ended.

    *cpu* is that of the system and the user together, of the process and all below it that were waited for.
    """

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Memory:
    """The peaks of one process and all below it, in KiB.

    *largest*: the highest resident size that any one of them had; *parent*: that of the first one. *together*: the
    highest sum at one moment, where memory that several share counts once (PSS); *shared_once* is false where the
    system does not tell, and shared memory counted for each (RSS). *looks*: how often it was looked at.
    """

    largest: int = 0
    parent: int = 0
    together: int = 0
    shared_once: bool = True
    looks: int = 0


def environment() -> dict[str, str]:
    """What the measured processes see: compiled modules are kept, no fixed time, no colours."""
    left_out = {"PYTHONDONTWRITEBYTECODE", "SOURCE_DATE_EPOCH"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "NO_COLOR": "1"}


def start(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """Starts *command* in a session of its own; what it prints goes to *log*, which is begun anew."""
    with log.open("wb") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment(),
            start_new_session=True,
        )


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """As `start`; whatever ends the block, nothing of the session goes on after it."""
    process = start(command, log)
    try:
        yield process
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def timed(command: Sequence[str], log: Path) -> Spent:
    """Runs *command*; raises BenchmarkFailed if it exits with anything but 0."""
    begun = time.monotonic()
    with running(command, log) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    check(process, log)
    return Spent(wall, used.ru_utime + used.ru_stime)


def watched_memory(command: Sequence[str], log: Path) -> Memory:
    """As `timed`, but looks at the memory meanwhile. Looking costs time: what runs so is not timed."""
    if not _PROC.is_dir():
        raise BenchmarkFailed("Memory is read from /proc, and this system has none.")
    peak = Memory()
    with running(command, log) as process:
        while process.poll() is None:
            begun = time.monotonic()
            peak = seen(peak, process.pid)
            time.sleep(max(0.0, INTERVAL - (time.monotonic() - begun)))
    check(process, log)
    return peak


def check(process: subprocess.Popen[bytes], log: Path) -> None:
    """Raises BenchmarkFailed, with the end of what it said, if *process* has ended with anything but 0."""
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-_SHOWN:]
        command = " ".join(map(str, process.args)) if isinstance(process.args, list) else ""
        raise BenchmarkFailed(f"exit code {process.returncode}: {command}\n{said}")


@dataclass(frozen=True, slots=True)
class _Process:
    """What `/proc/<pid>/stat` says; *ticks* of the CPU, with those of ended children."""

    pid: int
    parent: int
    session: int
    ticks: int


def _process(pid: int) -> _Process | None:
    """None if it has ended."""
    with suppress(OSError):
        fields = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
        return _Process(pid, int(fields[1]), int(fields[3]), sum(map(int, fields[11:15])))
    return None


def _tree(root: int) -> Iterator[_Process]:
    """Process *root*, all below it, and those of its session whose parent has ended."""
    listed = (_process(int(name)) for name in os.listdir(_PROC) if name.isdigit())
    left = [process for process in listed if process]
    known = {root}
    while inside := [p for p in left if {p.pid, p.parent, p.session} & known]:
        yield from inside
        known |= {process.pid for process in inside}
        left = [process for process in left if process.pid not in known]


def cpu_of_tree(root: int) -> float:
    """Seconds of CPU that process *root* and all below it have used so far."""
    return sum(process.ticks for process in _tree(root)) / _TICKS


def seen(peak: Memory, root: int) -> Memory:
    """*peak* after one more look at process *root* and all below it."""
    largest, parent, together, shared_once = peak.largest, peak.parent, 0, peak.shared_once
    for process in _tree(root):
        status = _fields(process.pid, "status")
        if "VmHWM" not in status:  # it has just ended
            continue
        share = _fields(process.pid, "smaps_rollup").get("Pss")
        together += status["VmRSS"] if share is None else share
        shared_once = shared_once and share is not None
        largest = max(largest, status["VmHWM"])
        parent = max(parent, status["VmHWM"] if process.pid == root else 0)
    return replace(
        peak,
        largest=largest,
        parent=parent,
        together=max(peak.together, together),
        shared_once=shared_once,
        looks=peak.looks + 1,
    )


def _fields(pid: int, name: str) -> Mapping[str, int]:
    """The lines with sizes, in KiB, of the file *name* of a process; none if it has ended or is not ours to read."""
    with suppress(OSError):
        text = (_PROC / str(pid) / name).read_text(encoding="ascii", errors="replace")
        pairs = (line.partition(":") for line in text.splitlines() if line.endswith(" kB"))
        return {key: int(size.split()[0]) for key, _, size in pairs}
    return {}


def mib(kib: int) -> float:
    """*kib* KiB in MiB."""
    return kib / _KIB_PER_MIB

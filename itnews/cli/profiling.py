"""What `--profile` says: where time and memory went. Pure, but for the memory of this process."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from itnews.app.profile import LOADING, WAITING, peak_memory
from itnews.cli.console import Console
from itnews.engine.meter import Cost, Costs, Spent
from itnews.words import counted

_SLOWEST = 10
_FELT = 0.0005  # seconds: what would be shown as 0.000 is told together
_MIB = 1024 * 1024


class Line(NamedTuple):
    """One kind of key, work or template: how often, and the seconds that it took in all."""

    name: str
    times: int
    seconds: float


class Profile(Struct, frozen=True):
    """Where the time of a build went that took *seconds*, of which it waited for its workers *waited*.

    *phases* are kinds of key, *works* what is done beside them; together they add up to *busy*, the seconds of all
    *processes*. *templates* are parts of phases. *documents* have the seconds of their text and their page, the ten
    slowest; the others see `Line`. *peak* is the highest memory (bytes) of this process, *worker_peak* that of the
    largest worker; None where there is no worker or the system does not say.
    """

    seconds: float
    waited: float
    processes: int
    phases: tuple[Line, ...]
    works: tuple[Line, ...]
    templates: tuple[Line, ...]
    documents: tuple[tuple[str, float], ...]
    peak: int | None
    worker_peak: int | None

    @classmethod
    def of(cls, spent: Spent, seconds: float) -> "Profile":
        """The profile of a build that took *seconds*, measured until now in this process."""
        works = dict(spent.works)
        waited = works.pop(WAITING, Cost()).seconds
        documents: dict[str, float] = {}
        for (_, name), took in spent.names.items():
            documents[name] = documents.get(name, 0.0) + took
        slowest = sorted(documents.items(), key=lambda one: (-one[1], one[0]))
        return cls(
            seconds=seconds,
            waited=waited,
            processes=1 + len(spent.peaks),
            phases=_lines(spent.tasks),
            works=_lines(works),
            templates=_lines(spent.parts),
            documents=tuple(slowest[:_SLOWEST]),
            peak=peak_memory(),
            worker_peak=max(spent.peaks.values(), default=0) or None,
        )

    @property
    def busy(self) -> float:
        return sum(line.seconds for line in (*self.phases, *self.works))


def show(profile: Profile, console: Console) -> None:
    """*profile* as tables, for people."""
    console.result()
    console.result(_headline(profile))
    console.table([*_shares(profile)], head=("phase", "times", "seconds", "share"), figures=3)
    if profile.templates:
        console.result()
        console.result("Templates; their time is part of the phases above:")
        rows = [(line.name, *_figures(line.times, line.seconds)) for line in profile.templates]
        console.table(rows, head=("template", "renders", "seconds"), figures=2)
    if profile.documents:
        console.result()
        console.result("The slowest documents, text and page:")
        slowest = [(path, f"{seconds:.3f}") for path, seconds in profile.documents]
        console.table(slowest, head=("document", "seconds"), figures=1)
    console.result()
    console.result(_memory(profile))
    if not profile.phases and all(line.name != LOADING for line in profile.works):
        console.result("Nothing had to be made. `itnews build --clean --profile` measures it all.")


def profile_record(profile: Profile) -> dict[str, object]:
    """*profile* for programs: seconds and bytes; `share` is of `busy_seconds`."""
    busy = profile.busy or 1.0
    return {
        "seconds": round(profile.seconds, 6),
        "busy_seconds": round(profile.busy, 6),
        "waited_seconds": round(profile.waited, 6),
        "processes": profile.processes,
        "phases": [_record(line, busy) for line in profile.phases],
        "work": [_record(line, busy) for line in profile.works],
        "templates": [
            {"name": line.name, "renders": line.times, "seconds": round(line.seconds, 6)}
            for line in profile.templates
        ],
        "documents": [
            {"path": path, "seconds": round(seconds, 6)} for path, seconds in profile.documents
        ],
        "memory": {"build": profile.peak, "largest_worker": profile.worker_peak},
    }


def _lines(costs: Costs) -> tuple[Line, ...]:
    """The dearest first."""
    lines = (Line(name, cost.times, cost.seconds) for name, cost in costs.items())
    return tuple(sorted(lines, key=lambda line: (-line.seconds, line.name)))


def _record(line: Line, busy: float) -> dict[str, object]:
    seconds, share = round(line.seconds, 6), round(line.seconds / busy, 4)
    return {"name": line.name, "times": line.times, "seconds": seconds, "share": share}


def _headline(profile: Profile) -> str:
    if profile.processes == 1:
        return f"Time: {profile.seconds:.2f} s, each second counted once."
    return (
        f"Time: {profile.busy:.2f} s of work, the seconds of {profile.processes} processes added up. "
        f"The build took {profile.seconds:.2f} s; it waited {profile.waited:.2f} s for its workers."
    )


def _shares(profile: Profile) -> Iterator[tuple[str, str, str, str]]:
    lines = sorted((*profile.phases, *profile.works), key=lambda line: -line.seconds)
    felt = [line for line in lines if line.seconds >= _FELT]
    rest = lines[len(felt) :]
    if rest:
        felt.append(Line(f"{len(rest)} more", sum(one.times for one in rest), _sum(rest)))
    for line in (*felt, Line("all", 0, profile.busy)):
        times, seconds = _figures(line.times, line.seconds)
        yield line.name, times, seconds, f"{line.seconds / (profile.busy or 1):.1%}"


def _sum(lines: Iterable[Line]) -> float:
    return sum(line.seconds for line in lines)


def _figures(times: int, seconds: float) -> tuple[str, str]:
    return str(times or ""), f"{seconds:.3f}"


def _memory(profile: Profile) -> str:
    if profile.peak is None:
        return "Memory: this system does not tell Python how much a process had."
    text = f"Memory: {profile.peak / _MIB:.0f} MiB at most in the process of the build"
    if profile.worker_peak is None:
        return f"{text}."
    workers = counted(profile.processes - 1, "worker")
    return f"{text}, {profile.worker_peak / _MIB:.0f} MiB in the largest of {workers}."

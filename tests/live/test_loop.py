"""When the loop builds: a scripted source and a clock that nobody waits for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itnews.live.loop import FIRST, LONGEST, QUIET, Batch, watch
from itnews.paths import SourcePath, source_path

BEGIN = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@dataclass
class Script:
    """A source and a clock in one: *events* are (seconds since the beginning, path); it ends at *end* by Ctrl-C."""

    events: Sequence[tuple[float, str]]
    end: float = 600.0
    time: float = 0.0
    taken: int = 0

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.time)

    def seconds(self) -> float:
        return self.time

    def wait(self, seconds: float) -> bool:
        assert seconds > 0
        if self.taken < len(self.events) and self.events[self.taken][0] <= self.time + seconds:
            self.time = max(self.time, self.events[self.taken][0])
            return True
        self.time += seconds
        if self.time > self.end:
            raise KeyboardInterrupt
        return False

    def take(self) -> frozenset[SourcePath]:
        first = self.taken
        while self.taken < len(self.events) and self.events[self.taken][0] <= self.time:
            self.taken += 1
        return frozenset(source_path(path) for _, path in self.events[first : self.taken])


@dataclass
class Builds:
    """Records when each build began, and why; a build takes *lasts* seconds, and *due* says when the next is due."""

    script: Script
    lasts: float = 0.0
    due: Callable[[int], float | None] = lambda number: None
    made: list[tuple[float, Batch]] = field(default_factory=list)

    def __call__(self, batch: Batch) -> datetime | None:
        self.made.append((self.script.time, batch))
        self.script.time += self.lasts
        due = self.due(len(self.made))
        return None if due is None else BEGIN + timedelta(seconds=due)

    @property
    def times(self) -> list[float]:
        return [round(time, 3) for time, _ in self.made]

    @property
    def paths(self) -> list[set[str]]:
        return [{str(path) for path in batch.paths} for _, batch in self.made]


def watched(
    *events: tuple[float, str],
    lasts: float = 0.0,
    due: Callable[[int], float | None] = lambda number: None,
    git: Callable[[float], bool] = lambda time: False,
) -> Builds:
    script = Script(events)
    builds = Builds(script, lasts, due)
    with pytest.raises(KeyboardInterrupt):
        watch(builds, script, script, git_is_busy=lambda: git(script.time))
    return builds


def test_first_build_waits_for_nothing() -> None:
    assert watched().made == [(0.0, Batch())]


def test_change_is_built_12_milliseconds_later() -> None:
    builds = watched((5.0, "content/a.md"))
    assert builds.times == [0, 5.0 + FIRST]
    assert builds.paths == [set(), {"content/a.md"}]


def test_atomic_save_is_one_build() -> None:
    builds = watched((5.0, "content/a.tmp"), (5.002, "content/a.tmp"), (5.003, "content/a.md"))
    assert builds.times == [0, round(5.003 + QUIET, 3)]
    assert builds.paths[1] == {"content/a.tmp", "content/a.md"}


def test_burst_is_built_when_it_is_over() -> None:
    events = [(5 + number * 0.01, f"content/{number}.md") for number in range(20)]
    builds = watched(*events)
    assert len(builds.made) == 2
    assert builds.times[1] == round(5.19 + QUIET, 3)
    assert len(builds.paths[1]) == 20


def test_burst_without_end_is_built_twice_a_second() -> None:
    events = [(5 + number * 0.01, "content/log.md") for number in range(300)]
    builds = watched(*events)
    assert 6 <= len(builds.made) - 1 <= 8
    assert builds.times[1] < 5 + LONGEST + QUIET


def test_two_changes_apart_are_two_builds() -> None:
    assert watched((5.0, "content/a.md"), (6.0, "content/b.md")).paths[1:] == [
        {"content/a.md"},
        {"content/b.md"},
    ]


def test_what_changes_while_a_build_runs_is_one_build_after_it() -> None:
    builds = watched((5.0, "content/a.md"), (5.5, "content/b.md"), (6.5, "content/c.md"), lasts=2.0)
    assert builds.paths == [set(), {"content/a.md"}, {"content/b.md", "content/c.md"}]


def test_checkout_is_built_when_git_has_finished() -> None:
    events = [(5 + number * 0.1, f"content/{number}.md") for number in range(8)]
    builds = watched(*events, git=lambda time: 5.0 <= time < 6.0)
    assert len(builds.made) == 2
    assert 6.0 <= builds.times[1] < 6.1
    assert len(builds.paths[1]) == 8


def test_lock_that_a_dead_git_left_behind_holds_nothing_up_for_ever() -> None:
    builds = watched((5.0, "content/a.md"), git=lambda time: True)
    assert len(builds.made) == 2
    assert builds.times[1] < 16


def test_build_comes_when_it_is_due() -> None:
    builds = watched(due=lambda number: 120.0 if number == 1 else None)
    assert builds.times == [0, 120.0]
    assert builds.made[1][1] == Batch(due=True)


def test_change_before_it_is_due_is_built_first_and_the_new_due_counts() -> None:
    due = {1: 120.0, 2: 60.0}
    builds = watched((5.0, "content/a.md"), due=due.get)
    assert builds.times == [0, 5.0 + FIRST, 60.0]


def test_clock_that_was_put_forward_is_noticed() -> None:
    script = Script(())
    builds = Builds(script, due=lambda number: 3600.0 if number == 1 else None)
    jumps = iter([3600.0])
    wait = script.wait

    def asleep(seconds: float) -> bool:
        found = wait(seconds)
        script.time += next(jumps, 0.0)
        return found

    script.end = 4000.0
    script.wait = asleep  # type: ignore[method-assign]  # the laptop sleeps during the first wait
    with pytest.raises(KeyboardInterrupt):
        watch(builds, script, script)
    assert builds.times[1] < 3700


def test_what_a_build_raises_ends_the_loop() -> None:
    script = Script(())

    def failing(batch: Batch) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        watch(failing, script, script)


@settings(max_examples=50, deadline=None)
@given(
    gaps=st.lists(st.floats(0.0, 2.0, allow_nan=False), max_size=40),
    lasts=st.floats(0.0, 1.0, allow_nan=False),
)
def test_every_change_is_built_by_a_build_that_begins_after_it(
    gaps: list[float], lasts: float
) -> None:
    time, events = 1.0, []
    for number, gap in enumerate(gaps):
        time += gap
        events.append((time, f"content/{number}.md"))
    builds = watched(*events, lasts=lasts)
    for time, path in events:
        begun = [at for at, batch in builds.made if source_path(path) in batch.paths]
        assert len(begun) == 1
        assert begun[0] >= time
        assert begun[0] - time <= LONGEST + QUIET + lasts + LONGEST + QUIET

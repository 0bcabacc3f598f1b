"""The meter: no second is counted twice, and none is lost."""

import pytest

from itnews.codec import Typed
from itnews.digest import Digest
from itnews.engine.key import Answer, Fetch, Key
from itnews.engine.meter import ENGINE, READING, UNMEASURED, Meter, Spent, Stopwatch
from itnews.engine.phase import Input, Phase, Pipeline, by_kind
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.files.output import Output, Placed

TEXT = Typed[object](str)


class Clock:
    """A clock that stands still but for `pass_`."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def meter(clock: Clock) -> Stopwatch:
    return Stopwatch(frozenset({"page"}), clock=clock)


def seconds(spent: Spent) -> dict[str, float]:
    return {name: cost.seconds for name, cost in (*spent.tasks.items(), *spent.works.items())}


def run_of(meter: Meter, clock: Clock) -> Run:
    def body(key: Key[object], fetch: Fetch) -> Answer[object]:
        clock.pass_(2)
        return Answer(fetch(Key("source", key.name)))

    def page(key: Key[object], fetch: Fetch) -> Answer[object]:
        clock.pass_(1)
        text: object = fetch(Key("body", key.name))
        with meter.part("update.html"):
            clock.pass_(4)
            fetch(Key("body", "other"))
        return Answer(text)

    def read(key: Key[object]) -> object:
        clock.pass_(8)
        return key.name

    def deliver(output: Output) -> Placed:
        raise AssertionError("nothing here delivers")

    pipeline = (Input("source", read), Phase("body", body, TEXT), Phase("page", page, TEXT))
    phases = by_kind(meter.measured(pipeline))
    return Run(phases, Store(None), code=Digest("code"), deliver=deliver)


def test_a_task_is_not_charged_with_what_it_asks_for(meter: Stopwatch, clock: Clock) -> None:
    with meter.work(ENGINE):
        run_of(meter, clock).fetch(Key("page", "a"))
    spent = meter.take()
    # Each source is read for its digest and for its bytes.
    assert seconds(spent) == {"page": 5, "body": 4, READING: 32, ENGINE: 0}
    assert spent.tasks["body"].times == 2


def test_all_seconds_add_up(meter: Stopwatch, clock: Clock) -> None:
    begun = clock.now
    with meter.work(ENGINE):
        clock.pass_(0.5)
        with meter.work("publish"):
            clock.pass_(0.25)
        run_of(meter, clock).fetch(Key("page", "a"))
    assert sum(seconds(meter.take()).values()) == clock.now - begun


def test_a_template_is_a_part_of_its_page_without_what_it_asks_for(
    meter: Stopwatch, clock: Clock
) -> None:
    run_of(meter, clock).fetch(Key("page", "a"))
    spent = meter.take()
    assert spent.parts["update.html"].seconds == 4
    assert spent.tasks["page"].seconds == 5


def test_single_keys_are_noted_of_the_kinds_that_are_wanted(meter: Stopwatch, clock: Clock) -> None:
    run_of(meter, clock).fetch(Key("page", "a"))
    assert meter.take().names == {("page", "a"): 5}


def test_what_fails_is_counted_too(meter: Stopwatch, clock: Clock) -> None:
    def fails(_: str) -> str:
        clock.pass_(3)
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"), meter.work("outer"):
        meter.timed("inner", fails)("x")
    assert seconds(meter.take()) == {"inner": 3, "outer": 0}


def test_what_workers_spent_is_added(meter: Stopwatch, clock: Clock) -> None:
    for process, peak in ((7, 10), (7, 30), (8, 20)):
        worker = Stopwatch(frozenset({"page"}), clock=clock)
        run_of(worker, clock).fetch(Key("page", "a"))
        spent = worker.take()
        spent.peaks[process] = peak
        meter.add(spent)
    total = meter.take()
    assert total.tasks["page"].seconds == 15
    assert total.names == {("page", "a"): 15}
    assert total.peaks == {7: 30, 8: 20}
    assert meter.take() == Spent()


def test_nothing_is_wrapped_where_nobody_measures(clock: Clock) -> None:
    pipeline: Pipeline = (Input("source", lambda key: key.name),)
    assert UNMEASURED.measured(pipeline) is pipeline
    assert UNMEASURED.timed("work", str) is str
    assert UNMEASURED.take() is None
    assert run_of(UNMEASURED, clock).fetch(Key("page", "a")) == "a"

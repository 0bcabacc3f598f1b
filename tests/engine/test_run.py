"""One run: each key is made at most once, and not at all while its answer holds."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from itnews.codec import Typed
from itnews.digest import Digest
from itnews.engine.key import Answer, Fetch, Key
from itnews.engine.phase import Input, Phase, by_kind
from itnews.engine.run import Run
from itnews.engine.store import Store
from itnews.errors import CycleError, ItnewsError, StoreDamaged
from itnews.files.output import Output, Placed
from itnews.paths import source_path
from itnews.problems import Span, warning

TEXT = Typed[object](str)


def source(name: str) -> Key[object]:
    return Key("source", name)


def loud(name: str) -> Key[object]:
    return Key("loud", name)


def front(name: str) -> Key[object]:
    return Key("front", name)


def upper(key: Key[object], fetch: Fetch) -> Answer[object]:
    text = str(fetch(source(key.name)))
    problem = warning("text-quiet", Span(source_path(key.name)), "This is quiet.")
    return Answer(text.upper(), () if "!" in text else (problem,))


def first_word(key: Key[object], fetch: Fetch) -> Answer[object]:
    return Answer(str(fetch(loud(key.name))).split()[0])


def lenient(key: Key[object], fetch: Fetch) -> Answer[object]:
    try:
        return Answer(fetch(source(key.name)))
    except KeyError:
        return Answer("nothing")


def deliver(output: Output) -> Placed:
    raise AssertionError("nothing here delivers")


@pytest.fixture
def run(tmp_path: Path) -> Callable[[Mapping[str, str]], Run]:
    """Begins a run over sources given as a mapping; the store is opened anew each time."""
    opened: list[Store] = []

    def begin(sources: Mapping[str, str]) -> Run:
        for store in opened:
            store.commit()
            store.close()
        opened.append(Store(tmp_path / "store.sqlite"))
        phases = by_kind(
            (
                Input("source", lambda key: sources[key.name]),
                Phase("loud", upper, TEXT, stored=True),
                Phase("front", first_word, TEXT),
                Phase("lenient", lenient, TEXT),
                Phase("limited", lambda key, fetch: Answer("late", keep=False), TEXT),
                Phase("ring", lambda key, fetch: Answer(fetch(key)), TEXT),
            )
        )
        return Run(phases, opened[-1], code=Digest("code"), deliver=deliver)

    return begin


def test_a_second_run_makes_nothing(run: Callable[[Mapping[str, str]], Run]) -> None:
    assert run({"a": "news today"}).fetch(front("a")) == "NEWS"
    again = run({"a": "news today"})
    assert again.fetch(front("a")) == "NEWS"
    assert not again.made


def test_an_equal_answer_stops_the_change(run: Callable[[Mapping[str, str]], Run]) -> None:
    run({"a": "news today"}).fetch(front("a"))
    again = run({"a": "News today"})
    again.fetch(front("a"))
    assert list(again.made) == [loud("a")]


def test_the_reason_is_kept_for_those_who_ask_why(run: Callable[[Mapping[str, str]], Run]) -> None:
    run({"a": "news today"}).fetch(front("a"))
    again = run({"a": "old news"})
    again.fetch(front("a"))
    assert again.made == {loud("a"): "source a has changed", front("a"): "loud a has changed"}


def test_problems_of_answers_that_hold_are_told_again(
    run: Callable[[Mapping[str, str]], Run],
) -> None:
    first = run({"a": "news"})
    first.fetch(front("a"))
    again = run({"a": "news"})
    again.digest(front("a"))
    assert again.problems_of(loud("a")) == first.problems_of(loud("a"))
    assert [problem.code for problem in again.problems_of(loud("a"))] == ["text-quiet"]


def test_problems_of_keys_that_nobody_reads_any_more_are_not_told(
    run: Callable[[Mapping[str, str]], Run],
) -> None:
    run({"a": "news", "b": "more"}).fetch(front("a"))
    again = run({"a": "news!", "b": "more"})
    again.fetch(front("a"))
    assert again.troubled == ()


def test_a_task_that_asks_for_itself_is_a_bug_that_names_the_key(
    run: Callable[[Mapping[str, str]], Run],
) -> None:
    with pytest.raises(CycleError, match=r"ring\|\|x"):
        run({}).fetch(Key("ring", "x"))


def test_two_phases_for_one_kind_are_refused() -> None:
    phase = Phase("loud", upper, TEXT)
    with pytest.raises(ItnewsError, match="loud"):
        by_kind((phase, phase))


def test_an_answer_whose_task_went_on_after_a_failed_question_is_not_remembered(
    run: Callable[[Mapping[str, str]], Run],
) -> None:
    assert run({}).fetch(Key("lenient", "a")) == "nothing"
    assert run({"a": "news"}).fetch(Key("lenient", "a")) == "news"


def test_an_answer_that_a_slow_machine_gave_is_not_remembered(
    run: Callable[[Mapping[str, str]], Run],
) -> None:
    run({}).fetch(Key("limited", "a"))
    again = run({})
    again.fetch(Key("limited", "a"))
    assert again.made


def test_a_value_that_is_not_the_one_that_was_kept_is_noticed(
    run: Callable[[Mapping[str, str]], Run], tmp_path: Path
) -> None:
    run({"a": "news"}).fetch(loud("a"))
    run({"a": "news"})
    connection = sqlite3.connect(tmp_path / "store.sqlite")
    connection.execute("update answers set value = ?", (b'"lies"',))
    connection.commit()
    connection.close()
    with pytest.raises(StoreDamaged):
        run({"a": "news"}).fetch(loud("a"))

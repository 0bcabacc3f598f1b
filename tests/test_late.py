"""What is late is loaded by the first question, and only then."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from itnews.late import late, watch_loading


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> str:
    name = "xml.sax.saxutils"
    monkeypatch.delitem(sys.modules, name, raising=False)
    return name


def test_a_late_module_is_loaded_by_the_first_question(unloaded: str) -> None:
    module = late(unloaded)
    assert unloaded not in sys.modules
    assert module.escape("<") == "&lt;"
    assert unloaded in sys.modules


def test_a_late_module_answers_as_the_module_does(monkeypatch: pytest.MonkeyPatch) -> None:
    module = late("json")
    assert module.dumps is sys.modules["json"].dumps
    monkeypatch.setattr("json.dumps", str)
    assert module.dumps is str


def test_what_cannot_be_loaded_says_so_when_it_is_asked() -> None:
    module = late("itnews.no_such_module")
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        module.anything  # noqa: B018 - the question is the test


def test_what_is_not_in_the_module_is_missing() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        late("json").nothing_such  # noqa: B018 - the question is the test


def test_who_watches_is_told_of_the_loading_and_of_nothing_else(unloaded: str) -> None:
    told = []

    @contextmanager
    def around() -> Iterator[None]:
        told.append(unloaded in sys.modules)
        yield
        told.append(unloaded in sys.modules)

    module = late(unloaded)
    watch_loading(around)
    try:
        assert module.escape("<") == module.escape("<")
    finally:
        watch_loading(None)
    assert told == [False, True]

"""What all tests of hostile input share."""

import sys

import pytest

from itnews.markup import apart

# The same process with two seconds instead of five: what does not end comes to any limit, and the tests end sooner.
_HURRIED = """
from itnews.markup import child, limits
child.SECONDS = limits.SECONDS = 2
child.main()
"""


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-P", "-c", _HURRIED))

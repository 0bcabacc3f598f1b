"""What every test process does once it has collected its tests."""

import gc

_COLLECTED_AFTER = 100_000  # objects


def pytest_collection_finish() -> None:
    """Looks for rings seldom, and never in what is loaded: sites are built by the thousand, and a tenth goes there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER, 10, 10)

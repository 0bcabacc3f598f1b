"""One build at a time, and no lock outlives its build."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from itnews.errors import EnvironmentFault
from itnews.files.lock import Lock


def test_a_second_build_says_who_holds_the_lock(tmp_path: Path) -> None:
    with (
        Lock(tmp_path / ".itnews").held(0),
        pytest.raises(EnvironmentFault, match=rf"process {os.getpid()} on .*, since \d{{4}}-"),
        Lock(tmp_path / ".itnews").held(0),
    ):
        pass


def test_a_lock_can_be_had_again(tmp_path: Path) -> None:
    for _ in range(2):
        with Lock(tmp_path).held(0):
            pass


def test_a_build_that_fails_lets_go(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Lock(tmp_path).held(0):
        _ = 1 / 0
    with Lock(tmp_path).held(0):
        pass


_CHILD = """
import os, sys
from pathlib import Path
from itnews.files.lock import Lock
with Lock(Path(sys.argv[1])).held(0):
    print("held", flush=True)
    sys.stdin.read(1)
    os._exit(9)
"""


def test_a_build_waits_for_another_and_death_lets_go(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(tmp_path)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b"held" + os.linesep.encode()
        with pytest.raises(EnvironmentFault, match=rf"process {child.pid} on"):
            _try(tmp_path)
        child.stdin.write(b"x")
        child.stdin.flush()
        began = time.monotonic()
        with Lock(tmp_path).held(30):
            assert time.monotonic() - began < 25
    assert child.returncode == 9


def _try(state: Path) -> None:
    with Lock(state).held(0):
        pass


def test_an_unsigned_lock_is_told_without_a_name(tmp_path: Path) -> None:
    with Lock(tmp_path).held(0):
        (tmp_path / "lock").write_bytes(b"")
        with pytest.raises(EnvironmentFault, match=r"is running; wait"):
            _try(tmp_path)


def test_a_state_folder_that_cannot_be_made_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(EnvironmentFault, match="no build can begin"):
        _try(tmp_path / "file" / ".itnews")


def test_a_state_folder_with_a_link_in_it_is_refused(tmp_path: Path) -> None:
    state, target = tmp_path / ".itnews", tmp_path / "precious"
    state.mkdir()
    target.write_text("precious")
    (state / "lock").symlink_to(target)
    with pytest.raises(EnvironmentFault, match="lock is a link"), Lock(state).held(0):
        pass
    assert target.read_text() == "precious"

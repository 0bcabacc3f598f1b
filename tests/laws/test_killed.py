"""The law of interruption: killed at any moment, the next build ends with the bytes of a clean one."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.edits import differences
from tests.sites import NOW, Site

ROOT = Path(__file__).parents[2]

# Dies at the nth change to the disk: no handler runs, no file is closed.
KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from itnews.app.build import build
from itnews.app.options import Options
from itnews.files import disk

left = int(sys.argv[2])

def dying(primitive):
    def change(*arguments):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return primitive(*arguments)
    return change

for name in ("write", "copy", "move", "keep", "remove"):
    setattr(disk, name, dying(getattr(disk, name)))
build(Options(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[3])))
"""


def killed(site: Site, after: int) -> int:
    """Builds *site* in a process that dies at its change number *after*; the exit code."""
    command = [sys.executable, "-c", KILLED, str(site.folder), str(after), NOW.isoformat()]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("after", [1, 7, 20, 30, 40, 48, 55, 62])
def test_killed_at_any_change_the_next_build_is_clean(after: int, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    site.document("updates/vpn", "Before.", date="2026-03-02", tags="[network]")
    site.document("updates/mail", "Before.", date="2026-04-02", aliases="[/old/mail/]")
    site.build()
    site.document("updates/vpn", "After.", date="2026-03-02", title="New title")
    site.document("updates/new", "After.", date="2026-05-02", tags="[news]")
    site.remove("content/updates/mail.md")
    assert killed(site, after) == 9
    report = site.build()
    site.clean(tmp_path / "clean")
    assert report.exit_code == 0
    assert differences(site.output, tmp_path / "clean/output") == []

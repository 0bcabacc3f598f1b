"""Which folders do not tell of changes: drives of the network and of virtual machines."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
# What another machine (or Windows, below WSL and Docker Desktop) writes there, inotify does not see.
_SILENT = frozenset(
    {
        "9p",
        "cifs",
        "drvfs",
        "fakeowner",
        "fuse.grpcfuse",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
    }
)
_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}  # proc_pid_mounts(5)


def needs_polling(folder: str, mounts: str | None = None) -> bool:
    """Whether changes in *folder* (absolute) have to be looked for; *mounts* as in `/proc/mounts`, read if None.

    Where there is no such file, on macOS and Windows, the system tells of changes on its network drives, too.
    """
    if mounts is None:
        mounts = ""
        with suppress(OSError):
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    above = [
        (len(point), kind)
        for point, kind in _entries(mounts)
        if folder == point or folder.startswith(point.rstrip("/") + "/")
    ]
    # Of two mounts on one point the later one is what is seen.
    return (
        bool(above) and max(enumerate(above), key=lambda one: (one[1][0], one[0]))[1][1] in _SILENT
    )


def _entries(mounts: str) -> Iterator[tuple[str, str]]:
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            point = fields[1]
            for escape, character in _ESCAPES.items():
                point = point.replace(escape, character)
            yield point, fields[2]

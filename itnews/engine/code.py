"""The digest of the code: the package's own source and the versions of what it runs on are inputs like any other."""

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from itnews.digest import Digest, digest_bytes, digest_value

_LIBRARIES = (
    "babel", "feedgen", "jinja2", "lxml", "markdown", "nh3", "pydantic", "pygments",
    "pymdown-extensions", "python-slugify", "pyyaml",
)  # fmt: skip


@cache
def code_digest() -> Digest:
    """The digest of everything but the site that decides the bytes of a build."""
    package = Path(__file__).parent.parent
    source = {
        path.relative_to(package).as_posix(): digest_bytes(path.read_bytes())
        for path in sorted(package.rglob("*.py"))
    }
    return digest_value(
        [source, platform.python_version(), [_version(name) for name in _LIBRARIES]]
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # Run from a tree that was never installed.
        return ""

"""What is shipped: a wheel, an sdist and an editable install all find the themes, and find them once."""

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SDIST = PYPROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "*.pyc", ".DS_Store")


@dataclass(frozen=True)
class Built:
    """A checkout and what was built from it; *editable* and *installed* are wheels laid out as pip does."""

    checkout: Path
    wheel: Path
    sdist: Path
    wheel_from_sdist: Path
    installed: Path
    editable: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("packaging")
    checkout = folder / "checkout"
    copy_checkout(checkout)
    hatchling(checkout, folder / "dist", "sdist", "wheel:standard")
    hatchling(checkout, folder / "editable-dist", "wheel:editable")
    sdist = only(folder.glob("dist/*.tar.gz"))
    hatchling(unpack(sdist, folder / "unpacked"), folder / "dist-from-sdist", "wheel:standard")
    wheel = only(folder.glob("dist/*.whl"))
    return Built(
        checkout=checkout,
        wheel=wheel,
        sdist=sdist,
        wheel_from_sdist=only(folder.glob("dist-from-sdist/*.whl")),
        installed=unzip(wheel, folder / "installed"),
        editable=unzip(only(folder.glob("editable-dist/*.whl")), folder / "editable"),
    )


def copy_checkout(target: Path) -> None:
    """What a fresh clone has and a build reads. Tests and content are left out: they take no part and take time."""
    target.mkdir()
    for name in (*SDIST, "pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        source = ROOT / name
        if name in {"tests", "content", "docs"}:
            continue
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=LEFT_BEHIND)
        else:
            shutil.copy(source, target / name)


def hatchling(checkout: Path, target: Path, *targets: str) -> None:
    chosen = [part for name in targets for part in ("--target", name)]
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(target), *chosen],
        cwd=checkout,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout


def unzip(wheel: Path, target: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def unpack(sdist: Path, target: Path) -> Path:
    """Lay out *sdist* in *target*. By hand: Python 3.11.2 has no safe `extractall`, 3.12 warns about the other one."""
    with tarfile.open(sdist) as archive:
        for member in archive:
            if content := archive.extractfile(member):
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    return only(target.iterdir())


def only(paths: Iterable[Path]) -> Path:
    (path,) = paths
    return path


def wheel_files(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def sdist_files(sdist: Path) -> list[str]:
    """The files of *sdist* below its one folder."""
    with tarfile.open(sdist) as archive:
        return [member.name.partition("/")[2] for member in archive if member.isfile()]


def theme_files(checkout: Path, theme: str = "") -> list[str]:
    themes = checkout / "themes" / theme
    return sorted(p.relative_to(themes).as_posix() for p in themes.rglob("*") if p.is_file())


def below(folder: str, names: list[str]) -> list[str]:
    return sorted(name.removeprefix(folder) for name in names if name.startswith(folder))


def test_wheel_has_every_file_of_the_built_in_theme_once_and_no_other_theme(built: Built) -> None:
    names = wheel_files(built.wheel)
    assert below("itnews/_themes/newsroom/", names) == theme_files(built.checkout, "newsroom")
    assert "itnews/_themes/newsroom/theme.yaml" in names
    assert len(below("itnews/_themes/", names)) == len(below("itnews/_themes/newsroom/", names))
    assert below("themes/", names) == []
    assert max(Counter(names).values()) == 1


def test_sdist_has_every_theme_file_once_where_the_checkout_has_it(built: Built) -> None:
    names = sdist_files(built.sdist)
    assert below("themes/", names) == theme_files(built.checkout)
    assert below("itnews/_themes/", names) == []
    assert max(Counter(names).values()) == 1


def test_wheel_from_the_sdist_is_the_wheel_from_the_checkout(built: Built) -> None:
    assert built.wheel_from_sdist.read_bytes() == built.wheel.read_bytes()


def test_editable_install_uses_the_themes_of_the_checkout_and_has_no_copy(built: Built) -> None:
    (path_file,) = built.editable.glob("*.pth")
    assert path_file.read_text(encoding="utf-8").strip() == str(built.checkout)
    assert list(built.editable.rglob("*theme*")) == []


def test_wheel_has_the_package_and_nothing_beside_it(built: Built) -> None:
    assert sorted(path.name for path in built.installed.iterdir()) == [
        "itnews",
        f"itnews-{PYPROJECT['project']['version']}.dist-info",
    ]


def test_wheel_offers_the_command_and_carries_the_licence(built: Built) -> None:
    (info,) = built.installed.glob("*.dist-info")
    entry_points = (info / "entry_points.txt").read_text(encoding="utf-8")
    assert "itnews = itnews.cli.start:main" in entry_points
    assert (info / "licenses" / "LICENSE").is_file()


def test_version_is_said_once() -> None:
    code = (ROOT / "itnews" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{PYPROJECT["project"]["version"]}"' in code


# constraints.txt


def pins() -> list[Requirement]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return [Requirement(line) for line in text.splitlines() if not line.startswith("#")]


def test_constraints_hold_names_and_exact_versions_only() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pin = re.compile(r'[\w.-]+==[\w.]+(; python_full_version (<|>=) "[\d.]+")?')
    odd = [
        line for line in text.splitlines() if not line.startswith("#") and not pin.fullmatch(line)
    ]
    assert odd == []


def test_constraints_pin_everything_that_an_install_brings() -> None:
    project = PYPROJECT["project"]
    wanted = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *PYPROJECT["build-system"]["requires"],
    ]
    pinned = {canonicalize_name(pin.name) for pin in pins()}
    assert closure(wanted) - pinned == set()


def closure(requirements: list[str]) -> set[str]:
    """The names of *requirements* and of all that they require on this machine."""
    found: set[str] = set()
    waiting = [(Requirement(text), "") for text in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if not applies(requirement, extra):
            continue
        if name not in found:
            found.add(name)
            needs = importlib.metadata.requires(name) or []
            extras = requirement.extras or {""}
            waiting += [(Requirement(text), extra) for text in needs for extra in extras]
    return found


def applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})

"""A file is read once in a build, and not at all if its state proves that it is as it was."""

import os
import sys
import time
from pathlib import Path, PurePosixPath

import pytest
from msgspec.structs import replace

from itnews.digest import ABSENT, digest_bytes
from itnews.files import sources, state
from itnews.files.scan import Scan, scan
from itnews.files.sources import Files, SourceChanged
from itnews.files.state import FileState, Seen, digest_file, settled
from itnews.paths import SourcePath, source_path

VPN = SourcePath(PurePosixPath("content/vpn.md"))
FILM = SourcePath(PurePosixPath("content/film.mp4"))
LONG_AGO = 1_600_000_000_123_456_789


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    for name, payload in (("vpn.md", b"one"), ("film.mp4", b"film")):
        (tmp_path / "content" / name).write_bytes(payload)
    return tmp_path


def later(site: Path) -> Scan:
    """A scan in an hour, by when all files have settled."""
    found = scan(site)
    return replace(found, started_ns=found.started_ns + 3_600_000_000_000)


def at_once(site: Path) -> Scan:
    """A scan in the very instant in which the last file was written."""
    found = scan(site)
    return replace(found, started_ns=max(state.ctime_ns for state in found.files.values()))


def known_from(site: Path) -> dict[str, Seen]:
    files = Files(later(site))
    for path in (VPN, FILM):
        files.digest(path)
    return files.fresh()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    reads: list[str] = []
    for name in ("read_file", "digest_file"):
        original = getattr(sources, name)

        def counting(path: str, original: object = original) -> object:
            reads.append(Path(path).name)
            assert callable(original)
            return original(path)

        monkeypatch.setattr(sources, name, counting)
    return reads


def test_bytes_and_digest_are_of_one_read(site: Path, counted: list[str]) -> None:
    files = Files(scan(site))
    assert files.digest(VPN) == digest_bytes(b"one")
    (site / "content" / "vpn.md").write_bytes(b"two")
    assert files.read(VPN) == b"one"
    assert counted == ["vpn.md"]


def test_a_file_as_it_was_is_not_read_again(site: Path, counted: list[str]) -> None:
    known = known_from(site)
    counted.clear()
    files = Files(later(site), known)
    assert files.digest(VPN) == digest_bytes(b"one")
    assert files.digest(FILM) == digest_bytes(b"film")
    assert counted == []
    assert files.fresh() == known


@pytest.mark.parametrize("part", FileState._fields)
def test_any_other_state_means_reading(site: Path, counted: list[str], part: str) -> None:
    known = known_from(site)
    counted.clear()
    seen = known["content/vpn.md"]
    other = seen.state._replace(**{part: 1})
    wrong = {"content/vpn.md": Seen(other, digest_bytes(b"wrong"), settled=True)}
    assert Files(later(site), wrong).digest(VPN) == digest_bytes(b"one")
    assert counted == ["vpn.md"]


def test_a_file_that_was_just_written_is_not_trusted(site: Path, counted: list[str]) -> None:
    """Its state may be equal after another write within one tick of the kernel's clock."""
    first = Files(at_once(site))
    first.digest(VPN)
    known = first.fresh()
    assert known["content/vpn.md"].settled is False
    counted.clear()
    assert Files(scan(site), known).digest(VPN) == digest_bytes(b"one")
    assert counted == ["vpn.md"]


def test_an_unsettled_digest_that_nobody_asked_for_again_is_forgotten(site: Path) -> None:
    first = Files(at_once(site))
    first.digest(VPN)
    assert Files(later(site), first.fresh()).fresh() == {}


@pytest.mark.parametrize(
    ("stamp", "after", "calm"),
    [
        (LONG_AGO, 10_000_000, False),
        (LONG_AGO, 60_000_000, True),
        (1_600_000_000_000_000_000, 1_000_000_000, False),  # a file system that counts in seconds
        (1_600_000_000_000_000_000, 2_500_000_000, True),
        (LONG_AGO, -5_000_000_000, False),  # a clock that runs ahead
    ],
)
def test_a_stamp_is_settled_when_a_later_change_must_show(
    stamp: int, after: int, calm: bool
) -> None:
    assert settled(FileState(1, stamp, stamp, 1), stamp + after) is calm
    assert settled(FileState(1, 1, stamp, 1), stamp + after) is calm


def test_a_file_that_was_touched_only_is_read_and_has_the_same_digest(site: Path) -> None:
    known = known_from(site)
    os.utime(site / "content" / "vpn.md", ns=(LONG_AGO, LONG_AGO))
    assert Files(later(site), known).digest(VPN) == digest_bytes(b"one")


def test_what_is_not_there_is_an_answer_too(site: Path) -> None:
    files = Files(scan(site))
    nothing = SourcePath(PurePosixPath("content/nothing.md"))
    assert (files.digest(nothing), files.read(nothing)) == (ABSENT, None)


def test_a_file_that_vanished_since_the_scan_stays_absent_when_it_comes_back(site: Path) -> None:
    files = Files(scan(site))
    (site / "content" / "vpn.md").unlink()
    assert files.digest(VPN) == ABSENT
    (site / "content" / "vpn.md").write_bytes(b"two")
    assert files.read(VPN) is None
    assert files.refused() == ()
    assert "content/vpn.md" not in files.fresh()


@pytest.mark.parametrize("change", [b"two", None])
def test_a_text_that_changes_after_its_digest_was_trusted_stops_the_build(
    site: Path, change: bytes | None
) -> None:
    files = Files(later(site), known_from(site))
    assert files.digest(VPN) == digest_bytes(b"one")
    if change is None:
        (site / "content" / "vpn.md").unlink()
    else:
        (site / "content" / "vpn.md").write_bytes(change)
    with pytest.raises(SourceChanged, match=r"content/vpn\.md was changed"):
        files.read(VPN)


def test_a_file_that_changes_between_scan_and_read_is_read_again_by_the_next_build(
    site: Path,
) -> None:
    files = Files(later(site))
    (site / "content" / "vpn.md").write_bytes(b"another")
    assert files.read(VPN) == b"another"
    assert files.fresh() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_that_took_the_place_of_a_file_does_not_hold_the_build(site: Path) -> None:
    files = Files(scan(site))
    (site / "content" / "vpn.md").unlink()
    os.mkfifo(site / "content" / "vpn.md")
    began = time.monotonic()
    assert files.read(VPN) is None
    assert time.monotonic() - began < 5
    (refused,) = files.refused()
    assert (str(refused.path), refused.reason) == ("content/vpn.md", "file-unreadable")


def test_the_place_of_a_picture(site: Path) -> None:
    assert Files(scan(site)).path(FILM) == site.resolve() / "content" / "film.mp4"


def test_a_digest_taken_piece_by_piece_is_that_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(payload := b"0123456789" * 10)
    monkeypatch.setattr("itnews.files.state._CHUNK", 7)
    assert digest_file(str(path))[0] == digest_bytes(payload)


def test_documents_are_not_held_for_the_whole_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_KEPT", 100)
    folder = tmp_path / "content"
    folder.mkdir()
    names = [f"content/{number}.md" for number in range(9)]
    for name in names:
        (tmp_path / name).write_bytes(b"0123456789" * 4)
    files = Files(scan(tmp_path, {}))
    digests = [files.digest(source_path(name)) for name in names]
    read: list[str] = []

    def read_file(path: str) -> object:
        read.append(path)
        return state.read_file(path)

    monkeypatch.setattr(sources, "read_file", read_file)
    payloads = [files.read(source_path(name)) for name in reversed(names)]
    assert {digest_bytes(payload or b"") for payload in payloads} == set(digests)
    assert len(read) == 7  # two fit into what is kept


def test_a_document_that_changed_after_it_was_let_go_begins_the_build_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_KEPT", 1)
    folder = tmp_path / "content"
    folder.mkdir()
    for name in ("a.md", "b.md"):
        (folder / name).write_bytes(b"before")
    files = Files(scan(tmp_path, {}))
    files.read(source_path("content/a.md"))
    files.read(source_path("content/b.md"))
    (folder / "a.md").write_bytes(b"after")
    with pytest.raises(SourceChanged):
        files.read(source_path("content/a.md"))

"""Completing what an interrupted build began, before the next one looks at the output folder."""

import os

from itnews.errors import OutputRefused
from itnews.files import manifest
from itnews.files.journal import Journal
from itnews.files.mover import Mover
from itnews.files.staging import Staging, write_manifest


def recover(root: str, staging: Staging) -> None:
    """Completes the commit of an interrupted build; then nothing is staged."""
    journal = staging.find_journal()
    if journal is not None:
        entries, payload = manifest.load(root)
        if journal.fits(entries, manifest.digest_of(payload)):
            _complete(root, staging, journal)
        staging.remove_journal()
    staging.sweep()


def _complete(root: str, staging: Staging, journal: Journal) -> None:
    try:
        Mover(root, staging).carry_out(journal)
    except OutputRefused:
        _give_up(root, staging, journal)


def _give_up(root: str, staging: Staging, journal: Journal) -> None:
    """Strikes from the manifest what an interrupted commit never wrote, for a file of somebody else is there now."""
    entries, _ = manifest.load(root)
    waiting = {
        move.path
        for move in journal.moves
        if move.new and os.path.lexists(staging.file(move.staged))
    }
    kept = {path: digest for path, digest in entries.items() if path not in waiting}
    write_manifest(staging, root, manifest.encode(kept))

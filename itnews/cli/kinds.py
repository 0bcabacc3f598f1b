"""The kind that a word on the command line means."""

from itnews.errors import UsageFault
from itnews.model.kinds import Kind, Kinds
from itnews.words import did_you_mean, fold


def kind_of(word: str, kinds: Kinds) -> Kind:
    """The one of *kinds* that *word* means: by its name, its plural or its folder. Raises UsageFault for none."""
    wanted = fold(word).strip().strip("/")
    for kind in kinds.values():
        if wanted in {kind.name, fold(kind.plural), fold(kind.folder), fold(kind.singular)}:
            return kind
    known = [name for kind in kinds.values() for name in (kind.name, kind.folder)]
    near = did_you_mean(word, known)
    hint = f": {near}" if near else "."
    raise UsageFault(f"There is no kind '{word[:40]}'{hint} The kinds are {', '.join(kinds)}.")

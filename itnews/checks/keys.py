"""Factories of the keys that only a check asks for."""

from itnews.engine.key import Key
from itnews.files.output import Output
from itnews.paths import SourcePath


def policy_key(path: SourcePath, variant: str) -> Key[tuple[Output, ...]]:
    """The editorial policy of a document: nothing is delivered, the problems are the answer."""
    return Key("policy", str(path), variant)


def check_plan_key(variant: str) -> Key[tuple[str, ...]]:
    """The names of all keys that a check asks for: those of a build, and the policy of each document."""
    return Key("check-plan", "", variant)

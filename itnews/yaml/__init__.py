"""YAML, read strictly, where in it values stand, and values written as it."""

from itnews.yaml.loader import load, locate
from itnews.yaml.places import Fault, Mark, WrittenFloat, YamlError
from itnews.yaml.writer import dump

__all__ = ["Fault", "Mark", "WrittenFloat", "YamlError", "dump", "load", "locate"]

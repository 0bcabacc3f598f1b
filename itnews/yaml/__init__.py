"""YAML, read strictly, and where in it values stand."""

from itnews.yaml.loader import load, locate
from itnews.yaml.places import Fault, Mark, WrittenFloat, YamlError

__all__ = ["Fault", "Mark", "WrittenFloat", "YamlError", "load", "locate"]

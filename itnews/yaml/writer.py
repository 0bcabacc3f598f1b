"""Values written as YAML that the strict loader reads back as they were, in the way that people write it."""

from collections.abc import Mapping
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from itnews.yaml.loader import RESOLVERS
from itnews.yaml.places import WrittenFloat

_WIDE = 2**20  # characters: no line is broken; where lines break is for the author's editor
_TAG = "tag:yaml.org,2002:"


def dump(value: Any, *, flow: bool = False) -> str:
    """*value* (as `load` returns them) as YAML without a line break at its end; in one line if *flow*."""
    text = yaml.dump(
        value,
        Dumper=_Dumper,
        width=_WIDE,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=flow,
    )
    return text.removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    """Quotes what the loader would not take for a text; dates are texts here."""

    yaml_implicit_resolvers = RESOLVERS

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002 - PyYAML's
        super().increase_indent(flow, indentless=False)


def _text(dumper: _Dumper, value: str) -> ScalarNode:
    style = "|" if "\n" in value else '"' if value == "<<" else None
    return dumper.represent_scalar(_TAG + "str", value, style=style)


def _number(dumper: _Dumper, value: WrittenFloat) -> ScalarNode:
    return dumper.represent_scalar(_TAG + "float", value.written)


def _map(dumper: _Dumper, value: Mapping[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping(_TAG + "map", value)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(WrittenFloat, _number)
_Dumper.add_representer(dict, _map)

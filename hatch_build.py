"""Puts the themes, which lie beside the package in the repository, inside it in the wheel."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ThemesHook(BuildHookInterface[Any]):
    """`themes/` becomes `itnews/_themes` in a wheel.

    Not in an editable install, which uses the checkout's `themes/`: a copy would go stale there.
    That is why this is a hook and not a static `force-include`.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["themes"] = "itnews/_themes"

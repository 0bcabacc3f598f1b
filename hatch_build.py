"""Puts the built-in theme, which lies beside the package in the repository, inside it in the wheel."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ThemeHook(BuildHookInterface[Any]):
    """`themes/newsroom` becomes `itnews/_themes/newsroom` in a wheel; the other themes there are this site's own.

    Not in an editable install, which uses the checkout's `themes/`: a copy would go stale there.
    That is why this is a hook and not a static `force-include`.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            build_data["force_include"]["themes/newsroom"] = "itnews/_themes/newsroom"

"""Where the themes lie that itnews ships."""

from pathlib import Path

BUILT_IN = "newsroom"
"""The theme at the end of every chain."""


def built_in_themes() -> Path:
    """The folder of the themes that itnews ships: inside an installed package, beside it in a checkout."""
    package = Path(__file__).parent.parent
    return next(
        folder for folder in (package / "_themes", package.parent / "themes") if folder.is_dir()
    )

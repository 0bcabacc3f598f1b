"""The fields of what introduces a list."""

from itnews.model.common import Common


class Introduction(Common):
    """What stands above a kind's list: the `index.md` of the kind's folder."""

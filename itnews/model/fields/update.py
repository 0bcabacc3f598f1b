"""The fields of an update."""

from typing import Annotated

from pydantic import Field

from itnews.model.common import Common
from itnews.model.names import STATUS
from itnews.model.period import Period
from itnews.model.scalars import Listed, Text


class Update(Common):
    """News of a project or a team."""

    status: Annotated[str, STATUS] = Field(
        default="", title="Status", description="Moves the project's status when newer."
    )
    status_reason: Text = Field(
        default="", title="Reason", description="Why the status is what it is."
    )
    completed: Listed[Text] = Field(default=(), title="Completed", description="What got done.")
    upcoming: Listed[Text] = Field(default=(), title="Upcoming", description="What comes next.")
    blockers: Listed[Text] = Field(
        default=(), title="Blockers", description="What stands in the way."
    )
    period: Period | None = Field(
        default=None, title="Period", description="The time it reports on."
    )

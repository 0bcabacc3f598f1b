"""The time of a build: one instant for all of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Answers questions about *now* (aware), which stands still during a build."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        self.now = now.astimezone(UTC)
        self._zone = zone

    def today(self) -> date:
        """The day in the site's zone."""
        return self.now.astimezone(self._zone).date()

    def passed(self, instant: datetime) -> bool:
        """Whether *now* has reached *instant*."""
        return self.now >= instant

    def last_midnight(self) -> datetime:
        """The instant at which `today` has changed last."""
        return datetime.combine(self.today(), time(), self._zone).astimezone(UTC)

    def next_midnight(self) -> datetime:
        """The instant at which `today` changes."""
        tomorrow = self.today() + timedelta(days=1)
        return datetime.combine(tomorrow, time(), self._zone).astimezone(UTC)

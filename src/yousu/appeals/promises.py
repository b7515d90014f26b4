"""承诺: until when an appeal would be done if it were forwarded now, before anybody knows its category."""

from yousu.appeals.dispatching import grades
from yousu.cases.state import Due
from yousu.platform import clock


def if_forwarded_now() -> Due | None:
    """The deadline by the city's usual grade; None where that has no limit."""
    known = grades()
    return known.counted(clock.now(), grade=known.usual)

"""事实表: the tables that definitions choose from, and the columns of every set.

Only what an Ibis table offers is used here, so nothing needs Ibis to read it.
"""

from dataclasses import dataclass
from typing import Any

COLUMNS = (
    "number",
    "seq",
    "day",
    "month",
    "district",
    "unit",
    "category",
    "channel",
    "type",
    "topic",
    "place",
    "appellant_kind",
    "counted",
    "excluded",
)
DIMENSIONS = ("day", "month", "district", "unit", "category", "channel", "type", "topic", "place", "appellant_kind")


@dataclass(frozen=True)
class Facts:
    """The tables a definition may use, as Ibis tables: versions and events as known at the as-of."""

    # Cases as of the asked moment, joined with topic and kind of channel, with from_day, to_day (both in) and as_of.
    cases: Any
    # Number, stage, limit and end of every case, for those that were merged into it.
    heads: Any
    # Events recorded until the asked moment.
    events: Any
    # Stage and lead unit of every case right after each of its events.
    moments: Any
    # The cases with what units did with them: given, contacted, sent back, parked.
    handled: Any
    # One row: `contact_hours`, the city's limit for contacting an appellant, as in force at the as-of.
    contact_limit: Any
    # One row: `tomorrow`, when the as-of's local day ends, and `soon`, when the working day after it does.
    horizon: Any

    def accepted(self) -> Any:
        """受理: appeals received on a day of the period."""
        return self.cases.filter(within(self.cases.local_day, self.cases))

    def events_of(self, *kinds: str) -> Any:
        """Events of these kinds that nobody had undone by then, with their case as of then.

        Stage and unit of the event's own moment are `moment_stage`, `moment_unit`: the case may have moved on since.
        """
        own = self.events.filter(self.events.event_kind.isin(kinds))
        undone = self.events.filter(self.events.event_kind == "undone")
        undone = undone.select(undone_stream=undone.stream, undone=undone.undone_seq)
        standing = own.anti_join(undone, (own.stream == undone.undone_stream) & (own.event_seq == undone.undone))
        joined = standing.drop("undone_seq").join(self.cases, standing.stream == _stream(self.cases))
        moments = self.moments
        joined = joined.join(
            moments, (joined.number == moments.moment_number) & (joined.event_seq == moments.moment_seq)
        )
        return joined.mutate(seq=joined.event_seq)

    def with_unit_before(self, events: Any) -> Any:
        """The same events with the lead unit before each, `unit_before`."""
        before = self.moments.select(
            before_number=self.moments.moment_number,
            before_seq=self.moments.moment_seq,
            unit_before=self.moments.moment_unit,
        )
        return events.left_join(
            before, (events.number == before.before_number) & (events.event_seq - 1 == before.before_seq)
        )

    def with_heads(self, cases: Any) -> Any:
        """The same cases with what their heads were, where they are merged into one; any other is its own.

        In two parts: few are merged, and a planner that knows how few looks their heads up one by one.
        """
        own = {"head_number": cases.number, "head_stage": cases.stage}
        alone = cases.filter(cases.stage != "merged").mutate(
            **own, head_due_at=cases.due_at, head_closed_at=cases.closed_at
        )
        merged = cases.filter(cases.stage == "merged")
        # .head is a method of tables.
        return merged.left_join(self.heads, merged["head"] == self.heads.head_number).union(alone)


def within(day: Any, table: Any) -> Any:
    """Whether a day lies in the asked period, both ends in."""
    return (day >= table.from_day) & (day <= table.to_day)


def set_of(facts: Any, *, counted: Any = True, excluded: Any = False, day: Any = None, unit: Any = None) -> Any:
    """The set of these facts, in the order of COLUMNS."""
    when = facts.local_day if day is None else day
    return facts.select(
        number=facts.number,
        seq=facts.seq,
        day=when,
        month=when.strftime("%Y-%m"),
        district=facts.district,
        unit=facts.lead_unit if unit is None else unit,
        category=facts.category,
        channel=facts.channel,
        type=facts.type,
        topic=facts.topic,
        place=facts.place_key,
        appellant_kind=facts.appellant_kind,
        counted=counted,
        excluded=excluded,
    )


def _stream(cases: Any) -> Any:
    return "appeal/" + cases.number

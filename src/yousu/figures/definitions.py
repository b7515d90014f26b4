"""指标定义: each figure is one small function that gives the set it counts.

The functions get tables (`Facts`) and use only what an Ibis table offers, so this module needs no Ibis to be read:
names, units and sentences are known to the running server, the SQL was compiled beforehand (`compiler`).

Every set has the columns of COLUMNS. `counted` marks what the numerator counts, `excluded` what stays outside the
denominator (剔除). A plain count counts all of its set. Source of the counting rules: docs/handbook, "How it counts".
"""

from collections.abc import Callable, Mapping
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
# 办结 at the as-of: a reopened or unsolved case is not, a merged one is what its head is.
COMPLETED = ("closed", "settled", "finalised", "declined", "withdrawn", "transferred")
DECISIONS = ("direct", "forwarded", "transferred", "merged", "declined", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A figure: what it is called, what it counts, and how its set is made."""

    figure: str
    version: int
    name_zh: str
    name_en: str
    unit: str
    sentence_zh: str
    sentence_en: str
    is_rate: bool
    build: Callable[["Facts"], Any]


@dataclass(frozen=True)
class Facts:
    """The tables a definition may use, as Ibis tables: versions and events as known at the as-of."""

    # Cases as of the asked moment, joined with topic and kind of channel, with from_day, to_day (both in) and as_of.
    cases: Any
    # Number and stage of every case, for those that were merged into it.
    heads: Any
    # Events recorded until the asked moment.
    events: Any

    def accepted(self) -> Any:
        """受理: appeals received on a day of the period."""
        return self.cases.filter(_within(self.cases.local_day, self.cases))

    def events_of(self, *kinds: str) -> Any:
        """Events of these kinds that nobody had undone by then, with their case as of then."""
        own = self.events.filter(self.events.event_kind.isin(kinds))
        undone = self.events.filter(self.events.event_kind == "undone")
        undone = undone.select(undone_stream=undone.stream, undone=undone.undone_seq)
        standing = own.anti_join(undone, (own.stream == undone.undone_stream) & (own.event_seq == undone.undone))
        joined = standing.drop("undone_seq").join(self.cases, standing.stream == _stream(self.cases))
        return joined.mutate(seq=joined.event_seq)


_DEFINITIONS: dict[str, Definition] = {}
Build = Callable[[Facts], Any]


def count(
    figure: str, *, zh: str, en: str, unit: str, in_zh: str, in_en: str, version: int = 1
) -> Callable[[Build], Build]:
    """Registers a plain count."""
    return _register(figure, (zh, en, unit, in_zh, in_en), version=version, is_rate=False)


def rate(figure: str, *, zh: str, en: str, in_zh: str, in_en: str, version: int = 1) -> Callable[[Build], Build]:
    """Registers a share of a set."""
    return _register(figure, (zh, en, "%", in_zh, in_en), version=version, is_rate=True)


def catalogue() -> Mapping[str, Definition]:
    """Every figure by name, in the order of this file."""
    return _DEFINITIONS


def _register(figure: str, words: tuple[str, ...], *, version: int, is_rate: bool) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        name_zh, name_en, unit, sentence_zh, sentence_en = words
        _DEFINITIONS[figure] = Definition(
            figure=figure,
            version=version,
            name_zh=name_zh,
            name_en=name_en,
            unit=unit,
            sentence_zh=sentence_zh,
            sentence_en=sentence_en,
            is_rate=is_rate,
            build=build,
        )
        return build

    return register


def _stream(cases: Any) -> Any:
    return "appeal/" + cases.number


def _within(day: Any, table: Any) -> Any:
    return (day >= table.from_day) & (day <= table.to_day)


def _set(facts: Any, *, counted: Any = True, excluded: Any = False, day: Any = None) -> Any:
    when = facts.local_day if day is None else day
    return facts.select(
        number=facts.number,
        seq=facts.seq,
        day=when,
        month=when.strftime("%Y-%m"),
        district=facts.district,
        unit=facts.lead_unit,
        category=facts.category,
        channel=facts.channel,
        type=facts.type,
        topic=facts.topic,
        place=facts.place_key,
        appellant_kind=facts.appellant_kind,
        counted=counted,
        excluded=excluded,
    )


@count(
    "accepted",
    zh="受理量",
    en="accepted",
    unit="件",
    in_zh="期内收到并已登记的全部诉求，含各渠道；重复来电各计一件。",
    in_en="Every appeal received in the period and recorded, from all channels; each repeat counts.",
)
def accepted(f: Facts) -> Any:
    """受理量."""
    return _set(f.accepted())


@count(
    "calls",
    zh="来电诉求",
    en="calls",
    unit="件次",
    in_zh="期内受理的来电诉求。",
    in_en="Appeals received by telephone in the period.",
)
def calls(f: Facts) -> Any:
    """来电."""
    cases = f.accepted()
    return _set(cases.filter(cases.channel_kind == "call"))


@count(
    "messages",
    zh="网民留言",
    en="messages",
    unit="件",
    in_zh="期内受理的书面诉求，不计入来电的直接办理与转交。",
    in_en="Appeals received in writing in the period; they are no part of the split of calls.",
)
def messages(f: Facts) -> Any:
    """网民留言."""
    cases = f.accepted()
    return _set(cases.filter(cases.channel_kind == "message"))


_HANDLING = {
    "direct": ("直接办理", "answered directly"),
    "forwarded": ("转交办理", "forwarded"),
    "transferred": ("紧急转接", "transferred to an emergency number"),
    "merged": ("并单", "merged"),
    "declined": ("不予受理", "declined"),
    "withdrawn": ("撤诉", "withdrawn"),
}


def _handling(decision: str, zh: str, en: str) -> None:
    @count(
        f"calls_{decision}",
        zh=f"来电{zh}",
        en=f"calls {en}",
        unit="件",
        in_zh=f"期内来电诉求中，首次处理为{zh}的。",
        in_en=f"Calls of the period whose first decision was: {en}.",
    )
    def build(f: Facts) -> Any:
        cases = f.accepted()
        return _set(cases.filter((cases.channel_kind == "call") & (cases.decision == decision)))


for _decision, (_zh, _en) in _HANDLING.items():
    _handling(_decision, _zh, _en)


@count(
    "calls_undecided",
    zh="来电待处理",
    en="calls undecided",
    unit="件",
    in_zh="期内来电诉求中，截至统计时尚未作出首次处理的。",
    in_en="Calls of the period on which nothing was decided at the as-of.",
)
def calls_undecided(f: Facts) -> Any:
    """来电待处理."""
    cases = f.accepted()
    return _set(cases.filter((cases.channel_kind == "call") & cases.decision.isnull()))


@count(
    "call_backs",
    zh="回访量",
    en="call-backs",
    unit="件",
    in_zh="期内进行的回访，按回访当日计，接通与否均计；可以是早先受理的诉求。",
    in_en="Call-backs made in the period, by their own day, reached or not; the appeals may be older.",
)
def call_backs(f: Facts) -> Any:
    """回访量."""
    events = f.events_of("called_back")
    return _set(events.filter(_within(events.event_day, events)), day=events.event_day)


@rate(
    "completion",
    zh="办结率",
    en="completion rate",
    in_zh="期内受理的诉求中，截至统计时已办结（含直接办理、不予受理、撤诉、转接）的占比；剔除的不在分母内。",
    in_en="Share of the period's appeals that were complete at the as-of; excluded ones are outside the base.",
)
def completion(f: Facts) -> Any:
    """办结率."""
    cases = f.accepted()
    cases = cases.left_join(f.heads, cases["head"] == f.heads.head_number)  # .head is a method of tables
    done = cases.stage.isin(COMPLETED) | cases.head_stage.isin(COMPLETED).coalesce(False)
    return _set(cases, counted=done & ~cases.excluded, excluded=cases.excluded)


@count(
    "unfinished_overdue",
    zh="超期未办结",
    en="unfinished and overdue",
    unit="件",
    in_zh="期内受理、截至统计时未办结且已超过办理时限的。",
    in_en="Appeals of the period that were neither complete nor within their limit at the as-of.",
)
def unfinished_overdue(f: Facts) -> Any:
    """超期未办结."""
    cases = f.accepted()
    late = cases.stage.notin(COMPLETED) & (cases.stage != "merged") & (cases.due_at < cases.as_of)
    return _set(cases.filter(late))


@rate(
    "on_time",
    zh="按期办结率",
    en="on-time rate",
    in_zh="办理时限在期内届满的诉求中，在时限内办结的占比。",
    in_en="Share of the appeals due in the period that were complete by then.",
)
def on_time(f: Facts) -> Any:
    """按期办结率."""
    cases = f.cases.filter(_within(f.cases.due_day, f.cases))
    in_time = cases.closed_at.notnull() & (cases.closed_at <= cases.due_at)
    return _set(cases, counted=in_time & ~cases.excluded, excluded=cases.excluded, day=cases.due_day)


def _said(f: Facts) -> Any:
    return f.cases.filter(_within(f.cases.called_back_day, f.cases))


@rate(
    "response",
    zh="响应率",
    en="response rate",
    in_zh="期内回访接通的诉求中，群众表示已有单位联系的占比；未接通的不在分母内。",
    in_en="Share of reached call-backs of the period in which the resident says the unit responded.",
)
def response(f: Facts) -> Any:
    """响应率."""
    cases = _said(f)
    counted = cases.responded.coalesce(False) & ~cases.excluded
    return _set(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "solution",
    zh="解决率",
    en="solution rate",
    in_zh="期内回访接通的诉求中，群众表示已解决的占比。",
    in_en="Share of reached call-backs of the period in which the resident says it is solved.",
)
def solution(f: Facts) -> Any:
    """解决率."""
    cases = _said(f)
    counted = cases.solved.coalesce(False) & ~cases.excluded
    return _set(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "satisfied",
    zh="满意占比",
    en="satisfied",
    in_zh="期内回访接通的诉求中，群众表示满意的占比（不含基本满意）。",
    in_en="Share of reached call-backs of the period in which the resident is satisfied (not: basically).",
)
def satisfied(f: Facts) -> Any:
    """满意占比."""
    cases = _said(f)
    counted = (cases.satisfied == "satisfied").coalesce(False) & ~cases.excluded
    return _set(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@rate(
    "basically_satisfied",
    zh="基本满意占比",
    en="basically satisfied",
    in_zh="期内回访接通的诉求中，群众表示基本满意的占比。",
    in_en="Share of reached call-backs of the period in which the resident is basically satisfied.",
)
def basically_satisfied(f: Facts) -> Any:
    """基本满意占比."""
    cases = _said(f)
    counted = (cases.satisfied == "basically").coalesce(False) & ~cases.excluded
    return _set(cases, counted=counted, excluded=cases.excluded, day=cases.called_back_day)


@count(
    "units_involved",
    zh="涉及单位",
    en="units involved",
    unit="件次",
    in_zh="期内受理的诉求转交给单位，或单位联系诉求人的记录，按单位计。",
    in_en="Records of an appeal of the period being forwarded to a unit, or of that unit contacting the appellant.",
)
def units_involved(f: Facts) -> Any:
    """联系单位: printed for a topic only when such a record exists."""
    events = f.events_of("forwarded", "designated", "contacted")
    events = events.filter(events.lead_unit.notnull())
    return _set(events.filter(_within(events.local_day, events)))

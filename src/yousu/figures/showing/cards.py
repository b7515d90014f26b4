"""指标卡: the six figures a leader looks at, each against the period before and against what was promised."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from yousu.figures.definitions import Definition, catalogue
from yousu.figures.queries import Count
from yousu.figures.rates import percent
from yousu.figures.several import Days
from yousu.figures.showing import wording
from yousu.figures.showing.counting import FIGURES, Numbers
from yousu.figures.showing.parts import Card, Change, Opens, Promise
from yousu.figures.showing.periods import BEFORE
from yousu.org.city import city

# Where less is better; of `accepted` neither is.
_LESS_IS_BETTER, _NEITHER = frozenset({"unfinished_overdue"}), frozenset({"accepted"})


def cards(numbers: Numbers, opens: Opens) -> list[Card]:
    """The six figures of a period."""
    return [_card(catalogue()[figure], numbers, opens) for figure in FIGURES]


def _card(found: Definition, numbers: Numbers, opens: Opens) -> Card:
    now, before = numbers.now[found.figure], numbers.before[found.figure]
    days, shown = numbers.days[found.figure], numbers.trend_days
    return Card(
        figure=found.figure,
        name=wording.figure_name(found),
        value=wording.value(now),
        unit=wording.unit(found.unit, now.numerator),
        numerator=now.numerator,
        denominator=now.denominator,
        excluded=now.excluded,
        of=wording.of(now),
        change=_change(found, now, before, numbers),
        promise=_promise(found, now),
        trend=tuple(_height(days, day, is_rate=found.is_rate) for day in shown),
        trend_words=wording.trend(shown[0], shown[-1]) if shown else "",
        sentence=wording.sentence(found),
        href=opens(found.figure, {}, now.numerator),
    )


def _height(days: Days, day: date, *, is_rate: bool) -> float | None:
    count = days.get(day)
    if not is_rate:
        return float(count.numerator) if count else 0.0
    return 100 * count.numerator / count.denominator if count and count.denominator else None


def _change(found: Definition, now: Count, before: Count, numbers: Numbers) -> Change:
    then = str(BEFORE[numbers.span.code])
    if not numbers.before["accepted"].numerator or _is_empty(now) or _is_empty(before):
        return Change(direction="none", tone="plain", words=_("%(before)s没有可比的数") % {"before": then})
    difference = _points(now, before) if found.is_rate else Decimal(now.numerator - before.numerator)
    if difference == 0:
        return Change(direction="same", tone="plain", words=_("与%(before)s持平") % {"before": then})
    rose = difference > 0
    size = str(abs(difference)) if found.is_rate else wording.number(int(abs(difference)))
    said = {
        (True, True): _("比%(before)s高 %(n)s 个百分点"),
        (True, False): _("比%(before)s低 %(n)s 个百分点"),
        (False, True): _("比%(before)s多 %(n)s 件"),
        (False, False): _("比%(before)s少 %(n)s 件"),
    }[found.is_rate, rose]
    return Change(
        direction="up" if rose else "down",
        tone=_tone(found.figure, rose=rose),
        words=said % {"before": then, "n": size},
    )


def _is_empty(count: Count) -> bool:
    return count.denominator == 0


def _tone(figure: str, *, rose: bool) -> str:
    if figure in _NEITHER:
        return "plain"
    return "better" if rose != (figure in _LESS_IS_BETTER) else "worse"


def _points(now: Count, before: Count) -> Decimal:
    """Percentage points between two rates as the city rounds them: what a reader gets who subtracts."""
    return _rate(now) - _rate(before)


def _rate(count: Count) -> Decimal:
    setting = city().settings["percent"]
    rounded = percent(count.numerator, count.denominator or 0, rounding=setting["rounding"], digits=setting["digits"])
    return Decimal(rounded or 0)


def promises() -> Mapping[str, Decimal]:
    """承诺, by figure: at least this rate, or at most this count. A city may have promised nothing."""
    return {figure: Decimal(value) for figure, value in city().settings.get("promise", {}).items()}


def _promise(found: Definition, now: Count) -> Promise | None:
    promised = promises().get(found.figure)
    if promised is None:
        return None
    if not found.is_rate:
        return _at_most(int(promised), now.numerator)
    said = {"n": f"{promised.normalize():f}"}
    if _is_empty(now):
        return Promise(words=_("承诺不低于 %(n)s%%") % said, is_kept=None)
    # Judged by the whole numbers, so that rounding neither keeps nor breaks a promise.
    if 100 * now.numerator >= promised * (now.denominator or 0):
        return Promise(words=_("承诺不低于 %(n)s%%，已达到") % said, is_kept=True)
    return Promise(words=_("承诺不低于 %(n)s%%，还没有达到") % said, is_kept=False)


def _at_most(promised: int, counted: int) -> Promise:
    kept = counted <= promised
    if promised == 0:
        return Promise(words=_("承诺一件不超，已做到") if kept else _("承诺一件不超，还没有做到"), is_kept=kept)
    words = _("承诺不多于 %(n)s 件，已做到") if kept else _("承诺不多于 %(n)s 件，还没有做到")
    return Promise(words=words % {"n": wording.number(promised)}, is_kept=kept)

"""模板里的用语: names of codes and moments in words. Templates of both doors load it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from yousu.desk import labels, moments
from yousu.ledger.log import local_day_of
from yousu.org.city import city
from yousu.org.offering import offered
from yousu.platform import clock
from yousu.understanding import bigrams

register = template.Library()


@register.filter
def said(at: datetime) -> str:
    """今天 14:05."""
    return moments.said(at)


@register.filter
def said_day(at: datetime) -> str:
    """1月31日 周三."""
    return moments.day(at.astimezone(moments.zone()).date())


@register.filter
def said_within(at: datetime) -> str:
    """今天 14:05 in the middle of a sentence."""
    return moments.said(at, is_within=True)


@register.filter
def day_within(at: datetime) -> str:
    """1月31日 周三 in the middle of a sentence."""
    return moments.day(at.astimezone(moments.zone()).date(), is_within=True)


@register.filter
def plain_day(of: date) -> str:
    """1月31日 周三."""
    return moments.plain_day(of)


@register.filter
def district(code: str | None) -> str:
    """A district's name, as a place."""
    return labels.district(code)


@register.filter
def exact(at: datetime) -> str:
    """2024-01-31 14:05:09."""
    return moments.exact(at)


@register.filter
def unit(code: str | None) -> str:
    """A unit's or district's name."""
    return labels.unit(code)


@register.filter
def topic(code: str) -> str:
    """A topic's name."""
    return labels.named(city().topics, code)


@register.filter
def stage(code: str) -> str:
    """A stage's name."""
    return labels.named(city().stages, code)


@register.filter
def category(path: str | None) -> str:
    """The last element of a category's path."""
    return labels.category(path)


@register.filter
def marked(text: str, terms: Iterable[str]) -> str:
    """The text with the words that were looked for marked; everything escaped."""
    parts, at = [], 0
    for start, end in bigrams.spans(text, terms):
        parts += [conditional_escape(text[at:start]), format_html("<mark>{}</mark>", text[start:end])]
        at = end
    return mark_safe("".join([*parts, conditional_escape(text[at:])]))


@register.filter
def isolated(text: str) -> str:
    """Somebody's words inside a sentence of ours: whatever direction they turn to ends with them."""
    return f"\u2068{text}\u2069"


@register.filter
def why(code: str) -> str:
    """Why a field was refused."""
    return labels.word(labels.FIELD_REASONS, code)


@register.simple_tag
def unit_options() -> SafeString:
    """Every standing unit's name, for the list that completes what is typed."""
    return _unit_options(city().digest, labels.language(), local_day_of(clock.now()))


@register.simple_tag
def category_options() -> SafeString:
    """Every standing category's path, for the list that completes what is typed; in English with its name."""
    return _category_options(city().digest, labels.language(), local_day_of(clock.now()))


# Hundreds of lines that are the same on every page: written once for each language, anew when the city's data change
# or with a day, which may end some.
@lru_cache(maxsize=4)
def _unit_options(_digest: str, language: str, _day: date) -> SafeString:
    names = ((each.name(language),) for each in offered(city().units).values())
    return format_html_join("", '<option value="{}"></option>', names)


@lru_cache(maxsize=4)
def _category_options(_digest: str, language: str, _day: date) -> SafeString:
    named = ((path, "" if language.startswith("zh") else labels.category(path)) for path in offered(city().categories))
    return format_html_join("", '<option value="{}">{}</option>', named)

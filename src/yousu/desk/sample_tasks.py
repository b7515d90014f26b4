"""部件页的交办事项: made-up tasks in every state, and a step whose form was refused."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yousu.desk import governance_words as words
from yousu.desk.forms import Asked, Field, Refused
from yousu.desk.governance_words import Line
from yousu.desk.steps import Offer
from yousu.governance import streams


def shown() -> dict[str, Any]:
    """What the parts need."""
    said = Field(name="words", label=gettext_lazy("做了什么"), kind="area")
    why = _("请填写这一项。")
    return {
        "tasks": [_line(number, stage, days) for number, (stage, days) in enumerate(_STAGES, start=1)],
        "offers": [
            Offer(word="report", label=gettext_lazy("报告落实"), asked=[Asked(field=said, error=why)], is_open=True)
        ],
        "offered_refused": Refused(errors={"words": why}),
    }


_STAGES = (("open", -3), ("open", 0), ("open", 20), ("reported", 2), ("accepted", 1), ("cancelled", 5))


def _line(number: int, stage: str, days: int) -> Line:
    due = streams.today() + timedelta(days=days)
    return Line(
        number=number,
        words=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
        unit=_("大通回族土族自治县人民政府"),
        chip=words.chip(stage, due),
        due=due,
        origin=words.origin("governance", 3),
        origin_kind="governance",
        origin_number=3,
        case="",
        stage=stage,
    )

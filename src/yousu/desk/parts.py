"""部件页: every part of the pages with made-up contents, in light, dark and large: where a new part is looked at."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yousu.appeals.waiting import Length
from yousu.desk import queues, reply_checks, sample_case, sample_tasks, samples
from yousu.desk.access import staff
from yousu.desk.chips import Chip
from yousu.desk.forms import Asked, Field
from yousu.desk.rows import Line
from yousu.desk.timeline import Entry
from yousu.platform import clock

_L = gettext_lazy


@dataclass(frozen=True)
class Mode:
    """One way of showing everything; `theme` and `size` are what the page's own head would say."""

    name: str
    theme: str
    size: str = ""


@staff("")
def parts(request: HttpRequest) -> HttpResponse:
    """部件."""
    shown = {
        "modes": [Mode(_("浅色"), "light"), Mode(_("深色"), "dark"), Mode(_("大字版"), "light", "large")],
        "chips": _chips(),
        "lines": [_line(chip) for chip in _chips()[:4]],
        "entries": (entries := _entries()),
        "fields": _fields(),
        "lives": [{"state": state} for state in ("streaming", "polling", "off")],
        "changed": _("有 # 件变化，显示").replace("#", "3"),
        "shown_case": sample_case.case(_line(_chips()[0]), entries),
        "opened": sample_case.opened(),
        "undone": sample_case.undoable(),
        "notices": sample_case.notices(),
        "hints": reply_checks.sample(),
        "queue": queues.INBOX,
        "count": Length(3),
        "people": [_("派单员202号 已经在填写“转交”，请先商量"), _("派单员203号 也在看")],
        "cards": samples.cards(),
        "charts": samples.charts(),
        **sample_tasks.shown(),
    }
    return render(request, "desk/parts_page.html", shown)


def _chips() -> list[Chip]:
    exact = _("2024年2月5日 24:00")
    return [
        Chip(state="fine", words=_("还剩 2 个工作日"), exact=exact),
        Chip(state="soon", words=_("今天到期"), exact=exact),
        Chip(state="late", words=_("已超 1 个工作日"), exact=exact),
        Chip(state="paused", words=_("暂停计时"), exact=exact),
        Chip(state="fine", words=_("还剩 9 个工作日"), exact=exact, provisional=True),
        Chip(state="done", words=_("按期办结"), exact=exact),
        Chip(state="done_late", words=_("超期办结"), exact=exact),
        Chip(state="none", words=_("转交后起算")),
    ]


def _line(chip: Chip) -> Line:
    return Line(
        number=sample_case.NUMBER,
        version=1,
        stage="sent_back" if chip.state == "late" else "signed",
        stage_name=_("已退单") if chip.state == "late" else _("已签收"),
        place=_("五四大街与昆仑路口"),
        matter=_("小区暖气不热，室内温度只有十四度，要求尽快检修"),
        category=_("供暖"),
        unit=_("大通回族土族自治县人民政府"),
        channel=_("12345热线"),
        received_at=clock.now() - timedelta(hours=3),
        chip=chip,
        badges=(_("二次办理 1 次"),) if chip.state == "soon" else (),
        terms=(_("供暖").lower(),) if chip.state == "fine" else (),
    )


def _entries() -> list[Entry]:
    now = clock.now()
    told = [
        ("recorded", _("受理"), _("经12345热线受理"), _("话务员"), (), False),
        ("forwarded", _("转交"), _("转交西宁市城市供热单位"), _("派单员"), (), True),
        ("handled", _("办理答复"), _("西宁市城市供热单位办理答复"), _("承办人"), (_("已检修阀门，室温恢复。"),), False),
    ]
    return [
        Entry(
            seq=seq,
            kind=kind,
            label=label,
            sentence=sentence,
            who=who,
            at=now - timedelta(hours=9 - seq),
            quotes=quotes,
            is_undone=undone,
        )
        for seq, (kind, label, sentence, who, quotes, undone) in enumerate(told, start=1)
    ]


def _fields() -> list[Asked]:
    place = Field(name="place", label=_L("地点"), is_required=False, hint=_L("小区、路口、门牌都可以"))
    phone = Field(name="phone", label=_L("联系电话"))
    words = Field(name="words", label=_L("诉求内容"), kind="area")
    solved = Field(name="solved", label=_L("问题是否解决"), kind="yes_no")
    return [
        Asked(field=place),
        Asked(field=phone, typed="1380013800", error=_("电话号码应为 5 到 20 位数字，请核对。")),
        Asked(field=words, typed=_("小区暖气不热")),
        Asked(field=solved, typed="yes"),
    ]

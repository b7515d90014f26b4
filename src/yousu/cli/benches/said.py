"""所诉: appeals made up for measuring, all different and of everyday length; places and categories of the city."""

import json
from functools import cache

from yousu.appeals.recording import Said
from yousu.org.city import Category, city

_WORDS = (
    "{place}附近小区居民反映家里暖气不热，室内温度只有十五度，已经联系物业多次没有解决，希望尽快派人上门检查。第{i}次来电。",
    "市民来电反映{place}路口红绿灯坏了三天，早晚高峰车辆拥堵严重，存在安全隐患，请相关部门尽快维修。登记{i}。",
    "诉求人称在{place}一处工地干活，老板拖欠工资两个月共{i}元，多次讨要无果，请求帮助协调。",
    "咨询{place}办理居住证需要哪些材料，周末是否可以办理，电话一直打不通。流水{i}。",
    "{place}夜间施工噪音扰民，凌晨两点还在浇筑混凝土，影响老人孩子休息，希望制止。第{i}户。",
)
_NAMES = ("王建国", "李秀英", "马文才", "张桂兰", "韩生福", "赵丽华")
# Numbers in a range that is never given out; some people call again.
_CALLERS = 60_000
_CHANNELS = ("hotline", "hotline", "hotline", "hotline", "wechat", "city_portal", "people_cn")
_TYPES = ("complaint", "help_request", "consultation", "complaint", "suggestion")
_STREET = "五四大街"


def appeal(i: int) -> Said:
    """The i-th appeal."""
    place = f"{_districts()[i % len(_districts())]}{_STREET}{i % 300 + 1}号"
    return Said(
        channel=_CHANNELS[i % len(_CHANNELS)],
        text=_WORDS[i % len(_WORDS)].format(place=place, i=i),
        type=_TYPES[i % len(_TYPES)],
        category=_categories()[i % len(_categories())].code,
        place=place,
        name=_NAMES[i % len(_NAMES)],
        phone=phone(i),
    )


def phone(i: int) -> str:
    """The i-th caller's."""
    return f"154{i * 7919 % _CALLERS:08d}"


def body(i: int) -> bytes:
    """The i-th appeal as a call-taker's program posts it."""
    said = appeal(i)
    posted = {
        "channel": said.channel,
        "external_id": f"bench-{i}",
        "text": said.text,
        "type": said.type,
        "category": said.category,
        "place": {"text": said.place},
        "appellant": {"kind": "person", "name": said.name, "phone": said.phone},
    }
    return json.dumps(posted, ensure_ascii=False).encode()


@cache
def _categories() -> list[Category]:
    return [category for path, category in city().categories.items() if "/" in path]


@cache
def _districts() -> list[str]:
    return [unit.name_zh for unit in city().districts()]

"""通报措辞: turns a bulletin's JSON into a document. The sentences are our own; numbers keep their JSON paths."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from yousu.bulletins.documents.model import (
    Block,
    Document,
    Figure,
    Head,
    Heading,
    Lang,
    Paragraph,
    Run,
    Runs,
    Seal,
    Signature,
    Table,
)
from yousu.bulletins.state import BulletinState
from yousu.org.city import City

Json = Mapping[str, Any]
_WEEKDAYS = "一二三四五六日"


def document(json: Json, state: BulletinState | None, *, city: City, names: Mapping[str, str], lang: Lang) -> Document:
    """The printed bulletin. `names` gives the shown name of each account code that took a step."""
    words = _Zh(city) if lang == "zh" else _En(city)
    issue = json.get("issue_number") or (state.issue_number if state else None)
    return Document(
        head=Head(sign=words.sign(json["kind"]), issuer=words.issuer()),
        title=words.title(json),
        number_line=words.number(issue, _last_day(json)),
        date_line=words.day(_last_day(json)),
        moment=datetime.fromisoformat(json["as_of"]).replace(microsecond=0),
        blocks=tuple(_blocks(json, words)),
        signature=_signature(state, names),
        notes=words.notes(json),
        seal=Seal(json["digest"], words.moment(json["frozen_at"])) if json["frozen"] else None,
        lang=lang,
    )


class _Words:
    """What both languages share."""

    lang = "zh"

    def __init__(self, city: City) -> None:
        self.city = city

    def in_order(self, counts: Mapping[str, int]) -> list[tuple[str, int]]:
        """Channels in the order of the city's list; stored JSON is sorted by its keys."""
        order = list(self.city.channels)
        return sorted(counts.items(), key=lambda item: order.index(item[0]))

    def channel(self, code: str) -> str:
        return self.city.channels[code].name(self.lang)

    def unit(self, code: str) -> str:
        return self.city.units[code].name(self.lang)

    def topic(self, code: str) -> str:
        return self.city.topics[code].name(self.lang)


class _Zh(_Words):
    """中文."""

    headings = ("受理情况", "来电办理情况", "办结情况", "热点问题", "回访与评价")
    channels_table = ("受理渠道", "件数")
    topics_table = ("序号", "主题", "件数", "主要诉求", "集中反映", "联系单位")

    def sign(self, kind: str) -> str:
        return f"{self.city.settings['name_zh']}12345政务服务热线{'日报' if kind == 'daily' else '周报'}"

    def issuer(self) -> str:
        return f"{self.city.settings['name_zh']}12345政务服务热线中心"

    def title(self, json: Json) -> str:
        if json["kind"] == "daily":
            return f"{self.day(_first_day(json))}群众诉求受理办理情况"
        return f"{self.day(_first_day(json))}至{self.day(_last_day(json))}群众诉求受理办理情况"

    def number(self, issue: int | None, last: date) -> str:
        return f"〔{last.year}〕第{issue}期" if issue else "未编期号"

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日"

    def moment(self, text: str) -> str:
        at = datetime.fromisoformat(text)
        return f"{self.day(at.date())}{at:%H:%M}"

    def accepted(self, json: Json) -> Runs:
        accepted, messages = json["accepted"], json["messages"]
        period = (
            f"{self.day(_first_day(json))}（星期{_WEEKDAYS[_first_day(json).weekday()]}）"
            if json["kind"] == "daily"
            else f"{self.day(_first_day(json))}至{self.day(_last_day(json))}"
        )
        return (
            f"{period}，共受理群众诉求",
            _figure("accepted.total", accepted["total"]),
            "件，其中来电诉求",
            _figure("calls", json["calls"]),
            "件次、网民留言",
            _figure("messages.total", messages["total"]),
            *(("件（", *self._messages(messages), "）。") if messages["total"] else ("件。",)),
        )

    def _messages(self, messages: Json) -> Iterable[Run]:
        for place, (code, count) in enumerate(self.in_order(messages["by_channel"])):
            yield ("，" if place else "") + self.channel(code)
            yield _figure(f"messages.by_channel.{code}", count)
            yield "件"

    def handling(self, json: Json) -> Runs:
        names = {
            "direct": "直接办理",
            "forwarded": "转交责任单位办理",
            "transferred": "紧急转接",
            "merged": "并单",
            "declined": "不予受理",
            "withdrawn": "撤诉",
            "undecided": "待处理",
        }
        return (
            "来电诉求",
            _figure("calls", json["calls"]),
            "件次中，",
            *_listed(json["handling"], names, "件", "，"),
            "。",
        )

    def completion(self, json: Json) -> Runs:
        done = json["completion"]
        if not done["denominator"]:
            return ("本期没有应计入办结率的诉求。",)
        return (
            f"截至{self.moment(json['as_of'])}，已办结",
            _figure("completion.numerator", done["numerator"]),
            f"件，办结率{done['percent']}%（",
            _figure("completion.numerator", done["numerator"]),
            "/",
            _figure("completion.denominator", done["denominator"]),
            f"，剔除{done['excluded']}件）；",
            *self._rest(done),
        )

    def _rest(self, done: Json) -> Runs:
        if done["numerator"] == done["denominator"]:
            return ("已全部办结。",)
        if not done["unfinished_overdue"]:
            return ("其余均在办理时限内。",)
        late = _figure("completion.unfinished_overdue", done["unfinished_overdue"])
        return ("其余未办结的诉求中，有", late, "件已超过办理时限。")

    def called_back(self, json: Json) -> Runs:
        said: list[Run] = ["本期共回访", _figure("callbacks", json["callbacks"]), "件。"]
        for place, statement in enumerate(json["statements"]):
            said += [
                f"{statement['name']}{statement['value']}%（",
                _figure(f"statements.{place}.numerator", statement["numerator"]),
                "/",
                _figure(f"statements.{place}.of", statement["of"]),
                "）" + ("。" if place == len(json["statements"]) - 1 else "，"),
            ]
        return tuple(said)

    def complaint(self, topic: Json) -> str:
        return str(self.city.topics[topic["code"]].main_complaint_zh)

    def no_place(self) -> str:
        return "无集中地点"

    def notes(self, json: Json) -> tuple[str, ...]:
        rounding = "四舍五入" if json["completion"]["rounding"] == "half_up" else "截尾"
        return (
            "来电按件次计，网民留言不计入来电的直接办理与转交；回访按回访当日计。",
            f"统计截至{self.moment(json['as_of'])}；百分比{rounding}，保留两位小数；口径版本{json['definitions']}。",
        )

    def no_topics(self) -> str:
        return "本期没有可归入主题的诉求。"


class _En(_Words):
    """English."""

    lang = "en"
    headings = ("Accepted", "How calls were handled", "Completion", "Main topics", "Call-backs")
    channels_table = ("Channel", "Appeals")
    topics_table = ("No.", "Topic", "Appeals", "Main complaint", "Concentrated at", "Units")

    def sign(self, kind: str) -> str:
        return f"{self.city.settings['name_en']} 12345 {'Daily' if kind == 'daily' else 'Weekly'} Bulletin"

    def issuer(self) -> str:
        return f"{self.city.settings['name_en']} 12345 Hotline Centre"

    def title(self, json: Json) -> str:
        if json["kind"] == "daily":
            return f"Residents' appeals on {self.day(_first_day(json))}"
        return f"Residents' appeals, {self.day(_first_day(json))} to {self.day(_last_day(json))}"

    def number(self, issue: int | None, last: date) -> str:
        return f"{last.year}, No. {issue}" if issue else "not numbered"

    def day(self, day: date) -> str:
        return f"{day.day} {day:%B} {day.year}"

    def moment(self, text: str) -> str:
        at = datetime.fromisoformat(text)
        return f"{self.day(at.date())}, {at:%H:%M}"

    def accepted(self, json: Json) -> Runs:
        accepted, messages = json["accepted"], json["messages"]
        return (
            _figure("accepted.total", accepted["total"]),
            " appeals were accepted: ",
            _figure("calls", json["calls"]),
            " calls and ",
            _figure("messages.total", messages["total"]),
            " written messages",
            *((" (", *self._messages(messages), ").") if messages["total"] else (".",)),
        )

    def _messages(self, messages: Json) -> Iterable[Run]:
        for place, (code, count) in enumerate(self.in_order(messages["by_channel"])):
            yield (", " if place else "") + self.channel(code) + " "
            yield _figure(f"messages.by_channel.{code}", count)

    def handling(self, json: Json) -> Runs:
        names = {
            "direct": "answered directly: ",
            "forwarded": "forwarded to units: ",
            "transferred": "transferred to emergency numbers: ",
            "merged": "merged: ",
            "declined": "declined: ",
            "withdrawn": "withdrawn: ",
            "undecided": "undecided: ",
        }
        return ("Of ", _figure("calls", json["calls"]), " calls, ", *_listed(json["handling"], names, "", "; "), ".")

    def completion(self, json: Json) -> Runs:
        done = json["completion"]
        if not done["denominator"]:
            return ("No appeal counts towards a completion rate.",)
        return (
            f"As of {self.moment(json['as_of'])}, ",
            _figure("completion.numerator", done["numerator"]),
            f" were complete: {done['percent']}% (",
            _figure("completion.numerator", done["numerator"]),
            "/",
            _figure("completion.denominator", done["denominator"]),
            f", {done['excluded']} excluded); ",
            *self._rest(done),
        )

    def _rest(self, done: Json) -> Runs:
        if done["numerator"] == done["denominator"]:
            return ("none is open.",)
        if not done["unfinished_overdue"]:
            return ("all others are within their limits.",)
        return (
            "of the others, ",
            _figure("completion.unfinished_overdue", done["unfinished_overdue"]),
            " are overdue.",
        )

    def called_back(self, json: Json) -> Runs:
        said: list[Run] = [_figure("callbacks", json["callbacks"]), " residents were called back."]
        labels = {
            "response": "responded",
            "solution": "solved",
            "satisfied": "satisfied",
            "basically_satisfied": "basically satisfied",
        }
        for place, statement in enumerate(json["statements"]):
            said += [
                f" {labels[statement['figure']]}: {statement['value']}% (",
                _figure(f"statements.{place}.numerator", statement["numerator"]),
                "/",
                _figure(f"statements.{place}.of", statement["of"]),
                ")" + ("." if place == len(json["statements"]) - 1 else ";"),
            ]
        return tuple(said)

    def complaint(self, topic: Json) -> str:
        return str(self.city.topics[topic["code"]].main_complaint_en)

    def no_place(self) -> str:
        return "none"

    def notes(self, json: Json) -> tuple[str, ...]:
        rounding = "rounded half up" if json["completion"]["rounding"] == "half_up" else "cut off"
        return (
            "Written messages are no part of the split of calls; call-backs count by their own day.",
            f"As known at {self.moment(json['as_of'])}; percentages {rounding} to two digits; "
            f"definitions {json['definitions']}.",
        )

    def no_topics(self) -> str:
        return "No appeal of the period belongs to a topic."


def _blocks(json: Json, words: "_Zh | _En") -> Iterable[Block]:
    accepted, handled, completed, topics, called_back = words.headings
    yield Heading(1, accepted)
    yield Paragraph(words.accepted(json))
    channels = words.in_order(json["accepted"]["by_channel"])
    yield _counts(words.channels_table, "accepted.by_channel", channels, words.channel)
    yield Heading(1, handled)
    yield Paragraph(words.handling(json))
    yield Heading(1, completed)
    yield Paragraph(words.completion(json))
    yield Heading(1, topics)
    yield _topics(json, words)
    yield Heading(1, called_back)
    yield Paragraph(words.called_back(json))


def _counts(head: tuple[str, str], path: str, counts: Iterable[tuple[str, int]], name: Any) -> Table:
    rows = tuple((name(code), _figure(f"{path}.{code}", count)) for code, count in counts)
    return Table(head=head, rows=rows, align=("left", "right"))


def _topics(json: Json, words: "_Zh | _En") -> Block:
    if not json["topics"]:
        return Paragraph((words.no_topics(),))
    rows = tuple(_topic(place, topic, words) for place, topic in enumerate(json["topics"]))
    return Table(head=words.topics_table, rows=rows, align=("center", "left", "right", "left", "left", "left"))


def _topic(place: int, topic: Json, words: "_Zh | _En") -> tuple[Run | Runs, ...]:
    path = f"topics.{place}"
    at = topic["place"]
    where: Runs = (words.no_place(),) if at is None else (at["text"] + " ", _figure(f"{path}.place.count", at["count"]))
    units: list[Run] = []
    for number, unit in enumerate(topic["units"]):
        units += [("、" if words.lang == "zh" else ", ") if number else "", words.unit(unit["unit"]) + " "]
        units.append(_figure(f"{path}.units.{number}.count", unit["count"]))
    return (
        str(topic["rank"]),
        words.topic(topic["code"]),
        _figure(f"{path}.count", topic["count"]),
        words.complaint(topic),
        where,
        tuple(units) or "–",
    )


def _listed(parts: Mapping[str, int], names: Mapping[str, str], unit: str, between: str) -> Iterable[Run]:
    # Parts of handling that are 0 are not printed.
    printed = [code for code in names if parts.get(code)]
    for place, code in enumerate(printed):
        yield (between if place else "") + names[code]
        yield _figure(f"handling.{code}", parts[code])
        if unit:
            yield unit


def _figure(path: str, count: int) -> Figure:
    return Figure(path, str(count))


def _signature(state: BulletinState | None, names: Mapping[str, str]) -> Signature:
    if state is None:
        return Signature()

    def name(code: str | None) -> str | None:
        return None if code is None else names.get(code, code)

    return Signature(
        compiled_by=name(state.composed_by), reviewed_by=name(state.reviewed_by), signed_by=name(state.signed_by)
    )


def _first_day(json: Json) -> date:
    return datetime.fromisoformat(json["period"]["start"]).date()


def _last_day(json: Json) -> date:
    return date.fromisoformat(json["id"].partition("-")[2])

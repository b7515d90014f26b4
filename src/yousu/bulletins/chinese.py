"""中文措辞: the sentences of a bulletin in Chinese."""

from datetime import date, datetime

from yousu.bulletins.words import Json, Words, figure, first_day, last_day, listed
from yousu.documents.model import Run, Runs

_WEEKDAYS = "一二三四五六日"
# Two of something is 两.
_DIGITS = "零一两三四五六七八九"
_HANDLED = {
    "direct": "直接办理",
    "forwarded": "转交责任单位办理",
    "transferred": "紧急转接",
    "merged": "并单",
    "declined": "不予受理",
    "withdrawn": "撤诉",
    "undecided": "待处理",
}
_SUPERVISED = {
    "urged": "催办",
    "supervised": "督办",
    "sent_back": "单位退单",
    "extensions_asked": "申请延期",
    "parked": "挂账",
}


class Chinese(Words):
    """中文."""

    headings = ("受理情况", "来电办理情况", "办结情况", "热点问题", "回访与评价")
    supervision_heading = "督办情况"
    channels_table = ("受理渠道", "件数")
    topics_table = ("序号", "主题", "件数", "主要诉求", "集中反映", "联系单位")
    between, unit = "、", "件"

    def sign(self) -> str:
        return f"{self.city()}12345政务服务热线{'日报' if self.json['kind'] == 'daily' else '周报'}"

    def issuer(self) -> str:
        return f"{self.city()}12345政务服务热线中心"

    def title(self) -> str:
        if self.json["kind"] == "daily":
            return f"{self.day(first_day(self.json))}群众诉求受理办理情况"
        return f"{self.day(first_day(self.json))}至{self.day(last_day(self.json))}群众诉求受理办理情况"

    def number(self, issue: int | None) -> str:
        return f"〔{last_day(self.json).year}〕第{issue}期" if issue else "未编期号"

    def day(self, day: date) -> str:
        return f"{day.year}年{day.month}月{day.day}日"

    def moment(self, text: str) -> str:
        at = datetime.fromisoformat(text)
        return f"{self.day(at.date())}{at:%H:%M}"

    def accepted(self) -> Runs:
        messages, others = self.json["messages"], self.json["others"]
        first = first_day(self.json)
        period = (
            f"{self.day(first)}（星期{_WEEKDAYS[first.weekday()]}）"
            if self.json["kind"] == "daily"
            else f"{self.day(first)}至{self.day(last_day(self.json))}"
        )
        return (
            f"{period}，共受理群众诉求",
            figure("accepted.total", self.json["accepted"]["total"]),
            "件，其中来电诉求",
            figure("calls", self.json["calls"]),
            "件次、网民留言",
            figure("messages.total", messages["total"]),
            "件",
            *(("（", *self.channels("messages", between="，", unit="件"), "）") if messages["total"] else ()),
            *(
                (
                    "、其他渠道",
                    figure("others.total", others["total"]),
                    "件（",
                    *self.channels("others", between="，", unit="件"),
                    "）",
                )
                if others["total"]
                else ()
            ),
            "。",
        )

    def compared(self) -> Runs:
        return (*self._average(), *self._change(), *self._dailies())

    def _average(self) -> Runs:
        found = self.statement("daily_average")
        if found is None:
            return ()
        path, said = found
        total = figure(f"{path}.numerator", said["numerator"])
        return (f"日均受理{said['value']}件（", total, f"件，{said['days']}日）。")

    def _change(self) -> Runs:
        found = self.statement("change")
        if found is None:
            return ()
        path, said = found
        this, last = ("本日", "前一日") if self.json["kind"] == "daily" else ("本周", "上周")
        return (
            f"与{last}相比，受理量{_change_in_words(said)}（{this}",
            figure(f"{path}.this", said["this"]),
            f"件，{last}",
            figure(f"{path}.last", said["last"]),
            "件）。",
        )

    def _dailies(self) -> Runs:
        found = self.statement("dailies")
        if found is None:
            return ()
        path, said = found
        apart = "两者一致" if said["value"] == "0" else f"与周报相差{said['value']}件"
        dailies, weekly = figure(f"{path}.dailies", said["dailies"]), figure(f"{path}.weekly", said["weekly"])
        return ("本周七期日报合计", dailies, "件，周报", weekly, f"件，{apart}。")

    def handling(self) -> Runs:
        parts = listed(self.json["handling"], _HANDLED, between="，", unit="件")
        if not parts:
            return ("本期没有来电诉求。",)
        return ("来电诉求", figure("calls", self.json["calls"]), "件次中，", *parts, "。")

    def completion(self) -> Runs:
        done = self.json["completion"]
        if not done["denominator"]:
            return ("本期没有应计入办结率的诉求。",)
        return (
            f"截至{self.moment(self.json['as_of'])}，已办结",
            figure("completion.numerator", done["numerator"]),
            f"件，办结率{done['percent']}%（",
            figure("completion.numerator", done["numerator"]),
            "/",
            figure("completion.denominator", done["denominator"]),
            "，剔除",
            figure("completion.excluded", done["excluded"]),
            "件）；",
            *self._rest(done),
        )

    def _rest(self, done: Json) -> Runs:
        if done["numerator"] == done["denominator"]:
            return ("已全部办结。",)
        if not done["unfinished_overdue"]:
            return ("其余均在办理时限内。",)
        late = figure("completion.unfinished_overdue", done["unfinished_overdue"])
        return ("其余未办结的诉求中，有", late, "件已超过办理时限。")

    def called_back(self) -> Runs:
        said: list[Run] = ["本期共回访", figure("callbacks", self.json["callbacks"]), "件。"]
        rates = self.rates()
        for place, (path, rate) in enumerate(rates):
            said += [
                f"{self.name('figures', rate['figure'])}{rate['value']}%（",
                figure(f"{path}.numerator", rate["numerator"]),
                "/",
                figure(f"{path}.of", rate["of"]),
                "）" + ("。" if place == len(rates) - 1 else "，"),
            ]
        return tuple(said)

    def supervised(self) -> Runs:
        done = self.json["supervision"]
        said: list[Run] = []
        for name, words in _SUPERVISED.items():
            said += [("，" if said else "本期") + words, figure(f"supervision.{name}", done[name]), self.unit]
        return (*said, "。")

    def place(self, place: Json) -> str:
        return str(place["text"])

    def no_place(self) -> str:
        return "无集中地点"

    def notes(self) -> tuple[str, ...]:
        done = self.json["completion"]
        rounding = "四舍五入" if done["rounding"] == "half_up" else "截尾"
        digits = f"保留{_DIGITS[done['digits']]}位小数" if done["digits"] else "取整数"
        return (
            "来电按件次计，网民留言不计入来电的直接办理与转交；回访按回访当日计。",
            f"统计截至{self.moment(self.json['as_of'])}；百分比{rounding}，{digits}；口径版本{self.json['definitions']}。",
        )

    def no_topics(self) -> str:
        return "本期没有可归入主题的诉求。"


def _change_in_words(said: Json) -> str:
    if said["value"] is None:
        return "变化–"
    if said["this"] == said["last"]:
        return "持平"
    return f"{'增长' if said['this'] > said['last'] else '下降'}{said['value'].removeprefix('-')}%"

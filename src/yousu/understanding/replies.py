"""答复质量: what a reviewer would ask of a reply: does it answer, what was done, when, by whom, on which law. Pure.

Findings are hints. None of them refuses anything: who reviews decides.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yousu.understanding import overlap, redaction
from yousu.understanding.redaction.spans import narrowed

NOTE, WARNING = "note", "warning"


@dataclass(frozen=True, kw_only=True)
class Sort:
    """One sort of finding: how grave it is, and its sentence in both languages."""

    severity: str
    sentence_zh: str
    sentence_en: str


# In the order in which a reviewer asks.
SORTS = {
    "off_the_matter": Sort(
        severity=WARNING,
        sentence_zh="答复里看不到诉求说的那件事，也许答非所问，也许只有客套话。",
        sentence_en="What was asked does not appear in the reply: it may answer something else, or say nothing.",
    ),
    "no_action": Sort(
        severity=WARNING,
        sentence_zh="没有写做了什么。",
        sentence_en="It does not say what was done.",
    ),
    "no_basis": Sort(
        severity=WARNING,
        sentence_zh="结果是解释说明，没有写依据（哪部法、哪一条，或按照什么规定）。",
        sentence_en="The outcome is an explanation, and no law or rule is named on which it rests.",
    ),
    "used_before": Sort(
        severity=WARNING,
        sentence_zh="与以前的答复几乎一样，请核对是不是照抄的。",
        sentence_en="It is almost the same as an earlier reply; check whether it was copied.",
    ),
    "personal_data": Sort(
        severity=WARNING,
        sentence_zh="里面有个人信息（姓名、手机号、证件号、车牌、门牌等）。",
        sentence_en="There are personal data in it (a name, a mobile number, an identity or plate number, a door).",
    ),
    "no_time": Sort(
        severity=NOTE,
        sentence_zh="没有写什么时候做的，或者什么时候做完。",
        sentence_en="It does not say when it was done or will be.",
    ),
    "no_who": Sort(
        severity=NOTE,
        sentence_zh="没有写是哪个单位办的，也没有联系电话。",
        sentence_en="It names neither the office that acted nor a telephone.",
    ),
    "no_place": Sort(
        severity=NOTE,
        sentence_zh="没有提到诉求说的地点。",
        sentence_en="It does not mention the place that the appeal is about.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found, and where: half-open code points of the reply; the whole of it where something is missing."""

    code: str
    start: int
    end: int

    @property
    def severity(self) -> str:
        """note or warning."""
        return SORTS[self.code].severity

    def sentence(self, language: str) -> str:
        """In the page's language."""
        sort = SORTS[self.code]
        return sort.sentence_zh if language.startswith("zh") else sort.sentence_en


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reply is held against: the matter, its place, the outcome given, and earlier replies of the same unit."""

    matter: str
    place: str = ""
    outcome: str = ""
    earlier: Sequence[str] = ()
    # The same text was found among all earlier replies, by its fingerprint.
    is_repeated: bool = False


def findings(reply: str, asked: Asked) -> list[Finding]:
    """Everything found, in the order of SORTS."""
    plain = narrowed(reply)
    told = _substance(plain)
    # Who writes may be named in the very words that say nothing else.
    missing = [code for code, is_missing in _CHECKS.items() if is_missing(plain if code in _WHOLE else told, asked)]
    spans = [*(Finding(code=code, start=0, end=len(reply)) for code in missing), *_personal(reply)]
    order = list(SORTS)
    return sorted(spans, key=lambda one: (order.index(one.code), one.start))


def normalised(reply: str) -> str:
    """A reply without what changes from case to case in a copied one: numbers, days, punctuation, spaces."""
    return "".join(_CHANGING.sub("", narrowed(reply)).split()).lower()


# Every pattern is bounded: a text of twenty thousand characters is looked through in milliseconds.
_CLAUSE = re.compile(r"[^。！？；\n，,]*[。！？；\n，,]?")
# 客套话: said in every reply, and of no reply's substance.
_EMPTY = re.compile(
    r"收悉|高度重视|非常重视|感谢您|谢谢您|感谢你|您的(?:理解|支持|关心)|敬请谅解|请谅解|耐心等待"
    r"|转(?:交|至|给)?(?:相关|有关)部门|安排人员跟进|进一步加强|逐步解决"
)
_CHANGING = re.compile(r"[0-9零〇一二三四五六七八九十两百千]+|[年月日时分号点]|[^\w\u4e00-\u9fff]+|_")
# Characters of grammar and of every appeal: that two texts share them says nothing.
_COMMON = frozenset(
    "的了是在我你您他她它们这那有没不和与也都就要到个一二三四五六七八九十为对从被把向等及其及或该此各每月日年时分天上下"
    "中里内外前后大小多少很太人家说请求希望问题反映情况相关有关工作处理进行车站场区市县街道路"
)
_NUMERAL = r"[0-9一二三四五六七八九十两]{1,4}"
_WHEN = re.compile(
    rf"{_NUMERAL}月(?:{_NUMERAL}日|底|初|份|中旬|上旬|下旬)?|{_NUMERAL}[日号](?!楼|院|线|路)|{_NUMERAL}个?(?:工作日|小时|天)(?:之?内|后|前)"
    rf"|{_NUMERAL}[时点](?:{_NUMERAL}分|许|前|后|左右)?|[上下]午|当[日天晚]|[昨今明]日|[昨今明]天|[本下上]周|[本下]月|月底|年底前|周[一二三四五六日]|星期"
)
_ACTED = re.compile(
    r"责令|约谈|立案|查处|送达|下达|罚款|处罚|没收|警告|劝离|劝导|清理|清运|疏通|更换|维修|修复|抢修|补装|安装|增设|增派|增加|铺|填平"
    r"|围挡|拆除|移走|移交|核查|核实|检查|调取|查看|查明|踏勘|查勘|测温|检测|送检|取样|入户|到场|上门|退回|发放|发到|批准|纳入|结清|支付|赔付"
    r"|达成|张贴|公布|公示|协调|组织|督促|恢复|修好|清扫|清除|重做|赔偿|取样|申报|列入|点亮|制止|检验|要求(?:其|该|安装|整改|商家|物业|施工)|撒布|铲除|保洁|消毒|停职|贴单|整治|核对|开展|面谈|沟通|答复|告知|改正|停工|教育"
)
_PROMISED = re.compile(r"(?:将|拟|计划|预计|待)[^，。；]{0,20}$")
_WHO = re.compile(
    r"我[局所司院校站队公单街区镇乡县]|(?:物业(?!费)|公安|医院|民警|交警)|(?:[\u4e00-\u9fff]{2}(?:局|公司|街道|办事处|委员会|居委会|业委会|社区|大队|支队|中队|中心|派出所"
    r"|政府|管理处|管理所|征收办|民政办|市政所|法院|检察院|医院|环卫队|抢修队|管委会|合作社|学校))|0\d{2,3}-?\d{7,8}|(?:拨打|电话|热线)\D{0,8}12\d{3}(?!\d)"
)
_NOBODY = re.compile(
    r"(?:请|可|建议|需)?(?:您|你)?(?:与|找|向|联系)[^，。；]{0,8}(?:协商|咨询|反映|联系)|(?:相关|有关)(?:部门|单位)"
)
_BASIS = re.compile(
    r"《[^》]{2,40}》|第[0-9一二三四五六七八九十百零]+条"
    r"|(?:根据|依据|依照|按照)(?!有关|相关|规定)[^，。；]{2,24}(?:法|条例|规定|办法|通知|标准|规范|规程|细则)"
)
_HERE = re.compile(r"您家|您处|现场|入户|该(?:路|小区|处|店|校|园|楼|段|工地|单位|公司|企业|村|片区|车|井)")
_ONLY_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2}[区县市]")
_DISTRICT = re.compile(r"^[\u4e00-\u9fff]{1,6}?[区县市](?=[\u4e00-\u9fff]{2})")
_ABOUT = re.compile(r"(?!反映的)[\u4e00-\u9fff]{3}问题(?!已)")
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}|12\d{3}|[48]00-?\d{3}-?\d{4}")
_ALIKE = 0.8
# How far before an act the word may stand that makes it a promise.
_NEAR = 24
# Less than this is no sentence about anything.
_SHORT = 4
_SHARED = 2


def _substance(told: str) -> str:
    """The text without the clauses that every reply has."""
    return "".join(clause for clause in _CLAUSE.findall(told) if not _EMPTY.search(clause))


def _is_off(told: str, asked: Asked) -> bool:
    # Without what is said in every reply there must be something left; what that names is of the matter, too.
    if len(_substance(told).strip()) < _SHORT and not _ABOUT.search(told):
        return True
    matter = asked.matter.replace(asked.place, "") if asked.place else asked.matter
    about, said = _subjects(matter), _subjects(told)
    if about & said:
        return False
    pairs = {pair for pair in overlap.bigrams(matter) if not _COMMON.issuperset(pair)}
    shared = sum(pair in told for pair in pairs)
    # Of another subject, one word in common is chance; where neither names one, any word in common will do.
    if about and said:
        return shared < _SHARED
    signs = {sign for sign in matter if sign.isalnum() and sign not in _COMMON}
    return bool(signs) and shared == 0 and not any(sign in told for sign in signs)


def _subjects(words: str) -> frozenset[str]:
    return frozenset(name for name, marks in _lexicon().items() if any(mark in words for mark in marks))


@cache
def _lexicon() -> Mapping[str, tuple[str, ...]]:
    lines = files("yousu.understanding.data").joinpath("subjects.txt").read_text(encoding="utf-8").splitlines()
    return {name: tuple(marks) for name, *marks in map(str.split, lines)}


def _has_no_action(told: str, _: Asked) -> bool:
    return not any(_is_done(told, found.start()) for found in _ACTED.finditer(told))


def _is_done(told: str, at: int) -> bool:
    return _PROMISED.search(told[max(0, at - _NEAR) : at]) is None


def _has_no_time(told: str, _: Asked) -> bool:
    return _WHEN.search(told) is None


def _has_no_who(told: str, _: Asked) -> bool:
    return _WHO.search(_NOBODY.sub("", told)) is None


def _has_no_basis(told: str, asked: Asked) -> bool:
    return asked.outcome == "explained" and _BASIS.search(told) is None


def _has_no_place(told: str, asked: Asked) -> bool:
    if not asked.place or _ONLY_DISTRICT.fullmatch(asked.place) or _HERE.search(told):
        return False
    # Offices bear the district's name: beside it the rest of the place must be there, if there is any.
    named = _DISTRICT.sub("", asked.place)
    return not any(pair in told for pair in overlap.bigrams(named))


def _was_used(told: str, asked: Asked) -> bool:
    if asked.is_repeated:
        return True
    mine = normalised(told)
    return any(overlap.shared(mine, normalised(_substance(each))) >= _ALIKE for each in asked.earlier)


def _personal(reply: str) -> Iterator[Finding]:
    plain = narrowed(reply)
    for found in redaction.redact(reply):
        # An office's telephone belongs into a reply.
        if found.kind != "phone" or not _LANDLINE.fullmatch(plain[found.start : found.end].strip()):
            yield Finding(code="personal_data", start=found.start, end=found.end)


_WHOLE = frozenset({"off_the_matter", "no_who"})
_CHECKS: dict[str, Callable[[str, Asked], bool]] = {
    "off_the_matter": _is_off,
    "no_action": _has_no_action,
    "no_basis": _has_no_basis,
    "used_before": _was_used,
    "no_time": _has_no_time,
    "no_who": _has_no_who,
    "no_place": _has_no_place,
}

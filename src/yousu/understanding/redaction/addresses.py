"""门牌: what leads to a home below the name of the estate, the street or the village, in a narrowed text."""

import re
from collections.abc import Iterator

from yousu.understanding.redaction.spans import Found

_HAN_DIGITS = "〇零一二三四五六七八九十百两"
_NUMBER = rf"(?:[0-9]{{1,4}}|[{_HAN_DIGITS}]{{1,5}})"
_BUILDING = rf"(?:[A-Za-z]?[0-9]{{1,3}}|[{_HAN_DIGITS}]{{1,4}}|[A-Za-z])(?:号院|号楼|号栋|栋楼?|幢楼?|座|#楼?)"
_UNIT = rf"(?:{_NUMBER}|[A-Za-z甲乙丙丁])单元"
_FLOOR = rf"{_NUMBER}[层楼](?:[东西南北中左右]{{1,2}}[边侧]?[户室]?)?"
_NOT_A_HOME = r"办公|教室|病房|病区|病床|车位|商铺|门面|店|铺|柜|窗口|会议|线|楼|院|门|库|机|诊室|包厢|包间|阅览|实验"
_NOT_A_ROOM = r"[0-9]|[.:%][0-9]|%|[年月日元块度路米平层楼人名个多余吨次项万位辆套家间起只台座栋幢]|单元|-[0-9]"
_BARE = rf"(?:[A-Za-z]?-?[0-9]{{3,4}}|[{_HAN_DIGITS}]{{3,4}})(?!{_NOT_A_ROOM}|{_NOT_A_HOME})"
_NOT_OF_IT = r"[东产屋间租价款主管型]"
_MARKED = rf"(?:[A-Za-z]?[0-9]{{1,4}}|[{_HAN_DIGITS}]{{1,4}})(?:室|(?:号房?|房)(?!{_NOT_OF_IT}))(?!{_NOT_A_HOME})"
_HOUSEHOLD = rf"(?:[0-9]{{3,4}}|[{_HAN_DIGITS}]{{3,4}})户(?![0-9]|业主|居民|人|村民|群众|家庭|住|的业)"
_ROOM = rf"(?:{_MARKED}|{_HOUSEHOLD}|{_BARE})"
_TAIL = rf"(?: {{0,2}}{_FLOOR})?(?: {{0,2}}{_ROOM})?"
_HYPHENATED = r"[A-Za-z]?[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-]|\.[0-9])[室户号房]?"
_HOME = re.compile(
    rf"{_HYPHENATED}"
    rf"|(?:{_BUILDING} {{0,2}}){{1,2}}-? ?(?:{_UNIT}{_TAIL}|[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9-])[室户号房]?"
    rf"|[0-9]{{1,2}}[单门] ?{_ROOM}|(?:{_FLOOR} {{0,2}})?{_ROOM})"
    rf"|{_NUMBER}号 {{0,2}}{_UNIT}{_TAIL}"
    rf"|{_NUMBER}号 {{0,2}}[0-9]{{1,2}}[单门] ?{_ROOM}"
    rf"|{_UNIT}(?: {{0,2}}{_FLOOR})? {{0,2}}{_ROOM}"
    rf"|{_NUMBER}[社组队] {{0,2}}{_NUMBER}号(?![楼院线门]|下午|上午|晚|早|开始|之)"
)
_DWELLS = re.compile(
    r"(?:住|房号|住址|地址|现居|户号|小区|花园|家园|苑|公寓|[^公果校菜]园|雅居)[^0-9,，。;；!！?？、\n-]{0,20}?"
    r"(?<![路街道巷段弄里])((?<![0-9A-Za-z])[A-Za-z]?[0-9]{1,3}-[0-9]{3,4}(?![0-9-]|\.[0-9])[室户号房]?)"
)
_NEIGHBOUR = re.compile(
    rf"(?:住在?|楼上|楼下|隔壁|对门|对面)[是的]? ?"
    rf"((?:[0-9]{{3,4}}|[{_HAN_DIGITS}]{{3,4}})(?:[室户号房](?!{_NOT_A_HOME})|(?=的|住户|邻居|业主|家|那)))"
)
_CONTINUES = re.compile(r"(?:[0-9A-Za-z/-]|[0-9]\.)\Z")
# Where a home may begin; the pattern of a whole one is too wide to be tried at every character.
_BEGINS = re.compile(rf"[0-9A-Za-z{_HAN_DIGITS}甲乙丙丁]{{1,8}}(?:-[0-9]|[号栋幢座社组队#单])")


def house_numbers(text: str) -> Iterator[Found]:
    """门牌: two levels or more of building, unit and room; a room alone beside a word of dwelling."""
    done = 0
    for begin in _BEGINS.finditer(text):
        if begin.start() >= done and (home := _home(text, begin)):
            done = home.end()
            yield Found("house_number", *home.span())
    for pattern in (_DWELLS, _NEIGHBOUR):
        for match in pattern.finditer(text):
            yield Found("house_number", *match.span(1))


def _home(text: str, begin: re.Match[str]) -> re.Match[str] | None:
    for at in range(*begin.span()):
        if _CONTINUES.search(text, max(0, at - 2), at):
            continue
        if home := _HOME.match(text, at):
            return home
    return None

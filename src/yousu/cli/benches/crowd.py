"""人海: as many cases as asked, written set-based from some real ones, with texts of their own; for search alone."""

from datetime import timedelta
from random import Random

import psycopg
from psycopg.conninfo import make_conninfo

from yousu.cases import search_table
from yousu.cases.models import CaseNow
from yousu.platform import clock, database

_DAYS = 365
_READ_AT_ONCE = 5_000
# How often each stands in a text falls from the first to the last, as words do in life.
WHERE = (
    *(
        "小区",
        "路口",
        "工地",
        "学校门口",
        "菜市场",
        "公交站",
        "医院",
        "地下车库",
        "广场",
        "河边",
        "物业办公室",
        "幼儿园",
    ),
    *("农贸市场", "停车场", "楼道", "电梯里", "人行道", "天桥", "养老院", "网吧", "汽车站", "殡仪馆", "气象台", "苗圃"),
)
WHAT = (
    *("噪音扰民影响休息", "暖气不热室温不够", "拖欠工资几个月", "垃圾没有人清运", "违规停车堵住通道", "路灯坏了没有修"),
    *("自来水发黄有味道", "下水道堵塞污水外溢", "乱收费不给发票", "井盖丢失有危险", "无证摊贩占道经营", "流浪狗伤人"),
    *("公积金贷款办不下来", "教师资格审核太慢", "预付卡商家跑路", "燃气泄漏有异味", "疫苗接种预约不上", "古树被砍伐"),
)
_FROM = "市民来电反映，五四大街{street}号附近的{where}{what}，多次联系{unit}没有结果。{said}希望尽快处理，并给予答复。"
_UNITS = ("物业公司", "社区", "街道办事处", "热线", "开发商", "施工单位")
_STREETS = 300


def fill(cases: int) -> None:
    """Cases received over a year, copies of the home's own but for number, moment and words."""
    with psycopg.connect(make_conninfo(**database.conninfo()), autocommit=True) as server:
        server.execute("SET maintenance_work_mem = '512MB'")
        # One by one, a million rows would go into the tree of each key; sorted, they are written once.
        server.execute("DROP INDEX case_search_keys")
        _copy_cases(server, cases)
        _copy_search(server)
        server.execute(
            "CREATE INDEX case_search_keys ON case_search USING gin (keys) WITH (gin_pending_list_limit = 128)"
        )
        server.execute("VACUUM ANALYZE case_now, case_search")


def _copy_cases(server: "psycopg.Connection[tuple[object, ...]]", cases: int) -> None:
    names = [field.attname for field in CaseNow._meta.concrete_fields]
    kept = [name for name in names if name not in ("number", "received_at", "matter", "place")]
    server.execute("CREATE TEMPORARY TABLE said (n int, number text, received_at timestamptz, matter text, place text)")
    chance, began = Random(5), clock.now() - timedelta(days=_DAYS)
    step = timedelta(days=_DAYS) / cases
    with server.cursor().copy("COPY said FROM STDIN") as copy:
        for n in range(cases):
            street = f"五四大街{n % _STREETS + 1}号"
            copy.write_row((n, f"99{n:08d}", began + step * n, _text(chance), street))
    chosen = ", ".join(f"c.{name}" for name in kept)
    statement = f"""
        INSERT INTO case_now (number, received_at, matter, place, {", ".join(kept)})
        SELECT s.number, s.received_at, s.matter, s.place, {chosen} FROM said s
        JOIN (SELECT row_number() OVER (ORDER BY number) - 1 AS at, count(*) OVER () AS all, * FROM case_now) c
            ON c.at = s.n % c.all
    """
    server.execute(statement.encode())


def _copy_search(server: "psycopg.Connection[tuple[object, ...]]") -> None:
    facts = search_table.FACTS
    reading = psycopg.connect(make_conninfo(**database.conninfo()))
    columns = ", ".join(search_table.COLUMNS)
    with reading, reading.cursor(name="cases") as cases, server.cursor() as cursor:
        cases.itersize = _READ_AT_ONCE
        cases.execute(f"SELECT {', '.join(facts)} FROM case_now WHERE number LIKE '99%'".encode())
        with cursor.copy(f"COPY case_search ({columns}) FROM STDIN".encode()) as copy:
            for row in cases:
                copy.write_row(search_table.row(dict(zip(facts, row, strict=True))))


def _text(chance: Random) -> str:
    where, what = (words[int(len(words) * chance.random() ** 3)] for words in (WHERE, WHAT))
    # Names of shops and the like: pairs that hardly any other text has.
    said = "".join(chr(0x4E00 + int(chance.random() * 6000)) for _ in range(6))
    unit = chance.choice(_UNITS)
    return _FROM.format(street=int(chance.random() * _STREETS) + 1, where=where, what=what, unit=unit, said=said)

"""配置表: what the city's tables are made of, as data: columns, what may stand in them, how a row leaves. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# 停用: old cases name its rows; 删除: no case does; 固定: its codes are the program's.
ENDED, REMOVED, STAYS = "ended", "removed", "stays"
_LEAVING = {
    **dict.fromkeys(
        ("units", "channels", "types", "grades", "categories", "topics", "reasons", "lawful_channels"), ENDED
    ),
    **dict.fromkeys(("stages", "roles", "events", "score_sheet"), STAYS),
}
# What a newer version of Yousu brings is added to these, whatever was laid over them.
OF_THE_PROGRAM = {"stages": "code", "roles": "code", "events": "code", "reasons": "command", "notice_texts": "code"}
SETTINGS = "city.toml"
OUTLINES = "districts.geojson"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: kinds are text, code, path, number, decimal, day, yes_no, choice and ref.

    `of`: the codes of a choice; for a ref the table, and words that stand beside its codes.
    """

    name: str
    kind: str
    of: tuple[str, ...]
    is_required: bool
    is_key: bool


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table; a file without a column that is not required has nothing in it."""

    name: str
    columns: tuple[Column, ...]
    leaving: str

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return tuple(column.name for column in self.columns if column.is_key)

    def key_of(self, cells: Mapping[str, str]) -> str:
        """A row's key as one text."""
        return "|".join(cells.get(name, "") for name in self.keys)


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name."""
    columns: dict[str, list[Column]] = {}
    with (Path(__file__).parent / "tables.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns.setdefault(row["table"], []).append(
                Column(
                    name=row["column"],
                    kind=row["kind"],
                    of=tuple(row["of"].split("|")) if row["of"] else (),
                    is_required=row["required"] == "yes",
                    is_key=row["key"] == "yes",
                )
            )
    return {
        name: Table(name=name, columns=tuple(each), leaving=_LEAVING.get(name, REMOVED))
        for name, each in columns.items()
    }


def files() -> tuple[str, ...]:
    """The names of all files that make a city."""
    return (*(table.file for table in tables().values()), SETTINGS, OUTLINES)

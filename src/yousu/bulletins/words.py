"""用词: what the sentences of both languages share: names from the bulletin itself, figures with their paths."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from yousu.documents.model import Figure, Run, Runs

Json = Mapping[str, Any]


class Words:
    """The names and days of one bulletin; `lang` says in which language."""

    lang = "zh"

    def __init__(self, json: Json) -> None:
        self.json = json
        self._names = {
            part: {one["code"]: one for one in json["labels"][part]}
            for part in ("channels", "types", "topics", "units", "figures")
        }

    def city(self) -> str:
        """The city's name."""
        return str(self.json["labels"]["city"][self.lang])

    def name(self, part: str, code: str) -> str:
        """A code's name as it was when the bulletin was made."""
        return str(self._names[part][code][self.lang])

    def complaint(self, topic: str) -> str:
        """主要诉求 of a topic."""
        return str(self._names["topics"][topic][f"complaint_{self.lang}"])

    def in_order(self, counts: Mapping[str, int]) -> list[tuple[str, int]]:
        """Channels in the order of the city's list; stored JSON is sorted by its keys."""
        order = list(self._names["channels"])
        return sorted(counts.items(), key=lambda item: order.index(item[0]))

    def channels(self, part: str, *, between: str, unit: str) -> Runs:
        """Each channel of a part with its number."""
        runs: list[Run] = []
        for code, count in self.in_order(self.json[part]["by_channel"]):
            runs += [(between if runs else "") + self.name("channels", code)]
            runs += [figure(f"{part}.by_channel.{code}", count), *([unit] if unit else [])]
        return tuple(runs)

    def statement(self, code: str) -> tuple[str, Json] | None:
        """A statement with its path, if the bulletin makes it."""
        found = ((f"statements.{place}", said) for place, said in enumerate(self.json["statements"]))
        return next(((path, said) for path, said in found if said["figure"] == code), None)

    def rates(self) -> list[tuple[str, Json]]:
        """What residents said when they were called back, each with its path."""
        found = ((f"statements.{place}", said) for place, said in enumerate(self.json["statements"]))
        return [(path, said) for path, said in found if said["figure"] in self._names["figures"]]


def figure(path: str, count: int) -> Figure:
    """A printed number."""
    return Figure(path, str(count))


def listed(parts: Mapping[str, int], names: Mapping[str, str], *, between: str, unit: str = "") -> Runs:
    """Parts of handling; those that are 0 are not printed."""
    runs: list[Run] = []
    for code in (code for code in names if parts.get(code)):
        runs += [(between if runs else "") + names[code], figure(f"handling.{code}", parts[code])]
        runs += [unit] if unit else []
    return tuple(runs)


def first_day(json: Json) -> date:
    """The period's first day."""
    return datetime.fromisoformat(json["period"]["start"]).date()


def last_day(json: Json) -> date:
    """The period's last day, which is also the bulletin's."""
    return date.fromisoformat(json["id"].partition("-")[2])

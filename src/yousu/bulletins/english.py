"""英文措辞: the sentences of a bulletin in English."""

from datetime import date, datetime

from yousu.bulletins.words import Json, Words, figure, first_day, last_day, listed
from yousu.documents.model import Run, Runs

_HANDLED = {
    "direct": "answered directly: ",
    "forwarded": "forwarded to units: ",
    "transferred": "transferred to emergency numbers: ",
    "merged": "merged: ",
    "declined": "declined: ",
    "withdrawn": "withdrawn: ",
    "undecided": "undecided: ",
}
_NUMERALS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SUPERVISED = {
    "urged": "urged: ",
    "supervised": "supervised: ",
    "sent_back": "sent back by units: ",
    "extensions_asked": "extensions asked for: ",
    "parked": "parked: ",
}


class English(Words):
    """English."""

    lang = "en"
    headings = ("Accepted", "How calls were handled", "Completion", "Main topics", "Call-backs")
    supervision_heading = "Supervision"
    channels_table = ("Channel", "Appeals")
    topics_table = ("No.", "Topic", "Appeals", "Main complaint", "Concentrated at", "Units")
    between, unit = ", ", ""

    def sign(self) -> str:
        return f"{self.city()} 12345 {'Daily' if self.json['kind'] == 'daily' else 'Weekly'} Bulletin"

    def issuer(self) -> str:
        return f"{self.city()} 12345 Hotline Centre"

    def title(self) -> str:
        if self.json["kind"] == "daily":
            return f"Residents' appeals on {self.day(first_day(self.json))}"
        return f"Residents' appeals, {self.day(first_day(self.json))} to {self.day(last_day(self.json))}"

    def number(self, issue: int | None) -> str:
        return f"{last_day(self.json).year}, No. {issue}" if issue else "not numbered"

    def day(self, day: date) -> str:
        return f"{day.day} {day:%B} {day.year}"

    def moment(self, text: str) -> str:
        at = datetime.fromisoformat(text)
        return f"{self.day(at.date())}, {at:%H:%M}"

    def accepted(self) -> Runs:
        total, calls = self.json["accepted"]["total"], self.json["calls"]
        messages, others = self.json["messages"]["total"], self.json["others"]["total"]
        written = self.channels("messages", between=", ", unit="")
        elsewhere = self.channels("others", between=", ", unit="")
        return (
            figure("accepted.total", total),
            f" {_were(total, 'appeal')} accepted: ",
            figure("calls", calls),
            f" {_noun(calls, 'call')} and ",
            figure("messages.total", messages),
            f" written {_noun(messages, 'message')}",
            *((" (", *_spaced(written), ")") if messages else ()),
            *(
                (", and ", figure("others.total", others), " by other channels (", *_spaced(elsewhere), ")")
                if others
                else ()
            ),
            ".",
        )

    def compared(self) -> Runs:
        return (*self._average(), *self._change(), *self._dailies())

    def _average(self) -> Runs:
        found = self.statement("daily_average")
        if found is None:
            return ()
        path, said = found
        total = figure(f"{path}.numerator", said["numerator"])
        return (f"On average {said['value']} a day (", total, f" in {said['days']} days). ")

    def _change(self) -> Runs:
        found = self.statement("change")
        if found is None:
            return ()
        path, said = found
        before = "the day before" if self.json["kind"] == "daily" else "the week before"
        return (
            f"Against {before}: {_change_in_words(said)} (",
            figure(f"{path}.this", said["this"]),
            " after ",
            figure(f"{path}.last", said["last"]),
            ").",
        )

    def _dailies(self) -> Runs:
        found = self.statement("dailies")
        if found is None:
            return ()
        path, said = found
        apart = "there is no difference" if said["value"] == "0" else f"the difference is {said['value']}"
        dailies, weekly = figure(f"{path}.dailies", said["dailies"]), figure(f"{path}.weekly", said["weekly"])
        return (" The week's seven daily bulletins add up to ", dailies, ", the week to ", weekly, f"; {apart}.")

    def handling(self) -> Runs:
        calls = self.json["calls"]
        parts = listed(self.json["handling"], _HANDLED, between="; ")
        if not parts:
            return ("There were no calls.",)
        return ("Of ", figure("calls", calls), f" {_noun(calls, 'call')}, ", *parts, ".")

    def completion(self) -> Runs:
        done = self.json["completion"]
        if not done["denominator"]:
            return ("No appeal counts towards a completion rate.",)
        return (
            f"As of {self.moment(self.json['as_of'])}, ",
            figure("completion.numerator", done["numerator"]),
            f" {'was' if done['numerator'] == 1 else 'were'} complete: {done['percent']}% (",
            figure("completion.numerator", done["numerator"]),
            "/",
            figure("completion.denominator", done["denominator"]),
            ", ",
            figure("completion.excluded", done["excluded"]),
            " excluded); ",
            *self._rest(done),
        )

    def _rest(self, done: Json) -> Runs:
        if done["numerator"] == done["denominator"]:
            return ("none is open.",)
        if not done["unfinished_overdue"]:
            return ("all others are within their limits.",)
        late = done["unfinished_overdue"]
        number = figure("completion.unfinished_overdue", late)
        return ("of the others, ", number, f" {'is' if late == 1 else 'are'} overdue.")

    def called_back(self) -> Runs:
        made = self.json["callbacks"]
        said: list[Run] = [figure("callbacks", made), f" {_were(made, 'call-back')} made."]
        rates = self.rates()
        for place, (path, rate) in enumerate(rates):
            said += [
                f" {self.name('figures', rate['figure']).capitalize()}: {rate['value']}% (",
                figure(f"{path}.numerator", rate["numerator"]),
                "/",
                figure(f"{path}.of", rate["of"]),
                ")" + ("." if place == len(rates) - 1 else ";"),
            ]
        return tuple(said)

    def supervised(self) -> Runs:
        done = self.json["supervision"]
        said: list[Run] = []
        for name, words in _SUPERVISED.items():
            said += [("; " if said else "Appeals ") + words, figure(f"supervision.{name}", done[name])]
        return (*said, ".")

    def place(self, place: Json) -> str:
        return str(place["text"]) if place["is_named"] else "the same place"

    def no_place(self) -> str:
        return "none"

    def notes(self) -> tuple[str, ...]:
        done = self.json["completion"]
        rounding = "rounded half up" if done["rounding"] == "half_up" else "cut off"
        digits = (
            f"to {_NUMERALS[done['digits']]} {_noun(done['digits'], 'digit')}" if done["digits"] else "to whole numbers"
        )
        return (
            "Written messages are no part of the split of calls; call-backs count by their own day.",
            f"As known at {self.moment(self.json['as_of'])}; percentages {rounding} {digits}; "
            f"definitions {self.json['definitions']}.",
        )

    def no_topics(self) -> str:
        return "No appeal of the period belongs to a topic."


def _noun(count: int, word: str) -> str:
    return word if count == 1 else f"{word}s"


def _were(count: int, word: str) -> str:
    return f"{_noun(count, word)} {'was' if count == 1 else 'were'}"


def _spaced(channels: Runs) -> Runs:
    return tuple(f"{run} " if isinstance(run, str) else run for run in channels)


def _change_in_words(said: Json) -> str:
    if said["value"] is None:
        return "–"
    if said["this"] == said["last"]:
        return "no change"
    return f"{said['value'].removeprefix('-')}% {'more' if said['this'] > said['last'] else 'fewer'}"

"""配置表单: a form made from the description of a table's columns; what is typed becomes cells."""

from collections.abc import Callable, Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yousu.cases.rules import FieldWrong
from yousu.desk import configuration_words as words
from yousu.desk import forms, labels
from yousu.desk.forms import Asked, Choices, Field, Refused
from yousu.org.city import Label, city
from yousu.org.offering import offered
from yousu.org.tables import Column, Table

_AREAS = frozenset({"when", "zh", "en", "main_complaint_zh", "main_complaint_en"})
_KINDS = {"number": "number", "day": "day", "yes_no": "yes_no", "choice": "choice"}
NOTE = Field(name="note", label=_("为什么改"), hint=_("文件号、会议纪要等；与改动一起留下"))


def fields(table: Table, *, is_new: bool) -> list[Field]:
    """What is asked: everything for a new row; the key of a standing one stays."""
    return [_field(table, column) for column in table.columns if is_new or not column.is_key]


def cells(table: Table, data: QueryDict, *, is_new: bool) -> tuple[dict[str, str], Refused]:
    """What was typed as cells. Codes are checked with the whole city, not here."""
    found: dict[str, str] = {}
    refused = Refused()
    for column in table.columns:
        if is_new or not column.is_key:
            try:
                found[column.name] = code_of(column, " ".join(forms.line(data, column.name).split()))
            except FieldWrong as wrong:
                refused.add(wrong)
    return found, refused


def typed(table: Table, line: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """A row as its form shows it."""
    return {column.name: (_typed(column, line.get(column.name, "")), "") for column in table.columns}


def shown(column: Column, word: str) -> str:
    """A cell as people read it."""
    if not word:
        return ""
    if column.kind in ("choice", "yes_no"):
        return labels.word(words.CODES, word)
    if column.kind == "ref":
        return str(words.OF_ROUTING[word]) if word in column.of[1:] else labels.named(_labels(column), word)
    return word


def code_of(column: Column, typed: str) -> str:
    """The code behind a name; what names nothing, or several, stands for itself and is refused later."""
    if column.kind != "ref" or not typed:
        return typed
    for code in column.of[1:]:
        if typed in (code, str(words.OF_ROUTING[code])):
            return code
    known = _labels(column)
    found = [code for code, label in known.items() if typed in (label.name_zh, label.name_en)]
    return typed if typed in known or len(found) != 1 else found[0]


def asked(
    each: Sequence[Field], *, data: QueryDict | None, refused: Refused | None, proposed: Mapping[str, tuple[str, str]]
) -> list[Asked]:
    """The questions, and at the end why."""
    return forms.asked([*each, NOTE], data=data, refused=refused, proposed=proposed)


def _field(table: Table, column: Column) -> Field:
    kind = _KINDS.get(column.kind, "area" if column.name in _AREAS else "line")
    choices: Callable[[], Choices] = tuple
    if column.kind == "choice":
        choices = _words(column)
    if column.kind == "ref":
        kind, choices = _reference(column)
    return Field(
        name=column.name,
        label=words.column_name(table.name, column.name),
        kind=kind,
        choices=choices,
        is_required=column.is_required,
        hint=words.HINTS.get(column.name),
    )


def _reference(column: Column) -> tuple[str, Callable[[], Choices]]:
    if column.of[0] in ("units", "categories"):
        return ("unit" if column.of[0] == "units" else "category"), tuple
    return "choice", lambda: [(code, one.name(labels.language())) for code, one in offered(_labels(column)).items()]


def _words(column: Column) -> Callable[[], Choices]:
    return lambda: [(code, labels.word(words.CODES, code)) for code in column.of]


def _labels(column: Column) -> Mapping[str, Label]:
    known = city()
    if column.of[0] == "notice_texts":
        return _notice_texts()
    return getattr(known, column.of[0])  # type: ignore[no-any-return]  # every other table is an attribute of its name


def _notice_texts() -> Mapping[str, Label]:
    from yousu.notices import catalogue

    return {code: Label(code=code, name_zh=text.zh, name_en=text.en) for code, text in catalogue.texts().items()}


def _typed(column: Column, word: str) -> str:
    if column.kind == "ref" and column.of[0] in ("units", "categories"):
        return shown(column, word) if column.of[0] == "units" else word
    return word

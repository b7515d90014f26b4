"""一行一诉求: a row's values become what was said, or the first field that is wrong and why."""

import re
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from yousu.appeals.recording import Said
from yousu.cases.rules import FieldWrong
from yousu.intake.files.moments import moment
from yousu.ledger.persons import PhoneWrong, normalised_phone
from yousu.org.city import Label, city, per_city

# As the API takes them.
LONGEST: Mapping[str, int] = {
    "external_id": 200,
    "title": 200,
    "type": 200,
    "category": 200,
    "place": 2000,
    "name": 200,
    "phone": 40,
}
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_AMBIGUOUS = ""


def external_id(values: Mapping[str, object]) -> str | None:
    """The row's own id, if it has one. Raises FieldWrong."""
    return _text(values, "external_id").strip() or None


def said(values: Mapping[str, object], *, channel: str, zone: tzinfo) -> Said:
    """What the row says. Raises FieldWrong."""
    return Said(
        channel=channel,
        text=_text(values, "text"),
        title=_text(values, "title"),
        type=_code(values, "type", _types()),
        category=_code(values, "category", _categories()),
        place=_text(values, "place"),
        name=_text(values, "name").strip(),
        phone=_phone(values),
        occurred_at=moment(values.get("occurred_at"), field="occurred_at", zone=zone),
        closed_at=moment(values.get("closed_at"), field="closed_at", zone=zone),
        from_file=True,
    )


def _text(values: Mapping[str, object], field: str) -> str:
    value = values.get(field)
    text = value if isinstance(value, str) else _written(value, field)
    found = _UNSTORABLE.search(text)
    if found is not None:
        raise FieldWrong(field, "nul_character" if found[0] == "\x00" else "lone_surrogate")
    if len(text) > LONGEST.get(field, len(text)):
        raise FieldWrong(field, "too_long")
    return text


def _written(value: object, field: str) -> str:
    if value is None:
        return ""
    # Spreadsheets keep numbers of calls and telephones as floats.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        raise FieldWrong(field, "not_text")
    return str(value)


def _phone(values: Mapping[str, object]) -> str | None:
    written = _text(values, "phone").strip()
    try:
        return normalised_phone(written) if written else None
    except PhoneWrong:
        raise FieldWrong("phone", "not_a_phone") from None


def _code(values: Mapping[str, object], field: str, codes: Mapping[str, str]) -> str | None:
    written = _text(values, field).strip()
    if not written:
        return None
    code = codes.get(written) or codes.get(written.lower())
    if code is None:
        raise FieldWrong(field, f"ambiguous_{field}" if written.lower() in codes else f"unknown_{field}")
    return code


@per_city
def _types() -> Mapping[str, str]:
    return _by_names(city().types.values())


@per_city
def _categories() -> Mapping[str, str]:
    return _by_names(city().categories.values())


def _by_names(labels: Iterable[Label]) -> Mapping[str, str]:
    """Codes by their Chinese and English names; a name of several is marked, and a code always means itself."""
    known = list(labels)
    codes: dict[str, str] = {}
    for label in known:
        for name in {label.name_zh, label.name_en.lower()}:
            codes[name] = label.code if codes.get(name, label.code) == label.code else _AMBIGUOUS
    return codes | {label.code: label.code for label in known}

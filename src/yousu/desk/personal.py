"""识别: what was typed into the box may be somebody's number, which belongs into no address and no log."""

import re
import unicodedata
from dataclasses import dataclass

from yousu.ledger import persons
from yousu.understanding import redaction

# Shorter ones are room numbers, short lines and years.
_SHORTEST_PHONE, _FOUR = 7, 4
# As long as a mobile phone's or an identity card's, if mistyped: no word of a text.
_LONG_NUMBER = re.compile(r"[0-9]{11}")
_PERSONAL = frozenset({"phone", "id_card", "bank_card", "email", "wechat"})


@dataclass(frozen=True)
class Personal:
    """What was typed is personal: how to look it up, or `by` is empty where nothing is kept that it could find."""

    by: str
    value: str = ""


def found_in(typed: str, *, with_four: bool) -> Personal | None:
    """The personal thing in what was typed; four digits alone are a phone's last ones if `with_four`."""
    phone = _phone(typed)
    if phone is not None:
        return Personal("phone", phone)
    if with_four and len(typed) == _FOUR and typed.isascii() and typed.isdecimal():
        return Personal("last4", typed)
    kinds = {found.kind: typed[found.start : found.end] for found in redaction.redact(typed) if found.kind in _PERSONAL}
    if "phone" in kinds and (inside := _phone(kinds["phone"])):
        return Personal("phone", inside)
    is_long = _LONG_NUMBER.search(unicodedata.normalize("NFKC", typed)) is not None
    return Personal("") if kinds or is_long else None


def _phone(typed: str) -> str | None:
    try:
        digits = persons.normalised_phone(typed)
    except persons.PhoneWrong:
        return None
    return digits if len(digits) >= _SHORTEST_PHONE else None

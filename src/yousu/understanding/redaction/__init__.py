"""脱敏: finds personal data in words and takes it out."""

import re

from yousu.understanding.redaction.addresses import house_numbers
from yousu.understanding.redaction.contacts import emails, phones, wechat_ids
from yousu.understanding.redaction.names import person_names
from yousu.understanding.redaction.numbers import bank_cards, id_cards, plates
from yousu.understanding.redaction.spans import Found, narrowed

__all__ = ["Found", "redact", "taken_out"]

_MARKS = {
    "phone": "〔电话〕",
    "id_card": "〔证件号〕",
    "bank_card": "〔银行卡〕",
    "plate": "〔车牌〕",
    "email": "〔邮箱〕",
    "wechat": "〔微信〕",
    "name": "〔姓名〕",
    "house_number": "〔门牌〕",
}
# Seven digits after each other, with or without separators: without them there is no number to find.
_LONG_NUMBER = re.compile(r"[0-9](?:[ .·()-]{0,2}[0-9]){6}")


def redact(text: str) -> tuple[Found, ...]:
    """What was found, in order, without overlaps."""
    plain = narrowed(text)
    # The most certain first: where two overlap, the earlier keeps the place.
    numbers = (id_cards, bank_cards, phones) if _LONG_NUMBER.search(plain) else ()
    covered = bytearray(len(text))
    kept: list[Found] = []
    for rule in (emails, wechat_ids, *numbers, plates, house_numbers, person_names):
        for found in rule(plain):
            if not any(covered[found.start : found.end]):
                covered[found.start : found.end] = b"\x01" * (found.end - found.start)
                kept.append(found)
    return tuple(sorted(kept, key=lambda found: found.start))


def taken_out(text: str) -> str:
    """The text with every found span replaced by a mark that names its kind; taken out twice it stays the same."""
    # What stood in the way of a span may go with its neighbour: only a text without findings is done.
    while found := redact(text):
        text = _replaced(text, found)
    return text


def _replaced(text: str, spans: tuple[Found, ...]) -> str:
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], _MARKS[span.kind])
        at = span.end
    return "".join((*parts, text[at:]))

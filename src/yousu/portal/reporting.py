"""反映: a resident's form to what a channel delivers. Reads and checks the form; recording decides the rest."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from yousu.appeals.recording import Said
from yousu.cases.commands import tidy
from yousu.cases.rules import FieldWrong
from yousu.intake.arrivals import Delivery, receipt_secret_of
from yousu.ledger import persons

CHANNEL = "city_portal"
FIELDS = ("text", "type", "place", "lat", "lon", "call_back", "phone", "name", "confidential", "form", "support_phone")
MOST_PHOTOS = 3
# What the form calls its fields, for the list of what must be corrected.
LABELS = {
    "text": _("什么事"),
    "type": _("类型"),
    "photo": _("照片"),
    "place": _("地点"),
    "lat": _("纬度"),
    "lon": _("经度"),
    "phone": _("电话"),
    "name": _("怎么称呼您"),
    "support_phone": _("附议人的电话"),
}
LONGEST = {"text": 5_000, "place": 200, "name": 60}
_FORM_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(kw_only=True)
class Report:
    """What was typed, the photos, and why by field it cannot be taken."""

    typed: Mapping[str, str]
    photos: Sequence[UploadedFile] = ()
    errors: dict[str, str] = field(default_factory=dict)

    def delivery(self) -> Delivery | None:
        """The delivery; None when a field is wrong."""
        said = Said(
            channel=CHANNEL,
            text=self._words("text", is_required=True),
            type=self.typed["type"] or None,
            place=self._words("place"),
            lon=self._degrees("lon", 180),
            lat=self._degrees("lat", 90),
            name=self._words("name"),
            phone=self.phone(),
            confidential=self.typed["confidential"] == "yes",
        )
        # 经纬度 are one fact: half a point is none.
        if (said.lon is None) is not (said.lat is None):
            self.errors.setdefault("lon" if said.lon is None else "lat", "required")
        if len(self.photos) > MOST_PHOTOS:
            self.errors["photo"] = "too_many"
        key = self.typed["form"]
        return None if self.errors else Delivery(
            said=said, idempotency_key=key, receipt_secret=receipt_secret_of(key)
        )  # fmt: skip

    def refuse(self, wrong: FieldWrong) -> None:
        """Notes a refusal."""
        self.errors["photo" if wrong.field == "file" else wrong.field] = wrong.why

    def phone(self) -> str | None:
        """The phone, where a call is wanted."""
        if self.typed["call_back"] != "yes":
            return None
        if not tidy(self.typed["phone"]):
            self.errors["phone"] = "required"
            return None
        return self._phone("phone")

    def supporter_phone(self) -> str | None:
        """The phone of who joins another's appeal: the one that was left for a call, or one left for this alone."""
        if self.typed["call_back"] == "yes":
            return self.phone()
        return self._phone("support_phone") if tidy(self.typed["support_phone"]) else None

    def renewed(self) -> "Report":
        """The same words in a form of its own, to be sent as another report."""
        return Report(typed={**self.typed, "form": secrets.token_hex(16)})

    def _phone(self, name: str) -> str | None:
        try:
            return persons.normalised_phone(self.typed[name])
        except persons.PhoneWrong:
            self.errors[name] = "not_a_phone"
            return None

    def _words(self, name: str, *, is_required: bool = False) -> str:
        words = tidy(self.typed[name])
        if "\x00" in words:
            self.errors[name] = "unreadable"
        elif len(words) > LONGEST[name]:
            self.errors[name] = "too_long"
        elif is_required and not words:
            self.errors[name] = "required"
        return words

    def _degrees(self, name: str, most: int) -> float | None:
        words = tidy(self.typed[name])
        if not words:
            return None
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,12})?", words, flags=re.ASCII) or abs(float(words)) > most:
            self.errors[name] = "not_a_number"
            return None
        return float(words)


def empty() -> Report:
    """A form nobody has typed into, with its one-time key."""
    return Report(typed=dict.fromkeys(FIELDS, "")).renewed()


def typed(data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> Report:
    """A form as it was sent."""
    report = Report(typed={name: data.get(name, "") for name in FIELDS}, photos=files.getlist("photo"))
    if not _FORM_KEY.fullmatch(report.typed["form"]):
        return Report(typed=report.renewed().typed, photos=report.photos)
    return report

"""答案的形状: what the API answers, as OpenAPI describes it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field


class Wrong(BaseModel):
    """A wrong field and why; `kinds` of personal data come with `personal_data`."""

    field: str
    why: str
    kinds: list[str] | None = None


class Problem(BaseModel):
    """RFC 9457. `possible`, `why`, `stage` come with 409, `version` with 412, `errors` with 422.

    `figure` names the number whose list is broken.
    """

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] | None = None
    possible: list[str] | None = None
    why: str | None = None
    stage: str | None = None
    version: int | None = None
    figure: str | None = None


class Due(BaseModel):
    """办理时限."""

    at: datetime
    provisional: bool
    grade: str


class CoUnit(BaseModel):
    """协办单位 with its own part."""

    unit: str
    stage: str
    due: Due | None


class Spot(BaseModel):
    """地点: the words without personal data, the district, and the pin if one was given."""

    text: str | None
    district: str | None
    lon: float | None
    lat: float | None
    outside_city: bool


class Counts(BaseModel):
    """件次: calls and people, send-backs, second handlings."""

    calls: int
    people: int
    sent_back: int
    second_handling: int


class Case(BaseModel):
    """An appeal; `matter` is its text with personal data taken out (null when erased)."""

    number: str
    version: int
    kind: Literal["appeal"]
    stage: str
    type: str | None
    category: str | None
    channel: str | None
    matter: str | None
    place: Spot | None
    received_at: datetime
    due: Due | None
    lead_unit: str | None
    co_units: list[CoUnit]
    head: str | None
    counts: Counts
    allowed: list[str]


class ExifPlace(BaseModel):
    """Where a picture says it was taken (WGS-84): a proposal for the case's pin."""

    lon: float
    lat: float


class Attachment(BaseModel):
    """附件. `name` as it was sent, for those who may see original words; `exif_place` while the case has no pin."""

    id: str
    media_type: str
    size: int
    attached_at: datetime
    by: str
    name: str | None
    exif_place: ExifPlace | None


class Recorded(Case):
    """A new appeal; the receipt's secret is shown this once."""

    receipt_secret: str


class Unmasked(Case):
    """The case with the asked fields in clear; null: never given, or erased."""

    unmasked: dict[str, str | None]


class Cases(BaseModel):
    """A page of appeals, newest first; `next` is the cursor of the following page."""

    appeals: list[Case]
    next: str | None


class Event(BaseModel):
    """事件: `data` is the very text that was hashed, `hash` hexadecimal."""

    seq: int
    kind: str
    shape: int
    occurred_at: str
    recorded_at: str
    actor: str
    data: str
    hash: str


class History(BaseModel):
    """A case's events with what stands before the first, so that the chain can be computed again."""

    stream: str
    first_previous: str
    events: list[Event]


class Erased(BaseModel):
    """How many texts went; 0 when the person was erased before."""

    person_id: str
    texts: int


class FigureEntry(BaseModel):
    """指标定义."""

    figure: str
    version: str
    name_zh: str
    name_en: str
    unit: str
    sentence: str
    sentence_en: str


class FigureList(BaseModel):
    """指标目录."""

    figures: list[FigureEntry]


class FigureAnswer(BaseModel):
    """指标. `by` has one object per row of the breakdown: its dimensions and the same numbers.

    The numerator of a weighted figure is the weighted sum; `parts` says how many are in each of its sets.
    """

    figure: str
    version: str
    from_: str = Field(alias="from")
    to: str
    as_of: datetime
    numerator: int | float
    denominator: int | None
    excluded: int
    value: str | int | None
    parts: dict[str, int] | None = None
    by: list[dict[str, str | int | float | dict[str, int] | None]]


class Numbers(BaseModel):
    """The case numbers that a printed number counts."""

    figure: str
    numbers: list[str]


class BulletinStep(BaseModel):
    """How far a bulletin is."""

    id: str
    stage: str
    version: int
    issue_number: int
    as_of: datetime
    holds: bool
    frozen_at: datetime | None
    published_at: datetime | None
    seal: int | None


class SealEntry(BaseModel):
    """封存."""

    number: int
    position: int
    merkle: str
    root: str
    sealed_at: datetime


class SealList(BaseModel):
    """Every seal, and the installation's id with which every chain begins."""

    installation: str
    seals: list[SealEntry]

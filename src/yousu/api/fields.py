"""字段类型: what a field of a body may be. Strict: a number is no text, and `"yes"` is no truth value."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from yousu.appeals.commands import REFERENCE


def _written(value: Any) -> Any:
    # Numbers would be taken for seconds since 1970.
    if not isinstance(value, str) or "-" not in value[1:]:
        raise PydanticCustomError("not_a_moment", "a moment is text in ISO 8601")
    return value


def _moment_or_day(value: Any) -> datetime | date:
    try:
        given = date.fromisoformat(value) if len(value) == len("2024-01-31") else datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("not_a_moment", "a moment or a day is text in ISO 8601") from error
    if isinstance(given, datetime) and given.tzinfo is None:
        raise PydanticCustomError("offset_missing", "a moment carries an offset")
    return given


def _day(value: Any) -> date:
    # 20240131 and 2024-W05-3 are days, too, for Python.
    try:
        if len(value) != len("2024-01-31"):
            raise ValueError(value)
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("not_a_day", "a day is text: 2024-01-31") from error


Code = Annotated[str, Field(min_length=1, max_length=200)]
Short = Annotated[str, Field(max_length=200)]
# As an event keeps it for ever: no words about people.
Reference = Annotated[str, Field(pattern=f"^{REFERENCE}$")]
Words = Annotated[str, Field(min_length=1)]
Purpose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Truth = Annotated[bool, Strict()]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
MomentOrDay = Annotated[
    datetime | date,
    PlainValidator(_moment_or_day),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}),
]
Day = Annotated[date, PlainValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Longitude = Annotated[float, Strict(), Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Strict(), Field(ge=-90, le=90, allow_inf_nan=False)]


class Body(BaseModel):
    """A body or a part of one: what it does not name is refused, so that no misspelt field is lost in silence."""

    model_config = ConfigDict(extra="forbid")

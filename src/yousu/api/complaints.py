"""字段错误: what validation found, as field and stable reason."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Reasons by pydantic's kinds of error; a kind that is not here is `invalid`.
_WHY: Mapping[str, str] = {
    "missing": "required",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_long",
    "extra_forbidden": "unknown_field",
    "string_type": "not_text",
    "bool_type": "not_boolean",
    "bool_parsing": "not_boolean",
    "int_type": "not_a_number",
    "int_parsing": "not_a_number",
    "int_parsing_size": "out_of_range",
    "float_type": "not_a_number",
    "finite_number": "not_finite",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "literal_error": "unknown_code",
    "list_type": "not_a_list",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
    "timezone_aware": "offset_missing",
    "datetime_type": "not_a_moment",
    "datetime_parsing": "not_a_moment",
    "datetime_from_date_parsing": "not_a_moment",
    "datetime_object_invalid": "not_a_moment",
    "uuid_parsing": "malformed",
    "uuid_type": "malformed",
    "string_pattern_mismatch": "malformed",
}
# Reasons of our own validators keep their code.
_OWN = frozenset({"not_a_moment", "offset_missing", "out_of_range", "pair_missing"})


def complaints(errors: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """One entry for each field and reason."""
    known: set[tuple[str, str]] = set()
    for error in errors:
        kind = str(error["type"])
        entry = (_field(error["loc"]), kind if kind in _OWN else _WHY.get(kind, "invalid"))
        if entry not in known:
            known.add(entry)
            yield {"field": entry[0], "why": entry[1]}


def _field(place: tuple[Any, ...]) -> str:
    # ninja puts the source first ("body", "query", "path") and then the name of its own parameter.
    source, *path = place
    named = path[1:] if source in ("body", "query") and path[:1] in (["body"], ["filters"]) else path
    return ".".join(str(part)[:200] for part in named) or str(source)

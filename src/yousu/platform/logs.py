"""日志: one JSON object a line, with the fields a record names and nothing of a request's content."""

import json
import logging
from datetime import UTC, datetime

# Set by whoever logs through `extra`; anything else never reaches the line.
FIELDS = ("request_id", "method", "route", "status", "took_ms", "actor", "stream", "seq", "job", "count", "pid")


class JsonLines(logging.Formatter):
    """Formats records as JSON; exceptions by type and place only, because their text may hold personal data."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("yousu") else record.msg,
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            line["where"] = _places(record)
        return json.dumps(line, ensure_ascii=False, default=str)


def _places(record: logging.LogRecord) -> list[str]:
    places: list[str] = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-6:]

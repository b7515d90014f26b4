"""消息: what a stream of server-sent events carries, as bytes."""

import json

# A comment, which pages never see: whatever stands between must not take the silence for an end.
BEAT = b":\n\n"
# Milliseconds after which a browser by itself comes again.
AGAIN = b"retry: 3000\n\n"


def event(name: str, data: object, *, position: int | None = None) -> bytes:
    """One event; with its position, from which a page that comes again wants to go on."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    place = "" if position is None else f"id: {position}\n"
    return f"{place}event: {name}\ndata: {written}\n\n".encode()

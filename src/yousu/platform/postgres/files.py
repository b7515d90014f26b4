"""Files of the database's folder: opened or made so that the folder's owner can always use them."""

import os
from pathlib import Path


def opened(file: Path, flags: int) -> int:
    """A descriptor of the file, made (0600) when it is missing. Never follows a link, is not inherited by children."""
    descriptor = os.open(file, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    folder = file.parent.stat()
    # Root visiting another user's home must not leave files there that its owner cannot open.
    if os.geteuid() == 0 and os.fstat(descriptor).st_uid != folder.st_uid:
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def last_lines(file: Path, *, since: int = 0, lines: int = 8) -> str:
    """The last lines of a log from a byte offset on, joined into one line."""
    if not file.exists():
        return ""
    with file.open("rb") as log:
        log.seek(max(since, file.stat().st_size - 16_384))
        text = log.read().decode(errors="replace")
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-lines:])


def shorten(file: Path, *, above_bytes: int) -> None:
    """Keeps a log that has grown too long as `<name>.1` and goes on with an empty one."""
    if file.exists() and file.stat().st_size > above_bytes:
        kept = file.with_name(f"{file.name}.1")
        kept.unlink(missing_ok=True)
        # Copied, not renamed: the server goes on writing to the file it has open.
        with os.fdopen(opened(kept, os.O_WRONLY), "wb") as target:
            target.write(file.read_bytes())
        os.truncate(file, 0)

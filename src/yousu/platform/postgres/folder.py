"""数据库文件夹: what lies in HOME/postgres, and the short place for the socket when the home's path will not do."""

import json
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from yousu.platform.postgres.account import Account
from yousu.platform.postgres.errors import PostgresFailed

PORT = 5432
# A socket's path may have 107 bytes; "/run/.s.PGSQL.5432" takes 18 of them.
_LONGEST_PLACE = 89
# libpq and the server split lists of hosts at commas; other signs would need quoting in three different ways.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+-]+")


@dataclass(frozen=True)
class Folder:
    """HOME/postgres. Made by `ensured`; everything in it has one writer, the keeper."""

    path: Path

    @property
    def data(self) -> Path:
        """The cluster itself; owned by the account."""
        return self.path / "data"

    @property
    def users_lock(self) -> Path:
        """Shared by every process that uses the server."""
        return self.path / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held alone by the keeper for its whole life."""
        return self.path / "keeper.lock"

    @property
    def start_lock(self) -> Path:
        """Held alone by whoever is starting a keeper."""
        return self.path / "start.lock"

    @property
    def keeper_log(self) -> Path:
        """What the keeper did."""
        return self.path / "keeper.log"

    @property
    def server_log(self) -> Path:
        """What PostgreSQL reported."""
        return self.path / "server.log"

    def sockets(self) -> Path | None:
        """The folder of the server's socket as the keeper recorded it; None before the first start."""
        place = self._recorded_place()
        return place / "run" if place else None

    def claim_place(self, account: Account) -> Path:
        """Finds and records the folder for the socket: this one, or a short one elsewhere the account can enter."""
        place = self.path if self._fits(account) else self._outside_place(account)
        self._record(place)
        run = place / "run"
        run.mkdir(exist_ok=True)
        run.chmod(0o700)
        account.own(run)
        return place

    def drop_place(self, place: Path) -> None:
        """Removes a place outside the home; the record stays, so that the next start takes the same name."""
        if place != self.path and _is_ours(place):
            shutil.rmtree(place, ignore_errors=True)

    def _fits(self, account: Account) -> bool:
        short = len(os.fsencode(self.path)) <= _LONGEST_PLACE
        return short and bool(_PLAIN_PATH.fullmatch(str(self.path))) and account.can_enter(self.path)

    def _outside_place(self, account: Account) -> Path:
        recorded = self._recorded_place()
        if recorded and recorded != self.path and _made_again(recorded):
            place = recorded
        else:
            # Not TMPDIR: it may be as long or as private as the home.
            place = Path(tempfile.mkdtemp(prefix="yousu-", dir="/tmp"))
        place.chmod(0o711 if account.drops else 0o700)
        return place

    def _recorded_place(self) -> Path | None:
        try:
            record = json.loads((self.path / "place.json").read_text())
        except (FileNotFoundError, ValueError):
            return None
        # A copied or moved home must not reach for the server of the one it came from.
        return Path(record["place"]) if record["folder"] == str(self.path) else None

    def _record(self, place: Path) -> None:
        new = self.path / ".place.json"
        new.unlink(missing_ok=True)
        new.write_text(json.dumps({"folder": str(self.path), "place": str(place)}))
        new.replace(self.path / "place.json")


def ensured(home: Path) -> Folder:
    """The database's folder in a home, made if need be. Raises PostgresFailed where it cannot be made."""
    path = home.resolve() / "postgres"
    try:
        path.mkdir(parents=True, exist_ok=True)
        if path.stat().st_uid == os.geteuid():
            # Under root the account must pass through to its data; nobody may look around.
            path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    except OSError as error:
        raise PostgresFailed(f"the folder {path} cannot be made: {error.strerror}") from error
    return Folder(path)


def _made_again(place: Path) -> bool:
    try:
        place.mkdir(mode=0o700)
    except FileExistsError:
        return _is_ours(place)
    except OSError:
        return False
    return True


def _is_ours(place: Path) -> bool:
    # In /tmp anybody may have taken the name since, also by a link.
    try:
        found = place.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()

"""集群: a home's data folder, made once with initdb: locale, settings, who may connect, roles, database."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from yousu.platform.postgres import program
from yousu.platform.postgres.account import Account, account_for
from yousu.platform.postgres.errors import PostgresFailed
from yousu.platform.postgres.folder import Folder

OWNER = "yousu"
DATABASE = "yousu"
WEB_ROLE = "yousu_web"

# The server changes into its data folder by this name, which needs no right on the folders above it:
# a home under a 0700 folder works although the account could never enter it by its path.
HERE = "/proc/self/cwd"

# Under LC_CTYPE=C pg_trgm silently finds no Chinese trigrams; this locale is the same on every machine.
_LOCALE = (
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    "--lc-ctype=C.UTF-8",
    "--text-search-config=simple",
)

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # For two cores and one to two gigabytes; a larger machine sets more with ALTER SYSTEM.
    "shared_buffers": "256MB",
    "effective_cache_size": "768MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_parallel_workers": "2",
    "max_parallel_workers_per_gather": "1",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "wal_level": "replica",
    "wal_compression": "pglz",
    "summarize_wal": "on",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    # Statements and the values in error details can hold personal data, which no log may keep.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}

_ROLES = f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE REPLICATION;
CREATE ROLE {WEB_ROLE} NOLOGIN;
GRANT {WEB_ROLE} TO {OWNER} WITH ADMIN OPTION;
GRANT pg_monitor TO {OWNER};
CREATE DATABASE {DATABASE} OWNER {OWNER};
"""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A data folder that exists, and all that is needed to run a server on it."""

    folder: Folder
    account: Account
    bin: Path
    sockets: Path

    @property
    def place(self) -> Path:
        """Where the socket's folder lies: the home's own or a short one outside."""
        return self.sockets.parent

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder.data


def ready(folder: Folder) -> Cluster:
    """The home's cluster; the first time it is made. Raises PostgresFailed. Only the keeper may call this."""
    account = account_for(folder.data)
    place = folder.claim_place(account)
    try:
        binaries = program.bin_for(account, place=place)
        if not folder.data.exists():
            _make(folder.data, account, binaries)
    except (PostgresFailed, OSError):
        folder.drop_place(place)
        raise
    return Cluster(folder=folder, account=account, bin=binaries, sockets=place / "run")


def _make(data: Path, account: Account, binaries: Path) -> None:
    # Made under another name: an interrupted first start leaves no half cluster behind.
    unfinished = data.with_name("data.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    account.own(unfinished)
    _initdb(unfinished, account, binaries)
    _write(unfinished / "pg_hba.conf", "local all all peer map=yousu\nlocal replication all peer map=yousu\n")
    # Whoever may become the account, or is it, may connect as any role; nobody else can.
    _write(unfinished / "pg_ident.conf", "".join(f"yousu {name} all\n" for name in sorted({"root", account.name})))
    _create_roles(unfinished, account, binaries)
    unfinished.rename(data)


def _initdb(data: Path, account: Account, binaries: Path) -> None:
    settings: list[str | Path] = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    access = ("--auth-local=peer", "--auth-host=scram-sha-256", "--username=postgres", "--data-checksums")
    code, output = account.run(
        [binaries / "initdb", "-D", HERE, *_LOCALE, *access, "--no-instructions", *settings], cwd=data
    )
    if code:
        raise PostgresFailed(f"initdb failed: {_one_line(output)}")


def _create_roles(data: Path, account: Account, binaries: Path) -> None:
    command: list[str | Path] = [binaries / "postgres", "--single", "-j", "-D", HERE, "postgres"]
    # With -j a statement ends at an empty line, and each runs by itself: CREATE DATABASE needs that.
    code, output = account.run(command, cwd=data, stdin=_ROLES.replace(";\n", ";\n\n"))
    if code or "ERROR:" in output:
        raise PostgresFailed(f"roles and database could not be made: {_one_line(output)}")


def _write(file: Path, text: str) -> None:
    # initdb made the file, so it keeps its owner and rights.
    descriptor = os.open(file, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "w") as target:
        target.write(text)


def _one_line(output: str) -> str:
    return " | ".join([line.strip() for line in output.splitlines() if line.strip()][-6:])

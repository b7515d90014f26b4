"""密钥: the master key in a file, and what is derived from it: sealed texts, look-up digests, wrapped keys."""

import hmac
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yousu.platform import environment

_KEY_BYTES = 32
_NONCE_BYTES = 12


class KeyFileWrong(RuntimeError):
    """The key file is missing where data already needs it, or does not hold a key."""


class SealBroken(ValueError):
    """A sealed value was changed, or belongs to another key or place."""


def key_file() -> Path:
    """YOUSU_KEY_FILE, or keys/master.key in YOUSU_HOME."""
    named = environment.text("YOUSU_KEY_FILE")
    return Path(named).expanduser().resolve() if named else environment.home() / "keys" / "master.key"


def ensure_key_file() -> None:
    """Makes the master key when there is none yet: a new home's first start."""
    file = key_file()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(file, secrets.token_bytes(_KEY_BYTES))


def require_key() -> None:
    """Raises KeyFileWrong when there is no master key, or none that can be one."""
    _master()


def session_key() -> str:
    """YOUSU_SECRET_KEY, or one made once and kept beside the master key."""
    named = environment.text("YOUSU_SECRET_KEY")
    if named:
        return named
    file = key_file().parent / "session.key"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_once(file, secrets.token_hex(_KEY_BYTES).encode())
    return file.read_text()


def seal(value: bytes, *, purpose: bytes) -> bytes:
    """Encrypts with AES-256-GCM; `purpose` names the place it belongs to and must be given again to open it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, value, purpose)


def open_sealed(sealed: bytes, *, purpose: bytes) -> bytes:
    """The value behind `seal`. Raises SealBroken."""
    try:
        return _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose)
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"a sealed value for {purpose.decode(errors='replace')} cannot be opened") from error


def seal_under(key: bytes, value: bytes, *, purpose: bytes) -> bytes:
    """Like `seal`, under a key of its own (a person's)."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, value, purpose)


def open_under(key: bytes, sealed: bytes, *, purpose: bytes) -> bytes:
    """The value behind `seal_under`. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], purpose)
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"a sealed value for {purpose.decode(errors='replace')} cannot be opened") from error


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(_KEY_BYTES)


def lookup(kind: str, value: str) -> bytes:
    """HMAC-SHA256 by which an exact value is found again without being readable. `kind` keeps fields apart."""
    return hmac.digest(_derived(b"lookup"), f"{kind}\0{value}".encode(), "sha256")


@cache
def _cipher() -> AESGCM:
    return AESGCM(_derived(b"seal"))


@cache
def _derived(use: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=None, info=b"yousu " + use).derive(_master())


def _master() -> bytes:
    file = key_file()
    if not file.exists():
        raise KeyFileWrong(f"YOUSU_KEY_FILE: {file} is missing; without it personal data cannot be read")
    key = file.read_bytes()
    if len(key) != _KEY_BYTES:
        raise KeyFileWrong(f"YOUSU_KEY_FILE: {file} does not hold {_KEY_BYTES} bytes")
    return key


def _write_once(file: Path, content: bytes) -> None:
    # Two first starters: each writes a file of its own, link() lets only one of them become the key.
    if file.exists():
        return
    own = file.with_name(f".{file.name}.{os.getpid()}")
    own.touch(mode=0o600)
    own.write_bytes(content)
    with suppress(FileExistsError):
        os.link(own, file)
    own.unlink()

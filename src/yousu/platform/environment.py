"""配置: every setting Yousu reads from the environment, in one table, through one reader."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One environment variable: its name, its default as text, and a sentence for the handbook."""

    name: str
    default: str
    about: str


class SettingWrong(ValueError):
    """A setting has a value that cannot be used; the message names it."""


SETTINGS: tuple[Setting, ...] = (
    Setting(name="YOUSU_HOME", default=".yousu", about="Folder of the data: embedded database, keys, files, logs."),
    Setting(
        name="YOUSU_DATABASE_URL",
        default="",
        about="postgresql:// URL of the database's owner; unset: the embedded server in YOUSU_HOME.",
    ),
    Setting(
        name="YOUSU_KEY_FILE",
        default="",
        about="File of the master key for personal data; unset: keys/master.key in YOUSU_HOME. In no backup.",
    ),
    Setting(name="YOUSU_CITY", default="xining", about="The city: a folder of data under yousu/cities, or a path."),
    Setting(name="YOUSU_TIME_ZONE", default="Asia/Shanghai", about="Zone in which days begin and end."),
    Setting(name="YOUSU_BASE_URL", default="http://127.0.0.1:8000", about="Address residents and staff see."),
    Setting(
        name="YOUSU_LIVE_PORT",
        default="",
        about="Port of the process for live updates; unset: the one after the web server's.",
    ),
    Setting(
        name="YOUSU_LIVE_URL",
        default="",
        about="Address at which pages reach live updates; unset: YOUSU_BASE_URL at that port, without a proxy between.",
    ),
    Setting(
        name="YOUSU_ALLOWED_HOSTS",
        default="127.0.0.1,localhost",
        about="Host names the server answers to, separated by commas.",
    ),
    Setting(
        name="YOUSU_SECRET_KEY",
        default="",
        about="Key of sessions and forms; unset: made once and kept beside the master key.",
    ),
    Setting(name="YOUSU_POOL_SIZE", default="12", about="Database connections kept by one server process."),
    Setting(
        name="YOUSU_STATEMENT_LIMIT_S",
        default="20",
        about="Seconds after which a server's statement, or a transaction that does nothing, is ended; 0: never.",
    ),
    Setting(
        name="YOUSU_LOCK_LIMIT_S",
        default="5",
        about="Seconds a server's statement waits for a lock; 0: as long as it takes.",
    ),
    Setting(name="YOUSU_THREADS", default="4", about="Threads of one server process."),
    Setting(name="YOUSU_PROCESSES", default="2", about="Server processes that `yousu serve` starts."),
    Setting(name="YOUSU_LOG_LEVEL", default="INFO", about="Least level that is logged: DEBUG, INFO, WARNING, ERROR."),
    Setting(
        name="YOUSU_TRUSTED_PROXIES",
        default="0",
        about="Number of proxies in front whose X-Forwarded headers are believed; 0: none.",
    ),
    Setting(
        name="YOUSU_PORTAL_RATE", default="20", about="Portal look-ups and reports an address may make in a minute."
    ),
    Setting(
        name="YOUSU_TILES_URL",
        default="",
        about="https:// address of map tiles in WGS-84 with {z}, {x} and {y}; unset: the map shows known places alone.",
    ),
    Setting(name="YOUSU_TILES_CREDIT", default="", about="Whose tiles they are; shown on the map."),
    Setting(
        name="YOUSU_SECOND_FACTOR_ROLES",
        default="administrator,security_administrator,dispatcher,auditor",
        about="Roles that must sign in with a second factor; `none`: nobody must. A demonstration's default is `none`.",
    ),
    Setting(name="YOUSU_LOGIN_FAILURES", default="5", about="Failed attempts after which an account is locked."),
    Setting(
        name="YOUSU_LOGIN_LOCK_MINUTES",
        default="15",
        about="How long an account stays locked, and within which time failed attempts add up.",
    ),
    Setting(name="YOUSU_SESSION_IDLE_MINUTES", default="15", about="Staff who did nothing for so long sign in again."),
    Setting(name="YOUSU_SESSION_HOURS", default="12", about="Longest life of a session, whatever is done in it."),
    Setting(name="YOUSU_PASSWORD_LENGTH", default="10", about="Least number of characters of a password."),
    Setting(
        name="YOUSU_PASSWORD_DAYS",
        default="90",
        about="Days after which a password must be changed; 0: never. A demonstration's passwords stay.",
    ),
    Setting(
        name="YOUSU_OIDC_ISSUER",
        default="",
        about="Address of an OpenID Connect provider whose users may sign in; unset: none.",
    ),
    Setting(name="YOUSU_OIDC_CLIENT_ID", default="", about="What the provider calls this installation."),
    Setting(
        name="YOUSU_OIDC_SECRET_FILE", default="", about="File with the client secret; unset: a client without secret."
    ),
    Setting(
        name="YOUSU_OIDC_LABEL", default="统一身份认证", about="Name of the provider on the button of the sign-in page."
    ),
    Setting(
        name="YOUSU_OIDC_USER_CLAIM",
        default="preferred_username",
        about="Claim that holds the user name of the account, which must exist before.",
    ),
    Setting(
        name="YOUSU_SMTP_URL",
        default="",
        about="smtp://user@host:587 (STARTTLS) or smtps://host of the server that takes mail; unset: no mail is sent.",
    ),
    Setting(name="YOUSU_SMTP_PASSWORD_FILE", default="", about="File with the mail server's password; unset: none."),
    Setting(name="YOUSU_MAIL_FROM", default="", about="Address mail comes from; needed with YOUSU_SMTP_URL."),
    Setting(
        name="YOUSU_SMS_URL",
        default="",
        about="https:// address of the gateway for short messages; unset: none is sent.",
    ),
    Setting(
        name="YOUSU_SMS_KEY_FILE",
        default="",
        about="File with the key that signs requests to the gateway; needed with YOUSU_SMS_URL.",
    ),
    Setting(name="YOUSU_NOTICE_TRIES", default="8", about="Attempts after which a notice is given up."),
    Setting(name="YOUSU_NOTICE_TIMEOUT_S", default="10", about="Seconds a mail server or gateway may keep one silent."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def text(name: str) -> str:
    """The setting's value, or its default. An undeclared name is a programming error (KeyError)."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def is_given(name: str) -> bool:
    """Whether somebody set it, whatever to."""
    return bool(os.environ.get(name, "").strip())


def integer(name: str, *, least: int = 0) -> int:
    """The setting as a whole number. Raises SettingWrong below `least` or for anything else."""
    value = text(name)
    if not value.isdecimal() or int(value) < least:
        raise SettingWrong(f"{name} must be a whole number of at least {least}, not {value!r}")
    return int(value)


def words(name: str) -> list[str]:
    """The setting as a list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def url(name: str) -> str:
    """The setting as an http(s) URL without a closing slash. Raises SettingWrong."""
    value = text(name).rstrip("/")
    if urlsplit(value).scheme not in ("http", "https"):
        raise SettingWrong(f"{name} must begin with http:// or https://, not {value!r}")
    return value


def origin(name: str) -> str:
    """Scheme, host and port of a URL; empty when the setting is. Raises SettingWrong."""
    if not text(name):
        return ""
    parts = urlsplit(url(name))
    return f"{parts.scheme}://{parts.netloc}"


def home() -> Path:
    """YOUSU_HOME as an absolute path; the folder need not exist."""
    return Path(text("YOUSU_HOME")).expanduser().resolve()


def is_demo() -> bool:
    """演示: whether the home is a demonstration's, by its name."""
    return home().name.startswith("demo-")

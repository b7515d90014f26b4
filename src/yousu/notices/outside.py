"""对外渠道: the ways that lead out of the house, and why one of them is shut."""

from yousu.notices.catalogue import EMAIL, SMS
from yousu.platform import environment
from yousu.platform.notices import mail, sms

OUTSIDE = (EMAIL, SMS)


def off(way: str) -> str:
    """Why nothing goes out by this way; empty when it does. A demonstration rings at nobody's door."""
    if environment.is_demo():
        return "demo"
    server = mail.configured() if way == EMAIL else sms.configured()
    return "" if server else "not_configured"


def open_ways() -> list[str]:
    """The ways by which something may go out. Raises SettingWrong."""
    return [way for way in OUTSIDE if not off(way)]

"""通知的发送: senders for mail and short messages. They know addresses and words, and nothing of cases."""

from dataclasses import dataclass

ACCEPTED, REFUSED, AGAIN = "accepted", "refused", "again"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came of one attempt. `code` says why in a word without anybody's data; `after_s`: not before that.

    `is_down`: the other side as a whole does not work, so that the next message would fare no better.
    """

    outcome: str
    code: str = ""
    after_s: int | None = None
    is_down: bool = False


def accepted(code: str = "") -> Reply:
    """The other side has taken it."""
    return Reply(outcome=ACCEPTED, code=code)


def refused(code: str) -> Reply:
    """The other side will never take this one."""
    return Reply(outcome=REFUSED, code=code)


def again(code: str, *, after_s: int | None = None, is_down: bool = False) -> Reply:
    """Not now; whether it was taken may be unknown."""
    return Reply(outcome=AGAIN, code=code, after_s=after_s, is_down=is_down)

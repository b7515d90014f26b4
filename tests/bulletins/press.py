"""编辑部: those who make bulletins, a day of theirs, and appeals to count."""

from datetime import UTC, datetime, timedelta
from typing import Any

from yousu.appeals import commands as appeals
from yousu.appeals.recording import Said
from yousu.appeals.state import AppealState
from yousu.bulletins import commands
from yousu.bulletins.state import BulletinState
from yousu.org.actors import Actor
from yousu.org.city import city

DESK = Actor(code="account:desk", roles=frozenset({"call_taker", "dispatcher", "call_back_officer"}))
HEATING = Actor(code="account:heating", roles=frozenset({"handler"}), unit="heating", tree=frozenset({"heating"}))
PUBLISHER = Actor(code="account:publisher", roles=frozenset({"publisher"}))
REVIEWER = Actor(code="account:reviewer", roles=frozenset({"bulletin_reviewer"}))
SIGNER = Actor(code="account:signer", roles=frozenset({"bulletin_signer"}))
SECURITY = Actor(code="account:security", roles=frozenset({"security_administrator"}))
EVERYBODY = Actor(
    code="account:all", roles=frozenset({"publisher", "bulletin_reviewer", "bulletin_signer", "call_taker"})
)
# A Tuesday; its week ends on Sunday the 10th.
NOON = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)
MIDNIGHT = datetime(2024, 3, 5, 16, 0, tzinfo=UTC)
DAY, WEEK = "daily-2024-03-05", "weekly-2024-03-10"
WEEK_OVER = MIDNIGHT + timedelta(days=5)


def taken(text: str = "家里暖气不热", *, channel: str = "hotline", place: str = "", **more: Any) -> AppealState:
    """受理."""
    topic_category = next(path for path, found in city().categories.items() if found.topic is not None)
    usual = {"category": topic_category, **more}
    return appeals.record(Said(channel=channel, text=text, place=place, **usual), by=DESK)


def answered(**said: Any) -> AppealState:
    """受理 → 直接办理."""
    return appeals.answer(taken(**said).number, reply="已答复", by=DESK, seen=1)


def forwarded(**said: Any) -> AppealState:
    """受理 → 转交."""
    return appeals.forward(taken(**said).number, lead_unit="heating", by=DESK, seen=1)


def reviewed(**said: Any) -> AppealState:
    """受理 → … → 办结."""
    case = forwarded(**said)
    case = appeals.sign(case.number, by=HEATING, seen=case.version)
    case = appeals.contact(case.number, how="phone", reached=True, by=HEATING, seen=case.version)
    case = appeals.handle(case.number, reply="已修好", outcome="solved", by=HEATING, seen=case.version)
    return appeals.review(case.number, accept=True, by=DESK, seen=case.version)


def called_back(*, satisfied: str = "satisfied", **said: Any) -> AppealState:
    """受理 → … → 办结 → 回访."""
    case = reviewed(**said)
    return appeals.call_back(
        case.number, reached="reached", responded=True, solved=True, satisfied=satisfied, by=DESK, seen=case.version
    )


def signed(bulletin_id: str = DAY) -> BulletinState:
    """编制 → 审核 → 签发."""
    commands.compose(bulletin_id, by=PUBLISHER)
    commands.review(bulletin_id, by=REVIEWER)
    return commands.sign(bulletin_id, by=SIGNER)


def frozen(bulletin_id: str = DAY) -> BulletinState:
    """… → 冻结."""
    signed(bulletin_id)
    return commands.freeze(bulletin_id, by=PUBLISHER)


def published(bulletin_id: str = DAY) -> BulletinState:
    """… → 发布."""
    frozen(bulletin_id)
    return commands.publish(bulletin_id, by=PUBLISHER)

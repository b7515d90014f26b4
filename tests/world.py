"""小世界: the people, units and appeals that tests speak of. The city is 青陵 (tests/city); its names are nobody's."""

from typing import Any

from yousu.appeals import commands
from yousu.appeals.recording import Said
from yousu.appeals.state import AppealState
from yousu.org.actors import Actor

HEATING, WATER, EAST, EAST_STREET, WEST = "heating", "water", "east", "east_street", "west"
COLD, DRY, WAGES = "城乡建设/供热保障", "城乡建设/供水保障", "劳动和社会保障/工资福利"

# Numbers in a range that is never given out.
LI, ZHANG, WANG = "15400001111", "15400002222", "15400003333"


def actor(user: str, *roles: str, unit: str | None = None, tree: tuple[str, ...] = ()) -> Actor:
    """An account with roles; `tree` is the own unit and those below it."""
    return Actor(
        code=f"account:{user}", roles=frozenset(roles), unit=unit, tree=frozenset(tree or filter(None, [unit]))
    )


CALL_TAKER = actor("call1", "call_taker", unit="centre")
OTHER_CALL_TAKER = actor("call2", "call_taker", unit="centre")
DISPATCHER = actor("desk1", "dispatcher", unit="centre")
HEATING_HANDLER = actor("heat1", "handler", unit=HEATING)
WATER_HANDLER = actor("water1", "handler", unit=WATER)
STREET_HANDLER = actor("street1", "handler", unit=EAST_STREET)
EAST_DISPATCHER = actor("east1", "second_level", unit=EAST, tree=(EAST, EAST_STREET))
EAST_LEADER = actor("eastlead1", "unit_leader", unit=EAST, tree=(EAST, EAST_STREET))
CALLER_BACK = actor("back1", "call_back_officer", unit="centre")
SUPERVISOR = actor("super1", "supervisor", unit="centre")
SECURITY = actor("secure1", "security_administrator")
LEADER = actor("leader1", "leader")
ANALYST = actor("analyst1", "analyst")
EVERYBODY = (
    CALL_TAKER,
    OTHER_CALL_TAKER,
    DISPATCHER,
    HEATING_HANDLER,
    WATER_HANDLER,
    STREET_HANDLER,
    EAST_DISPATCHER,
    EAST_LEADER,
    CALLER_BACK,
    SUPERVISOR,
    LEADER,
    ANALYST,
)


def said(text: str = "家里暖气不热", *, phone: str | None = LI, **more: Any) -> Said:
    """A call of 李某 about a cold flat, unless told otherwise."""
    usual: dict[str, Any] = {"channel": "hotline", "type": "complaint", "category": COLD, "name": "李某某"}
    return Said(text=text, phone=phone, **{**usual, **more})


def recorded(text: str = "家里暖气不热", *, by: Actor = CALL_TAKER, **more: Any) -> AppealState:
    """受理."""
    return commands.record(said(text, **more), by=by)


def forwarded(*, lead_unit: str = HEATING, **more: Any) -> AppealState:
    """受理 → 转交."""
    case = recorded(**more)
    return commands.forward(case.number, lead_unit=lead_unit, by=DISPATCHER, seen=case.version)


def signed(**more: Any) -> AppealState:
    """… → 签收 by the heating company."""
    case = forwarded(**more)
    return commands.sign(case.number, by=HEATING_HANDLER, seen=case.version)


def handled(**more: Any) -> AppealState:
    """… → 联系 → 办理."""
    case = signed(**more)
    case = commands.contact(
        case.number, how="phone", reached=True, note="约好上门", by=HEATING_HANDLER, seen=case.version
    )
    return commands.handle(case.number, reply="已上门维修", outcome="solved", by=HEATING_HANDLER, seen=case.version)


def closed(**more: Any) -> AppealState:
    """… → 审核 = 办结."""
    case = handled(**more)
    return commands.review(case.number, accept=True, by=DISPATCHER, seen=case.version)


def called_back(*, solved: bool = True, **more: Any) -> AppealState:
    """… → 回访, 解决 or not."""
    case = closed(**more)
    return commands.call_back(
        case.number, reached="reached", responded=True, solved=solved, by=CALLER_BACK, seen=case.version
    )

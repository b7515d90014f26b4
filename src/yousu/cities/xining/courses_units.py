"""进程: appeals over which units differ, help each other, or which they pass down inside their own tree."""

from yousu.appeals import parts, supervising
from yousu.appeals.parts import OFTEN
from yousu.cities.xining.courses import approved, called, given, handled, reply, taken
from yousu.cities.xining.scenes import Course, Scene

_HELPING = ("ecology", "market", "civil_affairs", "emergency", "transport")
# Of supervision.csv.
_OFTEN_SENT_BACK = "sent_back_3"


def sent_elsewhere(scene: Scene) -> Course:
    """退单同意, to the unit that should have had it."""
    yield from _sent_back(scene)
    other = scene.section("housing") if scene.unit == scene.routed() else scene.routed()
    scene.desk("judge-send-back", second=True, uphold=True, lead_unit=other)
    yield from taken(scene)
    yield from handled(scene)


def sent_to_desk(scene: Scene) -> Course:
    """退单同意, back to the desk, which designates a unit."""
    yield from _sent_back(scene)
    unit = scene.unit
    scene.desk("judge-send-back", second=True, uphold=True)
    yield scene.soon(10, 60)
    scene.desk("designate", lead_unit=unit, note="经协商，指定该单位承办。")
    yield from taken(scene)
    yield from handled(scene)
    yield from called(scene)


def send_back_refused(scene: Scene) -> Course:
    """退单不同意, before and after the unit has signed."""
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.routed())
    if scene.rng.random() < 0.5:
        yield from taken(scene)
    yield scene.at_work(0.2, 1)
    scene.by_unit("send-back", reason=scene.reason("send-back"))
    yield scene.soon(15, 90)
    scene.desk("judge-send-back", second=True, uphold=False)
    if scene.state.stage == "forwarded":
        yield from taken(scene)
    yield from handled(scene)


def sent_thrice(scene: Scene) -> Course:
    """三次退单: the third time is the supervisor's, who declines what the rule proposes."""
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.routed(), grade="g7")
    for time in range(OFTEN):
        yield scene.at_work(0.1, 0.6)
        scene.by_unit("send-back", reason=scene.reason("send-back"))
        yield scene.soon(10, 30)
        if time + 1 < OFTEN:
            scene.desk("judge-send-back", second=True, uphold=False)
    scene.supervisor("judge-send-back", uphold=False, note="三次退单，经研判仍由该单位办理。")
    yield scene.soon(10, 60)
    by = scene.one("supervisor")
    supervising.decline(scene.number, rule=_OFTEN_SENT_BACK, by=by, seen=scene.state.version)
    yield from taken(scene)
    yield from handled(scene)
    yield from called(scene)


def helped(scene: Scene) -> Course:
    """协办: two helping units, each with its own part; some say it is not theirs."""
    lead = scene.with_handler()
    tree = scene.hall.stage.city.tree_of(lead)
    first, second, third = scene.rng.sample([unit for unit in _HELPING if unit not in tree and unit != lead], 3)
    yield from given(scene, lead, co_units=[first, second], grade="g7")
    yield scene.at_work(0.5, 2)
    scene.by_unit("sign", unit=first)
    yield scene.at_work(0.5, 2)
    scene.by_unit("contact", unit=first, how="phone", reached=True)
    yield scene.at_work(0.5, 2)
    scene.by_unit("handle", unit=first, reply="已配合现场核查，情况属实，已向主办单位反馈。", outcome="explained")
    scene.by_unit("send-back", unit=second, reason=scene.reason("send-back"))
    yield scene.soon(15, 90)
    yield from _part_judged(scene, second, third)
    yield from handled(scene)


def _part_judged(scene: Scene, unit: str, other: str) -> Course:
    draw = scene.rng.random()
    if draw < 0.4:
        scene.desk("judge-send-back", second=True, uphold=True)
        return
    if draw < 0.7:
        scene.desk("judge-send-back", second=True, uphold=True, lead_unit=other)
        unit = other
    else:
        scene.desk("judge-send-back", second=True, uphold=False)
    yield scene.at_work(0.5, 3)
    scene.by_unit("sign", unit=unit)
    scene.by_unit("handle", unit=unit, reply="已提供所需资料，无其他意见。", outcome="explained")


def inside(scene: Scene) -> Course:
    """二级平台: down inside the district, up again with its leader's approval."""
    yield from _passed_down(scene)
    yield from taken(scene)
    yield scene.before_due(0.1, 0.5)
    if scene.rng.random() < 0.15:
        reply(scene)
        yield scene.at_work(0.2, 1)
        unit = parts.approver(scene.state) or ""
        scene.act("approve", by=scene.leader_of(unit), approve=False, note="未说明整改期限，请补充后再报。")
        yield scene.at_work(0.2, 1)
    yield from _reported(scene)
    yield from called(scene)


def inside_elsewhere(scene: Scene) -> Course:
    """内部退单: the platform gives it to another unit of its tree."""
    yield from _passed_down(scene)
    yield scene.at_work(0.2, 1)
    scene.by_unit("send-back", reason=scene.reason("send-back"))
    yield scene.at_work(0.2, 1)
    scene.by_unit("judge-send-back", unit=scene.district(), uphold=True, lead_unit=scene.section("housing"))
    yield from taken(scene)
    yield scene.before_due(0.1, 0.5)
    yield from _reported(scene)


def inside_climbs(scene: Scene) -> Course:
    """内部退单: one level up to the platform, which handles it or sends it back to the desk."""
    yield from _passed_down(scene)
    yield scene.at_work(0.2, 1)
    scene.by_unit("send-back", reason=scene.reason("send-back"))
    yield scene.at_work(0.2, 1)
    is_refused = scene.rng.random() < 0.3
    scene.by_unit("judge-send-back", unit=scene.district(), uphold=not is_refused)
    if is_refused:
        yield from taken(scene)
        yield scene.before_due(0.1, 0.5)
        yield from _reported(scene)
        return
    if scene.rng.random() < 0.5:
        yield scene.at_work(0.1, 0.5)
        scene.by_unit("send-back", reason=scene.reason("send-back"))
        yield scene.soon(15, 60)
        scene.desk("judge-send-back", second=True, uphold=True, lead_unit="urban_management")
    # It comes up at the stage in which it went down.
    if scene.state.stage == "forwarded":
        yield from taken(scene)
    yield from handled(scene)


def _sent_back(scene: Scene) -> Course:
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.routed() if scene.rng.random() < 0.5 else "urban_management")
    yield scene.at_work(0.3, 3)
    scene.by_unit("send-back", reason=scene.reason("send-back"))
    yield scene.soon(15, 90)


def _passed_down(scene: Scene) -> Course:
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.district(), grade="g7")
    yield scene.at_work(0.2, 2)
    scene.by_unit("forward", lead_unit=scene.section())


def _reported(scene: Scene) -> Course:
    reply(scene)
    yield from approved(scene)
    yield scene.soon(15, 120)
    scene.desk("review", accept=True)

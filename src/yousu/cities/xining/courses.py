"""进程: the everyday courses of the sample month, and the stretches of which the others are made."""

from typing import Any

from yousu.appeals import parts
from yousu.cities.xining.scenes import Course, Scene

_TRIES = 3
_SATISFIED = {True: (92, 6, 2), False: (10, 25, 65)}


def answered(scene: Scene) -> Course:
    """直接办理."""
    yield scene.soon(0.1, 2)
    scene.act("answer", by=scene.one("call_taker"), reply=scene.life.words.reply)


def called_direct(scene: Scene) -> Course:
    """直接办理, then called back."""
    yield from answered(scene)
    yield from called(scene)


def declined(scene: Scene) -> Course:
    """不予受理."""
    yield scene.soon(0.1, 2)
    lawful = scene.rng.choice(list(scene.hall.stage.city.lawful_channels))
    reason, reply = scene.reason("decline"), scene.life.words.reply
    scene.act("decline", by=scene.one("call_taker"), reason=reason, lawful_channel=lawful, reply=reply)


def transferred(scene: Scene) -> Course:
    """紧急转接."""
    yield scene.soon(0.1, 1)
    scene.act("transfer", by=scene.one("call_taker"), to=scene.rng.choice(["110", "119", "120", "122"]))


def withdrawn(scene: Scene) -> Course:
    """撤诉, some of them when a unit has it already."""
    if scene.rng.random() < 0.5:
        yield from given(scene)
    yield scene.soon(5, 60)
    scene.act("withdraw", by=scene.one("call_taker"), reason="来电人表示问题已自行解决，不再反映。")


def undecided(scene: Scene) -> Course:
    """待处理: it waits in the inbox."""
    yield from ()


def plain(scene: Scene) -> Course:
    """转交办理."""
    yield from given(scene)
    yield from handled(scene)


def called_plain(scene: Scene) -> Course:
    """转交办理, then called back."""
    yield from plain(scene)
    yield from called(scene)


# Stretches.


def given(scene: Scene, to: str = "", **arguments: Any) -> Course:
    """转交、签收、联系."""
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=to or scene.routed(), **arguments)
    yield from taken(scene)


def taken(scene: Scene) -> Course:
    """签收、联系, by the unit that has it."""
    yield scene.at_work(0.3, 3)
    scene.by_unit("sign")
    yield scene.at_work(0.2, 2)
    scene.by_unit("contact", how=scene.rng.choice(["phone", "phone", "visit"]), reached=scene.rng.random() < 0.9)


def handled(scene: Scene, least: float = 0.1, most: float = 0.75) -> Course:
    """办理、审核签发、审核, within a share of the time that is left."""
    yield scene.before_due(least, most)
    yield from replied(scene)


def replied(scene: Scene) -> Course:
    """The reply now, and what leads to the case's close; some replies are written twice."""
    reply(scene)
    yield from approved(scene)
    yield scene.soon(15, 120)
    if scene.rng.random() < 0.04:
        scene.desk("review", accept=False, note="答复没有写明办理人和时间，请补充。")
        yield scene.at_work(0.5, 2)
        reply(scene)
        yield from approved(scene)
        yield scene.soon(15, 120)
    scene.desk("review", accept=True)


def reply(scene: Scene) -> None:
    """办理答复."""
    outcome = scene.rng.choices(["solved", "planned", "explained"], weights=[80, 8, 12])[0]
    scene.by_unit("handle", reply=scene.life.words.result, outcome=outcome)


def approved(scene: Scene) -> Course:
    """审核签发, level by level."""
    while (unit := parts.approver(scene.state)) is not None:
        yield scene.at_work(0.2, 2)
        scene.act("approve", by=scene.leader_of(unit), approve=True)


def called(scene: Scene, *, solved: bool | None = None) -> Course:
    """回访, at most three tries; the course says whether it is solved, or what is not is finalised."""
    if scene.life.appellant is None:
        return
    for _ in range(_TRIES):
        yield scene.in_days(0.4, 1.5)
        reached = scene.rng.choices(["reached", "not_reached", "refused"], weights=[88, 10, 2])[0]
        if solved is not None or reached == "reached":
            said(scene, solved=scene.rng.random() < 0.97 if solved is None else solved)
            if scene.state.stage == "unsolved" and solved is None:
                yield scene.soon(20, 90)
                scene.supervisor("judge-unsolved", decision="finalise", note="已依法依规办理并向诉求人解释。")
            return
        scene.act("call-back", by=scene.one("call_back_officer"), reached=reached)


def said(scene: Scene, *, solved: bool) -> None:
    """回访, reached, with what was said."""
    satisfied = scene.rng.choices(["satisfied", "basically", "not"], weights=_SATISFIED[solved])[0]
    responded = scene.rng.random() < 0.99
    by = scene.one("call_back_officer")
    scene.act("call-back", by=by, reached="reached", responded=responded, solved=solved, satisfied=satisfied)

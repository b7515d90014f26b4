"""进程: more time, time that stands still, the ledger of the parked, exclusions, and what is handled again."""

from datetime import timedelta

from yousu.cities.xining.courses import called, given, handled, replied, taken
from yousu.cities.xining.scenes import Course, Scene


def extended(scene: Scene) -> Course:
    """延期同意."""
    yield from _asked(scene)
    scene.desk("judge-extension", grant=True)
    yield from handled(scene)
    yield from called(scene)


def extension_refused(scene: Scene) -> Course:
    """延期不同意; the reply comes late."""
    yield from _asked(scene)
    scene.desk("judge-extension", grant=False)
    yield scene.after_due(9, 30)
    yield from replied(scene)


def suspended(scene: Scene) -> Course:
    """暂停计时 and 恢复计时; of those that came last some stand still at the month's end."""
    yield from given(scene, scene.with_handler(), grade="g7")
    scene.by_unit("suspend", reason=scene.reason("suspend"), until=scene.today + timedelta(days=5))
    yield scene.in_days(2, 6)
    scene.by_unit("resume")
    yield from handled(scene)


def parked(scene: Scene) -> Course:
    """挂账 while it is handled, 销账 when the work is done."""
    yield from given(scene)
    yield from handled(scene, 0.2, 0.5)
    yield from _cleared(scene)
    yield from called(scene)


def parked_unsolved(scene: Scene) -> Course:
    """未解决研判为挂账; plan and leader are written down, and it is cleared later."""
    yield from given(scene)
    yield from handled(scene, 0.1, 0.4)
    yield from called(scene, solved=False)
    yield scene.soon(20, 90)
    scene.supervisor("judge-unsolved", decision="park", note="暂不具备解决条件。")
    yield from _cleared(scene)
    yield from called(scene)


def excluded(scene: Scene) -> Course:
    """剔除, granted by a second person."""
    yield from _exclusion_asked(scene)
    scene.supervisor("judge-exclusion", second=True, grant=True)


def exclusion_refused(scene: Scene) -> Course:
    """剔除不同意."""
    yield from _exclusion_asked(scene)
    scene.supervisor("judge-exclusion", second=True, grant=False)


def reopened(scene: Scene) -> Course:
    """二次办理 of what had been settled."""
    yield from given(scene)
    yield from handled(scene, 0.1, 0.4)
    yield from called(scene, solved=True)
    yield scene.in_days(1, 4)
    scene.supervisor("reopen", reason="诉求人再次来电，称问题反弹。")
    yield from taken(scene)
    yield from handled(scene)
    yield from called(scene)


def handled_again(scene: Scene) -> Course:
    """未解决研判为再次办理."""
    yield from given(scene)
    yield from handled(scene, 0.1, 0.4)
    yield from called(scene, solved=False)
    yield scene.soon(20, 90)
    scene.supervisor("judge-unsolved", decision="reopen", note="具备条件，应当继续办理。")
    yield from taken(scene)
    yield from handled(scene)
    yield from called(scene)


def finalised(scene: Scene) -> Course:
    """未解决研判为终结."""
    yield from given(scene)
    yield from handled(scene, 0.1, 0.5)
    yield from called(scene, solved=False)
    yield scene.soon(20, 90)
    scene.supervisor("judge-unsolved", decision="finalise", note="办理合法合规，已向诉求人解释到位。")


def late(scene: Scene) -> Course:
    """迟复: the reply comes after the deadline."""
    yield from given(scene, grade="g3")
    yield scene.after_due(9, 50)
    yield from replied(scene)
    yield from called(scene)


def _asked(scene: Scene) -> Course:
    yield from given(scene, scene.with_handler(), grade="g3")
    yield scene.on_the_last_morning()
    scene.by_unit("request-extension", working_days=scene.rng.randrange(1, 4), reason=scene.reason("request-extension"))
    yield scene.soon(30, 180)


def _cleared(scene: Scene) -> Course:
    yield scene.soon(5, 60)
    review_on = scene.today + timedelta(days=scene.rng.randrange(7, 15))
    plan = "列入老旧管网改造计划，开春后更换，期间每周回头看。"
    scene.supervisor("park", plan=plan, leader="分管负责人", review_on=review_on)
    yield scene.in_days(4, 12)
    scene.supervisor("unpark", result="改造已提前完成，经现场核查问题消除。")


def _exclusion_asked(scene: Scene) -> Course:
    yield from given(scene)
    yield from handled(scene, 0.05, 0.3)
    yield scene.in_days(0.3, 2)
    scene.supervisor("exclude", reason=scene.reason("exclude"))
    yield scene.in_days(0.2, 1)

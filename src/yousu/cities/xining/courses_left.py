"""进程: what the month leaves to whoever opens the demonstration: something in every list that waits for somebody."""

from yousu.cities.xining.courses import given, handled, reply, said, taken
from yousu.cities.xining.scenes import Course, Scene


def left_sent_back(scene: Scene) -> Course:
    """待审退单."""
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.routed())
    yield scene.at_work(0.3, 3)
    scene.by_unit("send-back", reason=scene.reason("send-back"))


def left_for_review(scene: Scene) -> Course:
    """待审核."""
    yield from given(scene)
    yield scene.at_work(1, 3)
    reply(scene)


def left_for_approval(scene: Scene) -> Course:
    """待签发."""
    yield scene.soon(5, 40)
    scene.desk("forward", lead_unit=scene.district(), grade="g7")
    yield scene.at_work(0.2, 1)
    scene.by_unit("forward", lead_unit=scene.section())
    yield from taken(scene)
    yield scene.at_work(0.5, 2)
    reply(scene)


def left_unsolved(scene: Scene) -> Course:
    """待研判."""
    yield from given(scene, grade="g7")
    yield from handled(scene, 0.01, 0.02)
    yield scene.at_work(0.2, 1)
    said(scene, solved=False)


def left_asked(scene: Scene) -> Course:
    """待审延期."""
    yield from given(scene, scene.with_handler(), grade="g7")
    yield scene.at_work(0.5, 2)
    scene.by_unit("request-extension", working_days=3, reason=scene.reason("request-extension"))


def left_to_exclude(scene: Scene) -> Course:
    """待审剔除."""
    yield from given(scene)
    yield scene.at_work(0.5, 2)
    scene.supervisor("exclude", reason=scene.reason("exclude"))


def left_parked(scene: Scene) -> Course:
    """挂账, to be looked at again in February."""
    yield from given(scene)
    yield scene.at_work(0.5, 2)
    plan, day = "待设备到货后更换，到货前采取临时供暖措施。", scene.today.replace(month=2, day=20)
    scene.supervisor("park", plan=plan, leader="分管负责人", review_on=day)

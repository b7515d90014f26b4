"""进程: appeals of the same matter: merged, taken apart, linked."""

from yousu.appeals.groups import MERGED
from yousu.appeals.state import OPEN_STAGES
from yousu.cities.xining.courses import called, given, handled, plain
from yousu.cities.xining.scenes import Course, Scene


def heads(scene: Scene) -> Course:
    """主单: it stays open for some days, and its answer is everybody's."""
    yield from given(scene, grade="g7")
    yield from handled(scene, 0.5, 0.7)
    yield from called(scene)


def head_withdrawn(scene: Scene) -> Course:
    """主单撤诉: who followed goes on without it."""
    yield from given(scene, grade="g7")
    yield scene.in_days(1, 1.5)
    scene.act("withdraw", by=scene.one("call_taker"), reason="来电人表示不再反映，其他人的诉求继续办理。")


def repeats(scene: Scene) -> Course:
    """重复: the same person with the same matter."""
    yield from _merged(scene)


def parallels(scene: Scene) -> Course:
    """并行: somebody else with the same matter."""
    yield from _merged(scene)


def unmerged(scene: Scene) -> Course:
    """拆单: it was another matter after all, and goes on by itself."""
    yield scene.soon(5, 30)
    if not _is_open(scene):
        yield from plain(scene)
        return
    scene.desk("merge", head=_head(scene).number)
    yield scene.soon(30, 240)
    if scene.state.stage == MERGED:
        scene.desk("unmerge", note="经核实地点不同。")
        yield from _on_its_own(scene)


def linked(scene: Scene) -> Course:
    """关联 with the linked appeal before it, and handled apart."""
    yield scene.soon(5, 30)
    if scene.head is not None:
        scene.desk("link", other=scene.head.number, how=scene.reason("link"))
    yield from plain(scene)


def _merged(scene: Scene) -> Course:
    yield scene.soon(5, 30)
    if not _is_open(scene):
        yield from plain(scene)
        return
    scene.desk("merge", head=_head(scene).number)
    while scene.state.stage == MERGED:
        yield scene.in_days(0.8, 1.2)
    if scene.state.stage == "closed":
        yield from called(scene)
    elif scene.state.stage in OPEN_STAGES:
        yield from _on_its_own(scene)


def _on_its_own(scene: Scene) -> Course:
    if scene.state.stage == "recorded":
        yield from plain(scene)
        return
    yield scene.at_work(0.3, 3)
    scene.by_unit("sign")
    yield scene.at_work(0.2, 2)
    scene.by_unit("contact", how="phone", reached=True)
    yield from handled(scene)
    yield from called(scene)


def _is_open(scene: Scene) -> bool:
    return _head(scene).state.stage in OPEN_STAGES


def _head(scene: Scene) -> Scene:
    assert scene.head is not None
    return scene.head

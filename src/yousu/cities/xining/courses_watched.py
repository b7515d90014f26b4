"""进程: appeals that are urged, supervised, instructed, kept from somebody, supported, released, corrected."""

from datetime import timedelta

from yousu.appeals import publishing
from yousu.cases import commands as cases
from yousu.cities.xining.courses import called, given, handled, plain, replied
from yousu.cities.xining.people import person
from yousu.cities.xining.scenes import Course, Scene

_ACCUSED, _TO = "housing", "discipline"


def urged(scene: Scene) -> Course:
    """催办 of what is due soon."""
    yield from given(scene)
    yield scene.before_due(0.2, 0.4)
    scene.supervisor("urge", note="诉求人再次来电询问，请抓紧办理。")
    yield from handled(scene, 0.2, 0.6)
    yield from called(scene)


def supervised(scene: Scene) -> Course:
    """催办、督办、提级、约谈 of what is late."""
    yield from given(scene, grade="g3")
    yield scene.after_due(9, 12)
    scene.supervisor("urge", note="已超期。")
    yield scene.soon(60, 180)
    scene.supervisor("supervise", due=scene.now + timedelta(days=2), note="两日内办结并报送结果。")
    yield scene.in_days(1, 2)
    above = "development_reform" if scene.unit == "administrative_services" else "administrative_services"
    scene.supervisor("escalate", unit=above)
    scene.supervisor("summon", unit=scene.unit, on=scene.today + timedelta(days=1))
    yield scene.in_days(1, 2)
    yield from replied(scene)
    yield from called(scene)


def instructed(scene: Scene) -> Course:
    """批示、领办."""
    yield from given(scene)
    yield scene.at_work(1, 4)
    text = "请认真核查，限期解决，并举一反三。"
    scene.act("instruct", by=scene.one("leader"), text=text, leader="值班领导", on=scene.today)
    yield scene.soon(10, 60)
    scene.supervisor("lead", leader="分管负责人")
    yield from handled(scene)
    yield scene.at_work(0.2, 1)
    scene.by_unit("report-instruction", text="已核查整改完毕，并对同类问题开展排查。")
    yield from called(scene)


def urgent(scene: Scene) -> Course:
    """紧急事项报值班: the first report, a follow-up, the last one."""
    yield scene.soon(1, 6)
    scene.desk("report-urgent", text="来电反映管道破裂，积水结冰，已通知属地到场。")
    yield from given(scene)
    scene.desk("report-urgent", text="抢修人员已到场，正在围挡和排水。")
    yield from handled(scene, 0.05, 0.3)
    scene.desk("report-urgent", text="抢修完毕，恢复正常。", final=True)


def accused(scene: Scene) -> Course:
    """举报: it lay with the unit that it accuses, and is taken away when that is named."""
    yield from given(scene, _ACCUSED)
    yield scene.soon(30, 90)
    scene.desk("name-reported", unit=_ACCUSED)
    yield from given(scene, _TO)
    yield from handled(scene)


def lifted(scene: Scene) -> Course:
    """举报: named before anybody had it; two people lift the block."""
    yield scene.soon(2, 8)
    scene.desk("name-reported", unit=_ACCUSED)
    yield scene.soon(10, 40)
    scene.desk("request-lift", reason="经核实，反映的是物业服务企业，与该单位无关。")
    yield scene.soon(20, 90)
    scene.supervisor("judge-lift", grant=True)
    yield from given(scene, _ACCUSED)
    yield from handled(scene)


def recused(scene: Scene) -> Course:
    """回避."""
    yield scene.soon(1, 5)
    scene.act("recuse", by=scene.one("call_back_officer"), reason="与诉求人是亲属。")
    yield from plain(scene)


def supported(scene: Scene) -> Course:
    """附议, by people with a phone and one without."""
    yield from given(scene)
    for _ in range(scene.rng.randrange(1, 4)):
        yield scene.soon(10, 240)
        scene.act("support", by=scene.one("call_taker"), phone=person(scene.rng).phone)
    yield scene.soon(10, 240)
    scene.act("support", by=scene.one("call_taker"))
    yield from handled(scene)


def released(scene: Scene) -> Course:
    """公开答复."""
    yield from plain(scene)
    yield scene.in_days(0.5, 2)
    scene.write()
    proposal = publishing.proposed(scene.number, scene.one("dispatcher"))
    assert proposal is not None
    scene.desk("release", text=proposal.text)


def corrected(scene: Scene) -> Course:
    """归类、更正、查看个人信息, and one forwarding taken back at once."""
    yield scene.soon(1, 4)
    scene.desk("classify", category=scene.life.category.code, type="help_request")
    scene.desk("correct", field="title", value=f"{scene.life.words.title}（更正）", why="标题漏字。")
    yield scene.soon(1, 4)
    scene.desk("forward", lead_unit="urban_management")
    yield scene.now + timedelta(seconds=6)
    scene.desk("undo")
    yield from given(scene, scene.with_handler())
    scene.write()
    by = scene.hall.stage.of_unit(scene.unit)
    cases.unmask(scene.number, fields=["phone"], purpose="联系诉求人核实情况", by=by)
    yield from handled(scene)

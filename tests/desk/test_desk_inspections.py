"""质检页: drawing, scoring, objecting, judging, and results whose counts open; each for whom it is."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.desk.conftest import Page

from yousu.appeals.inspections import queries
from yousu.appeals.inspections.models import InspectedNow
from yousu.ledger import log
from yousu.platform import clock

FULL = {"points_greeting": "10", "points_answer": "60", "points_record": "30"}
SHORT = {**FULL, "points_answer": "40", "remark_answer": "没有说明依据"}


def days() -> dict[str, str]:
    today = log.local_day_of(clock.now()).isoformat()
    return {"first": today, "last": today}


def drawn(client: Client, *, calls: int = 3, **more: str) -> int:
    """A sample of today's calls, by its number."""
    for _ in range(calls):
        world.recorded()
    asked = {"sort": "call", **days(), "count": str(calls), "seed": "spring", **more}
    answer = client.post("/desk/inspections/draw/", asked)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].strip("/").rpartition("/")[2])


def first_of(number: int) -> str:
    return queries.of_sample(number)[0].case_number


def act(client: Client, number: int, case: str, word: str, **given: Any) -> Any:
    return client.post(f"/desk/inspections/{number}/{case}/{word}/", given)


def scored(page: Page) -> tuple[int, str]:
    """A scored case of call1, in a sample of its own."""
    number = drawn(page("quality1"))
    case = next(row.case_number for row in queries.of_sample(number) if row.person == world.CALL_TAKER.code)
    assert act(page("quality1"), number, case, "score", seen="0", **SHORT).status_code == 302
    return number, case


def test_a_sample_is_drawn_and_shows_how(signed_in: Page) -> None:
    client = signed_in("quality1")
    number = drawn(client)
    html = client.get(f"/desk/inspections/{number}/").content.decode()
    assert "spring" in html and first_of(number) in html and "待评分" in html
    assert "spring" in client.get("/desk/inspections/").content.decode()
    assert client.get("/desk/")["Location"] == "/desk/inspections/"


def test_who_does_not_inspect_finds_no_samples(signed_in: Page) -> None:
    number = drawn(signed_in("quality1"))
    case = first_of(number)
    for user in ("call2", "heat1", "leader1"):
        client = signed_in(user)
        assert client.get("/desk/inspections/").status_code == 403
        assert client.get(f"/desk/inspections/{number}/").status_code == 403
        assert client.get(f"/desk/inspections/{number}/{case}/").status_code == 403
        assert act(client, number, case, "score", seen="0", **FULL).status_code == 403
    assert signed_in("super1").post("/desk/inspections/draw/", {}).status_code == 403


def test_bad_input_is_named_and_kept(signed_in: Page) -> None:
    client = signed_in("quality1")
    answer = client.post("/desk/inspections/draw/", {"sort": "call", **days(), "count": "3", "percent": "3"})
    assert answer.status_code == 422 and "只填一个" in answer.content.decode()
    assert client.post("/desk/inspections/draw/", {"seed": "\x00"}).status_code == 422
    number = drawn(client)
    case = first_of(number)
    answer = act(client, number, case, "score", seen="0", **{**FULL, "points_answer": "61", "remark_record": "留着"})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'href="#points-answer"' in html and "留着" in html
    answer = act(client, number, case, "score", seen="0", **{**FULL, "points_answer": "40"})
    assert answer.status_code == 422 and "扣了分的要写为什么。" in answer.content.decode()
    assert act(client, number, case, "score", **FULL).status_code == 422
    assert act(client, number, case, "score", seen="0", remark_answer="\x00").status_code == 422
    assert act(client, number, "2400000000", "score", seen="0", **FULL).status_code == 404
    assert client.get("/desk/inspections/999999999/").status_code == 404
    assert client.get("/desk/inspections/cases/?item=%00&first=x&page=99999999").status_code == 200


def test_a_case_is_scored_once(signed_in: Page) -> None:
    number, case = scored(signed_in)
    assert act(signed_in("quality2"), number, case, "score", seen="0", **FULL).status_code == 409
    html = signed_in("quality1").get(f"/desk/inspections/{number}/{case}/").content.decode()
    assert "没有说明依据" in html and "80" in html


def test_who_was_scored_sees_it_objects_and_another_inspector_judges(signed_in: Page) -> None:
    number, case = scored(signed_in)
    mine = signed_in("call1")
    assert case in mine.get("/desk/inspections/mine/").content.decode()
    assert "没有说明依据" in mine.get(f"/desk/inspections/{number}/{case}/").content.decode()
    assert act(mine, number, case, "object", seen="1", reason=" ").status_code == 422
    assert act(signed_in("call2"), number, case, "object", seen="1", reason="不服").status_code == 403
    assert act(mine, number, case, "object", seen="1", reason="我说了依据").status_code == 302
    assert act(mine, number, case, "object", seen="2", reason="再说").status_code == 409
    assert case in signed_in("super1").get("/desk/inspections/").content.decode()
    own = signed_in("quality1").get(f"/desk/inspections/{number}/{case}/").content.decode()
    assert "申诉成立，按上面改分" not in own
    refused = act(signed_in("quality1"), number, case, "judge", seen="2", uphold="no", reason="维持")
    assert refused.status_code == 409 and "由别人审定" in refused.content.decode()
    judged = act(signed_in("quality2"), number, case, "judge", seen="2", uphold="yes", reason="有理", **FULL)
    assert judged.status_code == 302
    html = mine.get(f"/desk/inspections/{number}/{case}/").content.decode()
    assert "申诉成立，改分" in html and "有理" in html and "我说了依据" in html
    assert InspectedNow.objects.get(sample=number, case_number=case).points == 100


def test_a_supervisor_refuses_an_objection(signed_in: Page) -> None:
    number, case = scored(signed_in)
    act(signed_in("call1"), number, case, "object", seen="1", reason="不服")
    assert act(signed_in("super1"), number, case, "judge", seen="1", uphold="no", reason="维持").status_code == 409
    assert act(signed_in("super1"), number, case, "judge", seen="2", uphold="no", reason="").status_code == 422
    assert act(signed_in("super1"), number, case, "judge", seen="2", uphold="no", reason="维持").status_code == 302
    assert InspectedNow.objects.get(sample=number, case_number=case).points == 80


def test_every_number_of_the_results_opens_its_cases(signed_in: Page) -> None:
    _number, case = scored(signed_in)
    client = signed_in("quality1")
    html = client.get("/desk/inspections/results/").content.decode()
    assert "call1号" in html and "答复准确" in html
    span = days()
    behind = client.get("/desk/inspections/cases/", {**span, "item": "answer"}).content.decode()
    assert case in behind and "答复准确" in behind
    assert case in client.get("/desk/inspections/cases/", {**span, "person": "account:call1"}).content.decode()
    assert case not in client.get("/desk/inspections/cases/", {**span, "item": "greeting"}).content.decode()


def test_pages_cost_the_same_for_many_samples_and_cases(signed_in: Page) -> None:
    client = signed_in("quality1")
    few = drawn(client)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as taken:
            assert client.get(path).status_code == 200
        return len(taken)

    before = [cost("/desk/inspections/"), cost(f"/desk/inspections/{few}/"), cost("/desk/inspections/results/")]
    many = drawn(client, calls=30)
    after = [cost("/desk/inspections/"), cost(f"/desk/inspections/{many}/"), cost("/desk/inspections/results/")]
    assert before == after and max(after) <= 12

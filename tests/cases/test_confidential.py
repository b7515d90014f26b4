"""保密: the unit that handles a confidential case learns neither who raised it nor the original words."""

import pytest

from yousu.appeals import commands as appeals
from yousu.appeals.recording import Said
from yousu.appeals.state import AppealState
from yousu.cases import commands as cases
from yousu.cases.queries import Standing
from yousu.org import capabilities
from yousu.org.actors import Actor
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db

DESK = Actor(code="account:desk", roles=frozenset({"dispatcher"}))
UNIT = Actor(code="account:unit", roles=frozenset({"handler"}), unit="heating", tree=frozenset({"heating"}))
CALLS = Actor(code="account:calls", roles=frozenset({"call_back_officer"}))


def given_to_the_unit(*, confidential: bool) -> AppealState:
    said = Said(channel="hotline", text="举报", name="张三", phone="15400000003", confidential=confidential)
    case = appeals.record(said, by=DESK)
    return appeals.forward(case.number, lead_unit="heating", by=DESK, seen=1)


@pytest.mark.parametrize("field", ["name", "phone", "words"])
def test_the_unit_cannot_open_a_confidential_appellants_data(field: str) -> None:
    case = given_to_the_unit(confidential=True)
    with pytest.raises(Forbidden):
        cases.unmask(case.number, fields=[field], purpose="联系", by=UNIT)
    assert not capabilities.may(UNIT, "see_words", Standing(case))


def test_of_an_open_case_it_can() -> None:
    case = given_to_the_unit(confidential=False)
    assert cases.unmask(case.number, fields=["phone"], purpose="联系", by=UNIT) == {"phone": "15400000003"}


def test_the_call_back_desk_still_can() -> None:
    case = given_to_the_unit(confidential=True)
    assert cases.unmask(case.number, fields=["name"], purpose="回访", by=CALLS) == {"name": "张三"}

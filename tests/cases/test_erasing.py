"""删除个人信息: words, keys and phone go; the case, its counts and its chain stay."""

import pytest
from tests import world
from tests.cases.under_way import slowly

from yousu.appeals import commands as appeals
from yousu.cases import commands as cases
from yousu.cases import queries
from yousu.cases.models import CaseNow, CaseVersion
from yousu.cases.verification import whole
from yousu.ledger import persons, texts
from yousu.ledger.log import rows_of
from yousu.ledger.models import Person, Text
from yousu.org.capabilities import Forbidden

pytestmark = pytest.mark.django_db(transaction=True)


def test_erasure_takes_words_keys_and_phone_and_leaves_counts() -> None:
    erased = world.called_back(place="五四大街3号", title="不热")
    cases.unmask(erased.number, fields=["phone"], purpose="回电", by=world.DISPATCHER)
    other = world.recorded(phone=world.ZHANG)
    assert erased.person_id is not None
    before = (CaseNow.objects.count(), CaseVersion.objects.count())
    stored = Text.objects.filter(stream__in=[f"appeal/{erased.number}", f"access/{erased.number}"]).count()
    gone = cases.erase(erased.person_id, reason="本人申请", by=world.SECURITY)
    assert gone == stored
    assert not Text.objects.filter(stream__in=[f"appeal/{erased.number}", f"access/{erased.number}"]).exists()
    person = Person.objects.get(id=erased.person_id)
    assert (person.wrapped_key, person.phone, person.phone_lookup, person.last4_lookup) == (None,) * 4
    row = CaseNow.objects.get(number=erased.number)
    assert (row.matter, row.title, row.place) == (None, None, None)
    assert row.person_id == erased.person_id
    assert (CaseNow.objects.count(), CaseVersion.objects.count()) == before
    assert CaseNow.objects.get(number=other.number).matter is not None
    assert persons.by_phone(world.LI) is None
    assert persons.by_last_four(world.LI[-4:]) == []
    assert whole.run().is_clean


def test_the_place_is_erased_and_its_key_tells_nobody_where_it_was() -> None:
    erased, other = (world.recorded(place="无名巷7号老王家", phone=phone) for phone in (world.LI, world.ZHANG))
    assert erased.person_id is not None and erased.where.key is not None
    assert queries.place_words(erased.where.key, [erased.number, other.number]) == "无名巷7号老王家"
    cases.erase(erased.person_id, reason="本人申请", by=world.SECURITY)
    events = "".join(row.data for row in rows_of(f"appeal/{erased.number}"))
    now, [version] = CaseNow.objects.get(number=erased.number), CaseVersion.objects.filter(number=erased.number)
    for kept in (events, str(now.state), version.place_key or ""):
        assert "无名巷" not in kept
    assert version.place_key == CaseVersion.objects.get(number=other.number).place_key
    assert queries.place_words(erased.where.key, [erased.number]) is None


def test_a_second_erasure_changes_nothing() -> None:
    person_id = world.recorded().person_id
    assert person_id is not None
    cases.erase(person_id, reason="本人申请", by=world.SECURITY)
    assert cases.erase(person_id, reason="再次", by=world.SECURITY) == 0
    assert len(list(rows_of(f"person/{person_id}"))) == 1


def test_who_calls_again_after_erasure_is_somebody_new() -> None:
    first = world.recorded()
    assert first.person_id is not None
    cases.erase(first.person_id, reason="本人申请", by=world.SECURITY)
    again = world.recorded()
    assert again.person_id not in (None, first.person_id)
    assert cases.unmask(first.number, fields=["phone", "name", "words"], purpose="核对", by=world.DISPATCHER) == {
        "phone": None,
        "name": None,
        "words": None,
    }
    assert whole.run().is_clean


def test_an_erased_case_goes_on_and_what_is_written_then_stays() -> None:
    case = world.forwarded()
    assert case.person_id is not None
    cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    case = appeals.sign(case.number, by=world.HEATING_HANDLER, seen=case.version)
    case = appeals.contact(
        case.number, how="visit", reached=False, note="无人", by=world.HEATING_HANDLER, seen=case.version
    )
    reply = appeals.handle(
        case.number, reply="已检修", outcome="solved", by=world.HEATING_HANDLER, seen=case.version
    ).texts["reply"]
    assert texts.read_one(reply) == "已检修"
    assert whole.run().is_clean


def test_only_the_security_administrator_erases() -> None:
    person_id = world.recorded().person_id
    assert person_id is not None
    with pytest.raises(Forbidden):
        cases.erase(person_id, reason="不要", by=world.DISPATCHER)
    assert Person.objects.get(id=person_id).erased_at is None


def test_an_erasure_waits_for_a_recording_that_already_found_the_person() -> None:
    known = world.recorded(phone="15400000077").person_id
    assert known is not None
    with slowly(lambda: world.recorded(phone="15400000077")):
        cases.erase(known, reason="本人要求", by=world.SECURITY)
    assert CaseNow.objects.filter(person_id=known, matter__isnull=False).count() == 0
    assert whole.run().is_clean


def test_an_erasure_takes_the_words_of_a_command_that_is_under_way() -> None:
    case = world.signed()
    assert case.person_id is not None
    case = appeals.contact(case.number, how="phone", reached=True, by=world.HEATING_HANDLER, seen=case.version)
    reply = {"reply": "已到李某某家检修", "outcome": "solved", "by": world.HEATING_HANDLER, "seen": case.version}
    with slowly(lambda: appeals.handle(case.number, **reply)):
        cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert not Text.objects.filter(stream=f"appeal/{case.number}").exists()
    report = whole.run()
    assert report.is_clean, report.as_json()


def test_an_erasure_takes_the_purpose_of_a_first_access_that_is_under_way() -> None:
    case = world.recorded()
    assert case.person_id is not None
    with slowly(lambda: cases.unmask(case.number, fields=["name"], purpose="问李某某", by=world.DISPATCHER)):
        cases.erase(case.person_id, reason="本人申请", by=world.SECURITY)
    assert not Text.objects.filter(stream=f"access/{case.number}").exists()
    report = whole.run()
    assert report.is_clean, report.as_json()

"""人员: found by their phone without its being readable; one person, however many calls come at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests import world

from yousu.ledger import persons
from yousu.ledger.models import Person
from yousu.ledger.persons import PhoneWrong

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_same_phone_is_the_same_person() -> None:
    first = persons.find_or_make([world.LI])[world.LI]
    assert persons.find_or_make([world.LI, world.ZHANG])[world.LI] == first
    assert persons.by_phone(world.LI) == first
    assert persons.by_phone(world.WANG) is None


def test_persons_are_found_by_the_last_four_digits() -> None:
    found = persons.find_or_make([world.LI, "13900001111", world.ZHANG])
    assert set(persons.by_last_four("1111")) == {found[world.LI], found["13900001111"]}
    assert persons.by_last_four("0000") == []


def test_nothing_stored_of_a_person_holds_the_digits() -> None:
    person_id = persons.find_or_make([world.LI])[world.LI]
    row = Person.objects.get(id=person_id)
    stored = [row.wrapped_key, row.phone, row.phone_lookup, row.last4_lookup]
    assert all(world.LI[-4:].encode() not in bytes(value) for value in stored if value is not None)
    assert persons.phones_of([person_id]) == {person_id: world.LI}


def test_a_person_found_by_two_recordings_at_once_is_one_person() -> None:
    barrier = Barrier(2, timeout=10)

    def find(phones: list[str]) -> dict[str, object]:
        try:
            with transaction.atomic():
                barrier.wait()
                return dict(persons.find_or_make(phones))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(find, [[world.LI, world.ZHANG], [world.ZHANG, world.LI]])
    assert one == other
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+86 154-0000-1111", "15400001111"),
        ("008615400001111", "15400001111"),
        ("１５４００００１１１１", "15400001111"),
        ("0971 - 612 3456", "09716123456"),
    ],
)
def test_a_phone_is_the_same_however_it_is_written(written: str, digits: str) -> None:
    assert persons.normalised_phone(written) == digits


@pytest.mark.parametrize("written", ["", "123", "电话", "1540000111x", "1" * 21])
def test_what_is_no_phone_is_refused(written: str) -> None:
    with pytest.raises(PhoneWrong):
        persons.normalised_phone(written)


def test_masked_forms_tell_little() -> None:
    assert persons.masked_phone(world.LI) == "154****1111"
    assert persons.masked_phone("12345") == "****45"
    assert persons.masked_name("李某某") == "李**"

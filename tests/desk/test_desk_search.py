"""Search on the desk: one box, filters in the address and saved, words marked, a person's number in no address."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests import world
from tests.desk.conftest import Page
from tests.desk.test_desk_lists import cost, numbers, opened

from yousu.appeals import commands
from yousu.appeals.recording import next_numbers
from yousu.ledger.log import rows_of
from yousu.ledger.models import Event
from yousu.org.models import Account, SavedSearch
from yousu.platform import clock

FIND = "/desk/cases/find/"
Looks = Callable[[], int]


@pytest.fixture
def looks() -> Looks:
    """How many looks for persons there were since the test began."""
    before = Event.objects.filter(kind="searched").count()
    return lambda: Event.objects.filter(kind="searched").count() - before


def test_what_is_typed_becomes_an_address_with_the_filters_that_were_chosen(signed_in: Page) -> None:
    answer = signed_in("desk1").post(FIND, {"q": " 暖气 漏水 ", "stage": "recorded", "unit": "", "overdue": ""})
    assert answer["Location"] == "/desk/cases/?q=%E6%9A%96%E6%B0%94+%E6%BC%8F%E6%B0%B4&stage=recorded"
    assert signed_in("desk1").post(FIND, {"q": ""})["Location"] == "/desk/cases/"


def test_a_whole_number_opens_its_case(signed_in: Page) -> None:
    case = world.recorded()
    answer = signed_in("desk1").post(FIND, {"q": f" {case.number} "})
    assert answer["Location"] == f"/desk/cases/{case.number}/"
    scripted = signed_in("desk1").post(FIND, {"q": case.number}, headers={"HX-Request": "true"})
    assert scripted["HX-Redirect"] == f"/desk/cases/{case.number}/"


@pytest.mark.parametrize("typed", ["15400001234", " 154-0000-1234 ", "+8615400001234", "电话15400001234那位", "1234"])
def test_a_phone_in_the_box_finds_its_person_on_the_page_itself(typed: str, signed_in: Page, looks: Looks) -> None:
    case = world.recorded(phone="15400001234")
    answer = signed_in("desk1").post(FIND, {"q": typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert case.number in numbers(page)
    assert "15400001234" not in page
    assert looks() == 1


def test_a_list_that_answers_a_refused_form_is_not_offered_to_be_shown_anew(signed_in: Page) -> None:
    assert "data-changes" in signed_in("desk1").get("/desk/cases/?stage=recorded").content.decode()
    refused = signed_in("desk1").post("/desk/cases/saved/", {"stage": "recorded", "name": ""})
    # Its address holds nothing of what was asked, so following it would lose the filters.
    assert refused.status_code == 422 and "data-changes" not in refused.content.decode()


@pytest.mark.parametrize("typed", ["15400001234", "0971-8221234", "电话15400001234那位"])
def test_a_phone_typed_by_who_may_not_look_for_people_goes_nowhere(typed: str, signed_in: Page, looks: Looks) -> None:
    world.recorded(phone="15400001234")
    answer = signed_in("call1").post(FIND, {"q": typed})
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert numbers(answer.content.decode()) == []
    assert "15400001234" not in answer.content.decode()
    assert looks() == 0


@pytest.mark.parametrize("typed", ["63010219900307123X", "zhang@example.com", "关于15400001234567890123的事"])
def test_other_personal_numbers_are_looked_for_nowhere(typed: str, signed_in: Page, looks: Looks) -> None:
    answer = signed_in("desk1").post(FIND, {"q": typed})
    assert answer.status_code == 200
    assert typed not in answer.content.decode()
    assert looks() == 0


def test_a_phone_in_an_address_is_taken_out_of_it(signed_in: Page, looks: Looks) -> None:
    answer = signed_in("desk1").get("/desk/cases/?q=15400001234")
    assert answer["Location"] == "/desk/cases/"
    assert looks() == 0


def test_four_digits_can_be_words_after_all(signed_in: Page, looks: Looks) -> None:
    case = world.recorded("在 1208 室漏水", phone=None, name="")
    page = signed_in("desk1").post(FIND, {"q": "1208"}).content.decode()
    assert '<input type="hidden" name="as" value="words">' in page
    answer = signed_in("desk1").post(FIND, {"q": "1208", "as": "words"}, follow=True)
    assert case.number in numbers(answer.content.decode())
    assert signed_in("call1").post(FIND, {"q": "1208"})["Location"] == "/desk/cases/?q=1208"
    assert looks() == 1


def test_a_name_is_looked_for_in_a_form_of_its_own_by_those_who_may(signed_in: Page, looks: Looks) -> None:
    case = world.recorded(name="独孤某")
    asked = {"by": "name", "value": "独孤某"}
    page = signed_in("back1").post("/desk/cases/person/", asked).content.decode()
    assert case.number in numbers(page)
    assert "独孤某" not in page
    assert signed_in("call1").post("/desk/cases/person/", asked).status_code == 403
    assert "/desk/cases/person/" not in opened(signed_in("call1"), "/desk/cases/")
    assert looks() == 1
    assert list(rows_of("access/account:back1"))[-1].kind == "searched"


def test_a_wrong_look_keeps_what_was_typed_and_says_what_to_do(signed_in: Page, looks: Looks) -> None:
    answer = signed_in("desk1").post("/desk/cases/person/", {"by": "last4", "value": "12"})
    assert answer.status_code == 422
    assert "请输入电话号码的最后四位数字。" in answer.content.decode()
    assert 'value="12"' in answer.content.decode() and '<a href="#look-value">' in answer.content.decode()
    assert signed_in("desk1").post("/desk/cases/person/", {"by": "name", "value": "\x00"}).status_code == 422
    assert looks() == 0


def test_found_words_are_marked_and_nothing_of_them_is_markup(signed_in: Page) -> None:
    case = world.recorded("<b>粗体字</b>的&暖气片", phone=None, name="")
    page = opened(signed_in("desk1"), "/desk/cases/?q=b>粗体字</b>")
    assert case.number in numbers(page)
    assert "&lt;<mark>b&gt;粗体字&lt;/b&gt;</mark>的&amp;暖气片" in page
    assert "<b>" not in page


def test_words_far_down_a_matter_are_shown_with_what_stands_around_them(signed_in: Page) -> None:
    case = world.recorded("前" * 200 + "，最后提到格桑花，" + "后" * 50, title="标题", phone=None, name="")
    page = opened(signed_in("desk1"), "/desk/cases/?q=格桑花")
    assert case.number in numbers(page)
    assert "<mark>格桑花</mark>" in page


@pytest.mark.parametrize(
    "typed",
    ["%_'\"", "'; DROP TABLE case_search; --", "暖\x00气", "\u202e\u2066暖气\u2069", "。，！", "x" * 10_000, "暖"],
)
def test_hostile_words_are_answered_with_a_page(typed: str, signed_in: Page) -> None:
    world.recorded("暖气不热")
    for answer in (
        signed_in("desk1").get("/desk/cases/", {"q": typed}),
        signed_in("desk1").post(FIND, {"q": typed}, follow=True),
    ):
        assert answer.status_code == 200
        assert "<mark></mark>" not in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=暖", "请至少输入两个相连的字、字母或数字。"),
        ("q=无此事物", "没有找到“无此事物”"),
        ("unit=没有的单位", "没有这个选项，请从列表中选择。"),
        ("category=没有的分类", "没有这个分类，请从提示中选择。"),
        ("from=昨天", "请按年-月-日填写日期，例如 2024-01-31。"),
        ("to=9999-12-31", "请按年-月-日填写日期，例如 2024-01-31。"),
        ("stage=nonsense", "没有符合条件的诉求"),
    ],
)
def test_an_empty_page_says_why_and_what_to_try(query: str, said: str, signed_in: Page) -> None:
    assert said in opened(signed_in("desk1"), f"/desk/cases/?{query}")


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("category=城乡建设", True),
        ("category=供热保障", True),
        ("category=供水保障", False),
        ("type=tip_off", True),
        ("type=praise", False),
        ("from=2026-01-05&to=2026-01-05", True),
        ("from=2026-01-06", False),
        ("to=2026-01-04", False),
        ("q=热力公司", True),
        ("q=供热保障", True),
    ],
)
def test_the_list_is_narrowed_by_each_further_filter(query: str, is_found: bool, signed_in: Page) -> None:
    with clock.held(clock.now().replace(year=2026, month=1, day=5, hour=1)):
        case = world.forwarded(text="久远的事", type="tip_off", phone=None, name="")
    assert (case.number in numbers(opened(signed_in("desk1"), f"/desk/cases/?{query}"))) is is_found


def test_a_count_is_fifty_and_more_and_never_counted_on(signed_in: Page) -> None:
    said = [world.said(f"井盖丢失第{n}处", phone=None, name="") for n in range(60)]
    commands.record_many(said, new_numbers=next_numbers(60), by=world.CALL_TAKER)
    page = opened(signed_in("desk1"), "/desk/cases/?q=井盖")
    assert "50+ 件，最新的在前" in page
    assert len(numbers(page)) == 50
    following = re.search(r'<a href="(\?[^"]*)" rel="next">', page)
    assert following
    rest = numbers(opened(signed_in("desk1"), f"/desk/cases/{html.unescape(following[1])}"))
    assert len(rest) == 10
    assert not set(rest) & set(numbers(page))


def test_a_search_costs_the_same_for_few_and_for_many(signed_in: Page) -> None:
    desk, unit = signed_in("desk1"), signed_in("heat1")
    paths = [
        (desk, "/desk/cases/?q=窨井"),
        (desk, "/desk/cases/?q=窨井&stage=recorded&category=城乡建设&channel=hotline"),
        (unit, "/desk/cases/?q=窨井"),
    ]
    world.forwarded(text="窨井冒水")
    few = [cost(client, path) for client, path in paths]
    said = [world.said(f"窨井冒水{n}", phone=None, name="") for n in range(300)]
    commands.record_many(said, new_numbers=next_numbers(300), by=world.CALL_TAKER)
    assert [cost(client, path) for client, path in paths] == few
    assert max(few) <= 12


def test_filters_are_kept_under_a_name_for_their_account_alone(signed_in: Page) -> None:
    desk = signed_in("desk1")
    answer = desk.post("/desk/cases/saved/", {"q": "暖气", "stage": "recorded", "name": "  待转交的 暖气 "})
    address = answer["Location"]
    kept = SavedSearch.objects.get(account__user="desk1", name="待转交的 暖气")
    assert address == f"/desk/cases/?{kept.address}"
    assert f'<a href="{address.replace("&", "&amp;")}"' in opened(desk, "/desk/cases/")
    assert "待转交的 暖气" not in opened(signed_in("super1"), "/desk/cases/")
    desk.post("/desk/cases/saved/", {"q": "电梯", "name": "待转交的 暖气"})
    assert SavedSearch.objects.filter(account__user="desk1").count() == 1
    signed_in("super1").post("/desk/cases/saved/remove/", {"saved": kept.pk})
    assert SavedSearch.objects.filter(pk=kept.pk).exists()
    desk.post("/desk/cases/saved/remove/", {"saved": kept.pk})
    assert not SavedSearch.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("asked", [{"q": "暖气", "name": " "}, {"q": "", "name": "空"}])
def test_nothing_is_kept_without_a_name_or_a_filter(asked: dict[str, str], signed_in: Page) -> None:
    answer = signed_in("desk1").post("/desk/cases/saved/", asked)
    assert answer.status_code == 422
    assert "请先选好条件，再起一个名字。" in answer.content.decode()


def test_thirty_are_kept_and_no_more_and_no_phone_among_them(signed_in: Page) -> None:
    back = signed_in("back1")
    back.post("/desk/cases/saved/", {"q": "15400001234", "name": "电话"})
    assert not SavedSearch.objects.filter(account__user="back1").exists()
    account = Account.objects.get(user="back1")
    SavedSearch.objects.bulk_create(SavedSearch(account=account, name=f"第{n}组", address="q=1") for n in range(30))
    answer = back.post("/desk/cases/saved/", {"q": "暖气", "name": "又一组"})
    assert answer.status_code == 422
    assert "最多保存 30 组条件" in answer.content.decode()


def test_a_search_of_the_last_month_alone_goes_through_its_weeks(signed_in: Page) -> None:
    with clock.held(clock.now() - timedelta(days=40)):
        older = world.recorded("广场舞扰民", phone=None, name="")
    newer = world.recorded("广场舞扰民", phone=None, name="")
    since = (clock.now() - timedelta(days=30)).date()
    found = numbers(opened(signed_in("desk1"), f"/desk/cases/?q=广场舞&from={since}"))
    assert newer.number in found
    assert older.number not in found

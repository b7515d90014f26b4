"""Released answers and the home page: what everybody may read."""

import re
from html import unescape
from uuid import uuid4

from django.test import Client
from tests import world

from yousu.appeals import commands


def released(text: str, answer: str, **more: str) -> str:
    """An answered case whose answer everybody may read; returns its number."""
    case = world.recorded(text, **more)
    commands.answer(case.number, reply=answer, by=world.DISPATCHER, seen=1)
    return commands.release(case.number, text=answer, by=world.DISPATCHER, seen=2).number


def page(query: str = "") -> str:
    return Client().get(f"/answers/{query}").content.decode()


def test_released_answers_are_read_newest_first_without_a_number() -> None:
    numbers = [released("水压太低", "已调高水压", category=world.DRY), released("暖气漏水", "已换阀门")]
    html = page()
    assert html.index("已换阀门") < html.index("已调高水压")
    assert not [number for number in numbers if number in html]
    assert "暖气漏水" in Client().get("/").content.decode()


def test_they_are_chosen_by_category_and_district() -> None:
    released("五四大街停水", "已抢修", category=world.DRY, place="五四大街")
    released("东关大街欠薪", "已发工资", category=world.WAGES, place="东关大街")
    by_class = page("?category=劳动和社会保障")
    assert "已发工资" in by_class and "已抢修" not in by_class
    by_district = page("?district=west")
    assert "已抢修" in by_district and "已发工资" not in by_district
    assert "已发工资" not in page("?category=劳动和社会保障&district=west")


def test_what_is_no_filter_filters_nothing() -> None:
    released("楼道漏水", "已修")
    for query in ("?category=x&district=%00", "?after=x", f"?after={uuid4()}", "?category=" + "长" * 3000):
        assert Client().get(f"/answers/{query}").status_code == 200
    assert "已修" in page("?category=x&district=x&after=x")


def test_they_are_found_by_two_letters_of_the_matter_or_its_place_and_by_nothing_hidden() -> None:
    released("南川东路的公交站牌倒了", "站牌已扶正", place="南川东路")
    other = released("地铁口的栏杆松了", "已加固", category=world.WAGES)
    hidden = released("公交站牌上贴满小广告", "已清理")
    commands.correct(hidden, field="type", value="tip_off", why="是举报", by=world.DISPATCHER, seen=3)
    world.recorded("另一处公交站牌倒了，还没有答复")
    found = page("?q=公交站牌")
    assert "站牌已扶正" in found and "已加固" not in found and "已清理" not in found and "还没有答复" not in found
    assert "站牌已扶正" in page("?q=南川 站牌") and "站牌已扶正" not in page("?q=栏杆 站牌")
    assert "已加固" in page("?q=栏杆&category=劳动和社会保障") and "已加固" not in page("?q=栏杆&category=城乡建设")
    # A case's number is not public, and finds nothing.
    assert "已加固" not in page(f"?q={other}")


def test_one_letter_alone_is_asked_for_another_and_nothing_found_says_what_to_do() -> None:
    assert "连着的两个字" in page("?q=灯")
    html = page("?q=独角兽养殖")
    assert "没有找到提到“独角兽养殖”的公开答复" in html and "我要反映" in html
    for query in ("?q=%00%00", "?q=" + "长" * 3000, "?q=%F0%9F%98%80%F0%9F%98%80", "?q='; DROP TABLE x"):
        assert Client().get(f"/answers/{query}").status_code == 200


def test_more_finds_than_a_page_go_on() -> None:
    for n in range(21):
        released(f"第{n}号垃圾箱满了", f"第{n}箱已清", category=world.DRY)
    first = page("?q=垃圾箱满")
    following = re.search(r'href="([^"]*)" rel="next"', first)
    assert following is not None and "第0箱已清" not in first
    assert "第0箱已清" in page(unescape(following[1]))


def test_more_than_a_page_goes_on() -> None:
    for n in range(21):
        released(f"第{n}盏灯不亮", f"第{n}盏已修", category=world.DRY)
    first = page("?category=城乡建设")
    assert "更早的答复" in first
    following = re.search(r'href="([^"]*)" rel="next"', first)
    assert following is not None
    assert "第0盏已修" not in first and "第0盏已修" in page(unescape(following[1]))


def test_a_page_asks_the_database_as_often_for_one_answer_as_for_many(django_assert_max_num_queries: object) -> None:
    released("井盖松动", "已固定")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert page()
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert page("?q=井盖松动")
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert Client().get("/").status_code == 200

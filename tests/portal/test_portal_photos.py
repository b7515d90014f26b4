"""Photos: sent with the report or later, judged by content, all or nothing; only their sender gets them back."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.platform.sent_files import REFUSED, bomb, picture
from tests.portal.residents import WORDS, form_of, report

from yousu.cases import attaching, queries
from yousu.cases.models import CaseNow
from yousu.org.actors import resident


def file(content: bytes = b"", name: str = "IMG.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture())


def kept(number: str) -> list[str]:
    """The types of the files of a case."""
    state = queries.state_of(queries.now(number))
    return [each.media_type for each in attaching.of(state, resident(number))]


def sent(client: Client, *photos: SimpleUploadedFile) -> str:
    answer = client.post("/report/", {**form_of(client), "photo": list(photos)}, follow=True)
    found = re.search(r"<dd>(\d{10})</dd>", answer.content.decode())
    assert found is not None, answer.content.decode()
    return found[1]


def test_photos_come_with_the_report_and_can_be_had_back() -> None:
    client = Client()
    number = sent(client, file(), file(picture("PNG"), "b.png"))
    assert kept(number) == ["image/jpeg", "image/png"]
    address = re.search(rf"/follow/{number}/files/[0-9a-f-]+/", client.get(f"/follow/{number}/").content.decode())
    assert address is not None
    answer = client.get(address[0])
    assert answer["Content-Type"] == "image/jpeg" and b"".join(answer).startswith(b"\xff\xd8")  # type: ignore[arg-type]
    assert Client().get(address[0])["Location"] == "/follow/"
    assert client.get(f"/follow/{number}/files/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("name", ["an executable", "HTML", "SVG", "an archive"])
def test_a_renamed_file_refuses_the_report_and_keeps_every_word(name: str) -> None:
    client, before = Client(), CaseNow.objects.count()
    answer = client.post("/report/", {**form_of(client, name="李某"), "photo": [file(), file(REFUSED[name])]})
    html = answer.content.decode()
    assert answer.status_code == 422 and 'href="#photo"' in html and "不收这种文件" in html
    assert WORDS in html and 'value="李某"' in html
    assert CaseNow.objects.count() == before


def test_a_picture_of_too_many_pixels_is_refused_in_words() -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client), "photo": file(bomb())})
    assert answer.status_code == 422 and "照片太大" in answer.content.decode()


def test_more_than_three_photos_are_refused_before_anything_is_recorded() -> None:
    client, before = Client(), CaseNow.objects.count()
    photos = [file(picture(size=(40, 20 + n))) for n in range(4)]
    answer = client.post("/report/", {**form_of(client), "photo": photos})
    assert answer.status_code == 422 and "最多 3 张" in answer.content.decode()
    assert CaseNow.objects.count() == before


def test_a_report_sent_again_with_its_photo_has_it_once() -> None:
    client = Client()
    data = form_of(client)
    for _ in range(2):
        client.post("/report/", {**data, "photo": file()})
    number = CaseNow.objects.order_by("-number").values_list("number", flat=True)[0]
    assert kept(number) == ["image/jpeg"]


def test_a_photo_is_added_later() -> None:
    client = Client()
    number = report(client).number
    address = f"/follow/{number}/attach/"
    for page in ("/report/received/", f"/follow/{number}/"):
        assert f'action="{address}"' in client.get(page).content.decode()
    assert client.post(address, {"file": file()})["Location"] == f"/follow/{number}/"
    assert kept(number) == ["image/jpeg"]
    assert Client().post(address, {"file": file()})["Location"] == "/follow/"


@pytest.mark.parametrize(
    ("data", "why"), [({}, "请填写这一项"), ({"file": file(REFUSED["an executable"])}, "不收这种文件")]
)
def test_what_cannot_be_added_is_said_where_it_is_added(data: dict[str, SimpleUploadedFile], why: str) -> None:
    client = Client()
    number = report(client).number
    answer = client.post(f"/follow/{number}/attach/", data)
    html = answer.content.decode()
    assert answer.status_code == 422 and why in html and 'aria-describedby="file-hint file-error"' in html
    assert '<a href="#file">' in html


def test_a_file_of_twenty_five_megabytes_gets_plain_words() -> None:
    client = Client()
    large = picture() + b"\0" * (25 * 1024 * 1024)
    answer = client.post("/report/", {**form_of(client), "photo": file(large)})
    assert answer.status_code == 413 and "20 兆" in answer.content.decode()


def test_a_file_just_over_the_limit_comes_back_with_every_word() -> None:
    client = Client()
    answer = client.post("/report/", {**form_of(client), "photo": file(picture() + b"\0" * (20 * 1024 * 1024))})
    html = answer.content.decode()
    assert answer.status_code == 422 and "文件超过 20 兆" in html and WORDS in html

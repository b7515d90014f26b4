"""附件的接口: works, wrong role, unknown case, too large, wrong kind; given out as a file to be saved."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.api.callers import Caller, bring
from tests.platform.sent_files import KEPT, PLACE, REFUSED, picture

from yousu.cases import attaching

Callers = dict[str, Caller]
PDF = KEPT["application/pdf"]


def send(caller: Caller, number: str, content: bytes, *, name: str = "照片.bin", field: str = "file") -> Any:
    """Posts a file as a form."""
    sent = {field: SimpleUploadedFile(name, content, content_type="application/octet-stream")}
    return Client().post(f"/api/v1/appeals/{number}/attachments", sent, headers=bearer(caller))


def bearer(caller: Caller) -> dict[str, str]:
    return {"Authorization": f"Bearer {caller.token}"}


def fetched(caller: Caller, address: str) -> Any:
    return Client().get(address, headers=bearer(caller))


def test_a_file_is_kept_and_given_out_as_it_was(callers: Callers) -> None:
    number = bring(callers, "signed")["number"]
    answer = send(callers["heating"], number, PDF, name="通知.pdf")
    shown = answer.json()
    assert answer.status_code == 201, shown
    assert (shown["media_type"], shown["size"], shown["name"], shown["exif_place"]) == (
        "application/pdf",
        len(PDF),
        "通知.pdf",
        None,
    )
    given = fetched(callers["taker"], answer["Location"])
    assert (given.status_code, b"".join(given.streaming_content)) == (200, PDF)
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"] == f'attachment; filename="{number}-1.pdf"'
    assert (given["X-Content-Type-Options"], given["Cache-Control"]) == ("nosniff", "no-store")
    assert given["Content-Length"] == str(len(PDF))


def test_the_same_file_sent_twice_is_there_once(callers: Callers) -> None:
    number = bring(callers, "recorded")["number"]
    first, second = (send(callers["taker"], number, picture()) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert first["ETag"] == second["ETag"] == '"2"'


def test_where_a_picture_was_taken_is_proposed(callers: Callers) -> None:
    shown = send(callers["taker"], bring(callers, "recorded")["number"], picture(place=True)).json()
    assert (shown["exif_place"]["lon"], shown["exif_place"]["lat"]) == pytest.approx(PLACE, abs=1e-5)


def test_who_neither_records_nor_handles_attaches_nothing(callers: Callers) -> None:
    number = bring(callers, "signed")["number"]
    assert send(callers["supervisor"], number, PDF).status_code == 403
    assert send(callers["water"], number, PDF).status_code == 404
    assert send(callers["taker"], "2400000000", PDF).status_code == 404


def test_a_machine_attaches_to_what_it_brought(callers: Callers) -> None:
    number = callers["app"].record(channel="wechat").json()["number"]
    assert send(callers["app"], number, picture()).status_code == 201
    assert send(callers["other_app"], number, picture()).status_code == 404


def test_a_file_cannot_be_had_by_who_cannot_see_the_case(callers: Callers) -> None:
    number = bring(callers, "signed")["number"]
    address = send(callers["taker"], number, PDF)["Location"]
    assert fetched(callers["water"], address).status_code == 404
    assert fetched(callers["supervisor"], address).status_code == 200


def test_the_files_of_a_confidential_case_are_words(callers: Callers) -> None:
    case = callers["taker"].record(appellant={"phone": "15400000001", "confidential": True}).json()
    case = callers["dispatcher"].do(case, "forward", {"lead_unit": "heating"}).json()
    address = send(callers["taker"], case["number"], PDF)["Location"]
    assert fetched(callers["heating"], address).status_code == 403
    assert fetched(callers["other_taker"], address).status_code == 403
    assert fetched(callers["taker"], address).status_code == 200


def test_a_file_of_another_case_is_not_there(callers: Callers) -> None:
    one, other = (bring(callers, "recorded")["number"] for _ in range(2))
    file_id = send(callers["taker"], one, PDF).json()["id"]
    for wanted in (file_id, "00000000-0000-4000-8000-000000000000"):
        answer = callers["taker"].get(f"/appeals/{other}/attachments/{wanted}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:yousu:problem:attachment_missing")
    assert callers["taker"].get(f"/appeals/{other}/attachments/x").status_code == 422


@pytest.mark.parametrize("what", REFUSED)
def test_a_kind_that_is_not_kept_is_refused_whatever_its_name(callers: Callers, what: str) -> None:
    answer = send(callers["taker"], bring(callers, "recorded")["number"], REFUSED[what], name="照片.jpg")
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"field": "file", "why": "wrong_type"}])


def test_an_empty_or_missing_file_is_asked_for(callers: Callers) -> None:
    number = bring(callers, "recorded")["number"]
    for answer in (send(callers["taker"], number, b""), send(callers["taker"], number, PDF, field="other")):
        assert (answer.status_code, answer.json()["errors"]) == (422, [{"field": "file", "why": "required"}])


@pytest.mark.parametrize("over", [1, 2 * 1024 * 1024])
def test_a_file_too_large_is_413(callers: Callers, over: int) -> None:
    content = PDF.ljust(attaching.MOST_BYTES + over, b" ")
    answer = send(callers["taker"], bring(callers, "recorded")["number"], content)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:yousu:problem:file_too_large")


def test_a_file_of_exactly_20_mib_is_kept(callers: Callers) -> None:
    content = PDF.ljust(attaching.MOST_BYTES, b" ")
    answer = send(callers["taker"], bring(callers, "recorded")["number"], content)
    assert (answer.status_code, answer.json()["size"]) == (201, attaching.MOST_BYTES)
    assert b"".join(fetched(callers["taker"], answer["Location"]).streaming_content) == content


def test_what_is_no_form_is_415_and_a_broken_form_400(callers: Callers) -> None:
    path = f"/appeals/{bring(callers, 'recorded')['number']}/attachments"
    assert callers["taker"].post(path, {"file": "x"}).status_code == 415
    kind = "multipart/form-data; boundary="
    assert callers["taker"].post(path, b"--x", content_type=kind + "\x01").status_code in (400, 422)
    assert callers["taker"].post(path, b"nothing", content_type=kind + "x").status_code in (400, 422)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.pdf", '"><script>.pdf', "长" * 300, "\ud800.pdf"])
def test_a_hostile_name_does_nothing(callers: Callers, name: str) -> None:
    number = bring(callers, "recorded")["number"]
    content = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode(errors="replace")
        + PDF
        + b"\r\n--x--\r\n"
    )
    answer = callers["taker"].post(
        f"/appeals/{number}/attachments", content, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code in (201, 422), answer.content
    if answer.status_code == 201:
        assert fetched(callers["taker"], answer["Location"])["Content-Disposition"].endswith('-1.pdf"')

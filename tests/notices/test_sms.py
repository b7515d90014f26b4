"""Short messages over HTTP: signed, named by the notice's id, and what a gateway may answer."""

import time
from pathlib import Path
from uuid import UUID

import pytest
from tests.notices.listening import KEY, free_port, gateway, talker

from yousu.platform.environment import SettingWrong
from yousu.platform.notices import ACCEPTED, AGAIN, REFUSED, Reply, sms
from yousu.platform.notices.sms import Gateway, Sms, Texter, signature

ID = UUID("5f0a4f2c-9d3a-5a55-8a55-0123456789ab")
MESSAGE = Sms(id=ID, to="15400001111", template="forwarded", parameters={"number": "2400000017"}, text="已转办")


def sent(url: str) -> Reply:
    texter = Texter(Gateway(url=url, key=KEY, timeout_s=1.0))
    try:
        return texter.send(MESSAGE)
    finally:
        texter.close()


def test_a_message_is_signed_over_path_time_nonce_and_body() -> None:
    with gateway() as told:
        assert sent(told.url) == Reply(outcome=ACCEPTED)
        assert sent(told.url) == Reply(outcome=ACCEPTED)
    assert told.asked[0] == {
        "id": str(ID),
        "to": "15400001111",
        "template": "forwarded",
        "parameters": {"number": "2400000017"},
        "text": "已转办",
    }
    first, second = told.signed
    assert first["Idempotency-Key"] == second["Idempotency-Key"] == str(ID)
    assert first["Yousu-Nonce"] != second["Yousu-Nonce"]
    assert abs(int(first["Yousu-Timestamp"]) - time.time()) < 60
    for each in (first, second):
        again = signature(
            KEY,
            path="/send?app=yousu",
            timestamp=each["Yousu-Timestamp"],
            nonce=each["Yousu-Nonce"],
            body=each["body"].encode(),
        )
        assert each["Yousu-Signature"] == again


def test_the_signature_is_the_one_of_the_handbooks_example() -> None:
    made = signature(b"0123456789abcdef", path="/send", timestamp="1706745600", nonce="00ff", body=b"{}")
    assert made == "95d57966611cb594c8bfb8ad23a334cdaf08810714ea9df47c8427f505036921"


@pytest.mark.parametrize(
    ("status", "body", "reply"),
    [
        (204, b"", Reply(outcome=ACCEPTED)),
        (200, b'{"accepted":true}', Reply(outcome=ACCEPTED)),
        (200, b'{"duplicate":true}', Reply(outcome=ACCEPTED, code="duplicate")),
        (409, b"already there", Reply(outcome=ACCEPTED, code="duplicate")),
        (200, b'{"accepted":false,"reason":"blocked"}', Reply(outcome=REFUSED, code="blocked")),
        (422, b'{"reason":"unknown_number"}', Reply(outcome=REFUSED, code="http_422 unknown_number")),
        (400, b"<html>", Reply(outcome=REFUSED, code="http_400")),
        # A reason with somebody's number in it is not taken over.
        (400, b'{"reason":"15400001111"}', Reply(outcome=REFUSED, code="http_400")),
        (401, b"", Reply(outcome=AGAIN, code="http_401", is_down=True)),
        (429, b"", Reply(outcome=AGAIN, code="http_429", is_down=True)),
        (500, b"", Reply(outcome=AGAIN, code="http_500", is_down=True)),
        (302, b"", Reply(outcome=AGAIN, code="http_302", is_down=True)),
        (200, b"<html>please sign in</html>", Reply(outcome=AGAIN, code="nonsense", is_down=True)),
        (200, b"[" * 60_000, Reply(outcome=AGAIN, code="nonsense", is_down=True)),
        (200, b"\xff\xfe", Reply(outcome=AGAIN, code="nonsense", is_down=True)),
    ],
)
def test_what_a_gateway_answers_is_understood(status: int, body: bytes, reply: Reply) -> None:
    with gateway(answers=[(status, body)]) as told:
        assert sent(told.url) == reply


def test_a_gateway_may_ask_for_a_pause() -> None:
    with gateway(answers=[(429, b"")], headers={"Retry-After": "120"}) as told:
        assert sent(told.url).after_s == 120
    with gateway(answers=[(503, b"")], headers={"Retry-After": "tomorrow"}) as told:
        assert sent(told.url).after_s is None


def test_a_slow_gateway_is_left_after_the_time_limit() -> None:
    with gateway(pause_s=3) as told:
        began = time.monotonic()
        assert sent(told.url) == Reply(outcome=AGAIN, code="timeout", is_down=True)
        assert time.monotonic() - began < 2.5


def test_a_gateway_that_answers_letter_by_letter_is_left_too() -> None:
    with talker(b"HTTP/1.1 200 OK\r\n", *[b"X-More: 1\r\n"] * 60, pause_s=0.3) as port:
        began = time.monotonic()
        assert sent(f"http://127.0.0.1:{port}/").outcome == AGAIN
    assert time.monotonic() - began < 6


def test_an_answer_that_breaks_off_is_no_receipt() -> None:
    with gateway(raw=b"HTTP/1.1 200 OK\r\nX-More: 1\r\n") as told:
        assert sent(told.url) == Reply(outcome=AGAIN, code="nonsense", is_down=True)
    with gateway(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{") as told:
        assert sent(told.url) == Reply(outcome=AGAIN, code="nonsense", is_down=True)


def test_nonsense_and_nobody_there_are_tried_again() -> None:
    with gateway(raw=b"220 mail.example ESMTP\r\n") as told:
        assert sent(told.url) == Reply(outcome=AGAIN, code="nonsense", is_down=True)
    assert sent(f"http://127.0.0.1:{free_port()}/") == Reply(outcome=AGAIN, code="unreachable", is_down=True)


def test_one_connection_carries_many_whatever_is_answered() -> None:
    with gateway(answers=[(200, b"{}"), (500, b"{}"), (422, b"{}")]) as told:
        texter = Texter(Gateway(url=told.url, key=KEY, timeout_s=1.0))
        outcomes = [texter.send(MESSAGE).outcome for _ in range(4)]
        texter.close()
    assert outcomes == [ACCEPTED, AGAIN, REFUSED, ACCEPTED]


def test_the_number_and_the_key_stand_in_no_description() -> None:
    described = repr(MESSAGE) + repr(Gateway(url="https://sms.example", key=KEY))
    assert "15400001111" not in described
    assert KEY.decode() not in described


def test_nothing_is_configured_unless_it_is_named() -> None:
    assert sms.configured() is None


def test_the_settings_name_gateway_and_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "key"
    key.write_bytes(KEY + b"\n")
    monkeypatch.setenv("YOUSU_SMS_URL", "https://sms.example/send")
    monkeypatch.setenv("YOUSU_SMS_KEY_FILE", str(key))
    assert sms.configured() == Gateway(url="https://sms.example/send", key=KEY, timeout_s=10)
    key.write_bytes(b"short")
    with pytest.raises(SettingWrong, match="YOUSU_SMS_KEY_FILE"):
        sms.configured()
    monkeypatch.setenv("YOUSU_SMS_KEY_FILE", "/nowhere/key")
    with pytest.raises(SettingWrong, match="YOUSU_SMS_KEY_FILE"):
        sms.configured()
    monkeypatch.setenv("YOUSU_SMS_KEY_FILE", str(key))
    monkeypatch.setenv("YOUSU_SMS_URL", "http://sms.example/send")
    with pytest.raises(SettingWrong, match="YOUSU_SMS_URL"):
        sms.configured()

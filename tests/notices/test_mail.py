"""Mail over SMTP: what a server takes, refuses, and does badly."""

import time
from pathlib import Path
from uuid import UUID

import pytest
from tests.notices.listening import Mailbox, free_port, mail_server, talker

from yousu.platform.environment import SettingWrong
from yousu.platform.notices import ACCEPTED, AGAIN, REFUSED, Reply, mail
from yousu.platform.notices.mail import Mail, Mailer, MailServer

ID = UUID("5f0a4f2c-9d3a-5a55-8a55-0123456789ab")
MESSAGE = Mail(id=ID, to="heat@units.example", subject="有诉：新情况", text="请签收。")


def server(port: int, **more: object) -> MailServer:
    usual: dict[str, object] = {"tls": "none", "sender": "yousu@city.example", "domain": "12345.city.example"}
    return MailServer(host="127.0.0.1", port=port, timeout_s=1.0, **{**usual, **more})  # type: ignore[arg-type]  # as above


def sent(port: int, **more: object) -> Reply:
    mailer = Mailer(server(port, **more))
    try:
        return mailer.send(MESSAGE)
    finally:
        mailer.close()


def test_a_mail_arrives_with_its_words_and_an_id_made_from_the_notices() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert sent(port) == Reply(outcome=ACCEPTED)
        assert sent(port) == Reply(outcome=ACCEPTED)
    first, second = mailbox.taken
    assert first["Message-ID"] == second["Message-ID"] == f"<{ID}@12345.city.example>"
    assert (first["Subject"], first["To"], first["From"]) == (
        "有诉：新情况",
        "heat@units.example",
        "yousu@city.example",
    )
    assert first["Auto-Submitted"] == "auto-generated"
    assert first.get_content().strip() == "请签收。"


def test_one_connection_carries_many_and_a_dropped_one_is_made_again() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        mailer = Mailer(server(port))
        assert [mailer.send(MESSAGE).outcome for _ in range(3)] == [ACCEPTED] * 3
    # The server went away and came back between two messages.
    with mail_server(mailbox) as port:
        mailer._server = server(port)
        assert mailer.send(MESSAGE).outcome == ACCEPTED
        mailer.close()
    assert len(mailbox.taken) == 4


@pytest.mark.parametrize(
    ("at", "said", "outcome"),
    [
        ("rcpt", "550 no such mailbox", REFUSED),
        ("rcpt", "450 mailbox busy", AGAIN),
        ("data", "554 refused", REFUSED),
        ("data", "451 try later", AGAIN),
    ],
)
def test_a_refusal_of_this_message_is_final_at_5xx_and_tried_again_at_4xx(at: str, said: str, outcome: str) -> None:
    mailbox = Mailbox(**{at: [said]})  # type: ignore[arg-type]  # a list of answers either way
    with mail_server(mailbox) as port:
        mailer = Mailer(server(port))
        assert mailer.send(MESSAGE) == Reply(outcome=outcome, code=f"smtp_{said[:3]}")
        # The next one is not harmed by it.
        assert mailer.send(MESSAGE).outcome == ACCEPTED
        mailer.close()


def test_a_server_that_takes_it_and_hangs_up_is_asked_again_under_the_same_id() -> None:
    mailbox = Mailbox(hangs_up=True)
    with mail_server(mailbox) as port:
        reply = sent(port)
        assert (reply.outcome, reply.is_down) == (AGAIN, True)
        mailbox.hangs_up = False
        assert sent(port).outcome == ACCEPTED
    assert len({message["Message-ID"] for message in mailbox.taken}) == 1


def test_a_server_that_keeps_silent_is_left_after_the_time_limit() -> None:
    mailbox = Mailbox(pause_s=5)
    with mail_server(mailbox) as port:
        began = time.monotonic()
        assert sent(port) == Reply(outcome=AGAIN, code="timeout", is_down=True)
    assert time.monotonic() - began < 4
    with talker() as port:
        assert sent(port) == Reply(outcome=AGAIN, code="timeout", is_down=True)


def test_a_server_that_talks_for_ever_is_left_too() -> None:
    with talker(b"220 here\r\n", *[b"250-more\r\n"] * 50, pause_s=0.5) as port:
        began = time.monotonic()
        assert sent(port).outcome == AGAIN
    assert time.monotonic() - began < 12


def test_nonsense_and_nobody_there_are_tried_again() -> None:
    with talker(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert (sent(port).outcome, sent(port).is_down) == (AGAIN, True)
    assert sent(free_port()) == Reply(outcome=AGAIN, code="unreachable", is_down=True)


def test_words_are_not_sent_in_clear_where_tls_is_asked_for() -> None:
    mailbox = Mailbox()
    with mail_server(mailbox) as port:
        assert sent(port, tls="starttls") == Reply(outcome=AGAIN, code="not_supported", is_down=True)
    assert mailbox.taken == []


def test_nothing_is_configured_unless_it_is_named() -> None:
    assert mail.configured() is None


def test_the_settings_say_where_as_whom_and_by_which_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "password"
    secret.write_text("open sesame\n")
    monkeypatch.setenv("YOUSU_SMTP_URL", "smtp://desk%40city@mail.city.example")
    monkeypatch.setenv("YOUSU_SMTP_PASSWORD_FILE", str(secret))
    monkeypatch.setenv("YOUSU_MAIL_FROM", "yousu@city.example")
    found = mail.configured()
    assert found is not None
    assert (found.host, found.port, found.tls, found.user, found.password) == (
        "mail.city.example",
        587,
        "starttls",
        "desk@city",
        "open sesame",
    )
    monkeypatch.setenv("YOUSU_SMTP_URL", "smtps://mail.city.example")
    assert (found := mail.configured()) is not None
    assert (found.port, found.tls) == (465, "all")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YOUSU_SMTP_URL", "mail.city.example"),
        ("YOUSU_SMTP_URL", "smtp://user:secret@mail.city.example"),
        ("YOUSU_SMTP_URL", "smtp://mail.city.example?tls=perhaps"),
        ("YOUSU_MAIL_FROM", "nobody"),
        ("YOUSU_SMTP_PASSWORD_FILE", "/nowhere/password"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secret(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_SMTP_URL", "smtp://mail.city.example")
    monkeypatch.setenv("YOUSU_MAIL_FROM", "yousu@city.example")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingWrong, match=name) as refusal:
        mail.configured()
    assert "secret" not in str(refusal.value)

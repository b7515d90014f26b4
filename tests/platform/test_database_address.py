"""YOUSU_DATABASE_URL: what cannot be read is refused without repeating it; a server's connections have limits."""

from collections.abc import Iterator

import pytest

from yousu.platform import database


@pytest.fixture(autouse=True)
def _read_again() -> Iterator[None]:
    database.conninfo.cache_clear()
    yield
    database.conninfo.cache_clear()


def test_an_address_is_read_with_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://yousu:p%40ss@db.internal:5433/yousu?sslmode=verify-full"
    monkeypatch.setenv("YOUSU_DATABASE_URL", url)
    assert database.conninfo() == {
        "host": "db.internal",
        "port": "5433",
        "user": "yousu",
        "password": "p@ss",
        "dbname": "yousu",
        "sslmode": "verify-full",
    }


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://yousu:secret/word@db:5432/yousu",
        "postgresql://yousu:secret#word@db:5432/yousu",
        "postgresql://yousu:secret?word@db:5432/yousu",
        "postgresql://yousu:secret[word@db:5432/yousu",
        "postgresql://yousu:12/secretword@db:5432/yousu",
        "postgresql://yousu:secretword@db:5432",
        "postgresql://yousu:secretword@db:5432/yousu?secretoption=1",
        "mysql://yousu:secretword@db:5432/yousu",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("YOUSU_DATABASE_URL", url)
    with pytest.raises(database.UrlWrong) as refusal:
        database.conninfo()
    assert str(refusal.value).startswith("YOUSU_DATABASE_URL must look like")
    assert "secret" not in str(refusal.value) and refusal.value.__cause__ is None


def test_a_servers_connections_have_the_web_role_and_limits_and_a_commands_have_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("YOUSU_STATEMENT_LIMIT_S", "7")
    monkeypatch.setenv("YOUSU_LOCK_LIMIT_S", "3")
    options = database.django_settings(serving=True)["OPTIONS"]["options"]
    for asked in (
        "role=yousu_web",
        "statement_timeout=7000",
        "lock_timeout=3000",
        "idle_in_transaction_session_timeout=7000",
    ):
        assert f" -c {asked}" in options
    assert "timeout" not in (alone := database.django_settings(serving=False)["OPTIONS"]["options"])
    assert "role" not in alone


def test_the_addresss_own_options_take_neither_role_nor_zone_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUSU_DATABASE_URL", "postgresql://yousu@db/yousu?options=-c%20role%3Dother")
    options = database.django_settings(serving=True)["OPTIONS"]["options"]
    assert options.index("role=other") < options.index("role=yousu_web")
    assert "timezone=UTC" in options

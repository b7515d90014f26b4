"""Every page of the portal: plain markup, both languages, large text, and a limit that holds."""

import re
from html import unescape

import pytest
from django.test import Client, RequestFactory
from tests.portal.residents import WORDS, form_of, report

from yousu.org.city import city
from yousu.portal import limits
from yousu.portal.requests import address_of

PAGES = ("/", "/report/", "/follow/", "/answers/", "/privacy/", "/accounts/login/")
HAN = re.compile(r"[\u4e00-\u9fff]+")


def bodies(client: Client) -> dict[str, str]:
    """Every page with its markup, those after a report included."""
    receipt = report(client, call_back="yes", phone="15400006666")
    lists = Client()
    lists.cookies.update(client.cookies)
    lists.post("/follow/", {"number": receipt.number, "phone": "15400006666"})
    paths = (*PAGES, "/report/received/", f"/follow/{receipt.number}/")
    found = {path: client.get(path).content.decode() for path in paths}
    return {**found, "/follow/listed/": lists.get("/follow/listed/").content.decode()}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_page_carries_no_inline_script_no_style_and_nothing_from_elsewhere(language: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    for path, html in bodies(client).items():
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", html), path
        assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", html), path
        assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in html, path


def test_an_english_page_has_no_chinese_but_what_people_wrote() -> None:
    client = Client()
    client.cookies["django_language"] = "en"
    for path, html in bodies(client).items():
        # Words of danger are listened for and codes are sent, neither is shown; the names of places are names.
        written = re.sub(r'(data-danger|<option value)="[^"]*"', "", unescape(html).replace(WORDS, ""))
        for mark in city().landmarks:
            written = written.replace(mark.name, "")
        assert not set(HAN.findall(written)) - {"中文"}, path


def test_a_chinese_page_shows_no_code() -> None:
    for path, html in bodies(Client()).items():
        shown = re.sub(r"<[^>]*>", " ", html)
        assert not re.search(r"[a-z]+_[a-z_]+", shown), path


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_for_content_is_sent(path: str) -> None:
    answer = Client().get(path)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_language_is_remembered() -> None:
    client = Client()
    answer = client.post("/language/", {"language": "en", "next": "/report/"})
    assert answer["Location"] == "/report/"
    assert 'lang="en"' in client.get("/").content.decode()


def test_large_text_is_remembered_and_can_be_put_back() -> None:
    client = Client()
    assert client.post("/looks/", {"size": "large", "next": "/report/"})["Location"] == "/report/"
    assert 'class="large"' in client.get("/").content.decode()
    assert client.post("/looks/", {"size": "usual", "next": "//evil.example"})["Location"] == "/"
    assert 'class="large"' not in client.get("/").content.decode()


def test_too_many_attempts_from_one_address_are_refused_with_the_words_kept(limit: limits.Limit) -> None:
    client = Client()
    data = form_of(client)
    for _ in range(limit.rate):
        assert client.post("/follow/", {"number": "1"}).status_code == 422
    assert client.post("/follow/", {"number": "1"}).status_code == 429
    answer = client.post("/report/", data)
    assert answer.status_code == 429
    assert WORDS in answer.content.decode()
    assert Client(REMOTE_ADDR="10.0.0.9").post("/follow/", {"number": "1"}).status_code == 422


def test_the_limit_opens_again_after_a_minute_and_counts_each_address_alone() -> None:
    limit = limits.Limit(rate=2)
    assert [limit.takes("10.0.0.1", now=at) for at in (0.0, 1.0, 2.0, 59.9, 60.1)] == [True, True, False, False, True]
    assert limit.takes("10.0.0.2", now=2.0)


def test_a_household_of_ipv6_is_one_address() -> None:
    limit = limits.Limit(rate=1)
    assert limit.takes("2001:db8:1:2::1", now=0.0)
    assert not limit.takes("2001:db8:1:2:ffff::9", now=1.0)
    assert limit.takes("2001:db8:1:3::1", now=1.0)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [("0", "1.1.1.1", "127.0.0.1"), ("1", "9.9.9.9, 1.1.1.1", "1.1.1.1"), ("2", "1.1.1.1", "127.0.0.1")],
)
def test_only_trusted_proxies_are_believed(
    proxies: str, forwarded: str, address: str, monkeypatch: pytest.MonkeyPatch, rf: RequestFactory
) -> None:
    monkeypatch.setenv("YOUSU_TRUSTED_PROXIES", proxies)
    request = rf.get("/", headers={"X-Forwarded-For": forwarded})
    assert address_of(request) == address

"""Signing in in a real browser: passkeys, a form whose session has ended, an OpenID Connect provider."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.e2e.browsing import Site, Watch, none_of
from tests.e2e.conftest import Open
from tests.e2e.examining import barriers
from tests.e2e.serving import served
from tests.played import environment_of
from tests.signin.providing import Provider, provided

pytestmark = pytest.mark.timeout(180)

_END_SESSIONS = """
import django
django.setup()
from yousu.org.models import BrowserSession
BrowserSession.objects.all().delete()
"""


@pytest.fixture(scope="module")
def provider(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """An OpenID Connect provider."""
    with provided(tmp_path_factory.mktemp("oidc") / "provider.log") as running:
        running.knows("sub-super", preferred_username="supervise1")
        yield running


@pytest.fixture(scope="module")
def home(program: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town of this file's own: accounts get second factors in it."""
    founded_in = tmp_path_factory.mktemp("signin") / "demo-signin"
    founded_in.mkdir()
    command = [sys.executable, "-m", "tests.e2e.founding"]
    done = subprocess.run(command, env=environment_of(founded_in), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    (founded_in / "told.json").write_bytes(done.stdout)
    return founded_in


@pytest.fixture(scope="module")
def site(home: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The town, served: dispatchers need a second factor, the provider's users may sign in."""
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.write_text("shared", encoding="utf-8")
    settings = {
        "YOUSU_SECOND_FACTOR_ROLES": "dispatcher",
        "YOUSU_OIDC_ISSUER": provider.issuer,
        "YOUSU_OIDC_CLIENT_ID": "yousu",
        "YOUSU_OIDC_SECRET_FILE": str(secret),
    }
    with served(home, settings=settings) as server:
        yield Site(server.base_url, password=json.loads((home / "told.json").read_text())["password"])


@pytest.fixture
def localhost(site: Site) -> Site:
    """The same by a host name: browsers give no passkeys to an address."""
    return Site(site.base_url.replace("127.0.0.1", "localhost"), password=site.password)


def with_authenticator(page: Page) -> tuple[Any, str]:
    """Gives the browser a device that confirms whatever is asked, with the finger on it."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return device, device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def type_password(page: Page, site: Site, user: str) -> None:
    """Fills the sign-in form and sends it."""
    page.fill("#id_login", user)
    page.fill("#id_password", site.password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_dispatcher_sets_up_a_passkey_and_signs_in_by_it_alone(localhost: Site, pages: Open) -> None:
    page = pages(localhost)
    watch = Watch(page, localhost)
    with_authenticator(page)
    page.goto("/desk/inbox/")
    type_password(page, localhost, "dispatch1")
    assert page.url.endswith("/accounts/2fa/"), "the role needs a second factor"
    findings = barriers(page)
    page.get_by_role("link", name="添加通行密钥").click()
    findings += barriers(page)
    page.fill("#id_name", "值班室的电脑")
    with page.expect_navigation(url="**/recovery-codes/"):
        page.get_by_role("button", name="添加", exact=True).click()
    assert page.locator(".codes li").count() == 10
    findings += barriers(page)
    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_text("值班室的电脑").count() == 1
    page.goto("/accounts/profile/")
    findings += barriers(page)
    assert "通行密钥" in page.locator(".profile").inner_text()
    with page.expect_navigation():
        page.locator("details.who form[action='/accounts/logout/'] button").click()
    # Without the password, and the desk opens: finger and device are two factors.
    page.goto("/accounts/login/?next=/desk/inbox/")
    findings += barriers(page)
    with page.expect_navigation(url="**/desk/inbox/"):
        page.get_by_role("button", name="用通行密钥登录").click()
    none_of(findings + watch.findings)


def test_a_passkey_is_the_second_step_after_the_password(localhost: Site, pages: Open) -> None:
    page = pages(localhost)
    watch = Watch(page, localhost)
    with_authenticator(page)
    page.goto("/accounts/login/")
    type_password(page, localhost, "dispatch2")
    page.goto("/accounts/2fa/webauthn/add/")
    with page.expect_navigation(url="**/recovery-codes/"):
        page.get_by_role("button", name="添加", exact=True).click()
    with page.expect_navigation():
        page.context.clear_cookies(name="sessionid")
        page.goto("/desk/inbox/")
    type_password(page, localhost, "dispatch2")
    findings = barriers(page)
    with page.expect_navigation(url="**/desk/inbox/"):
        page.get_by_role("button", name="用通行密钥").click()
    none_of(findings + watch.findings)


def test_a_passkey_that_is_not_there_is_said_in_words(localhost: Site, pages: Open) -> None:
    page = pages(localhost)
    device, authenticator = with_authenticator(page)
    page.goto("/accounts/login/")
    device.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.get_by_role("button", name="用通行密钥登录").click()
    page.get_by_text("没有完成：通行密钥被取消").wait_for()
    type_password(page, localhost, "call1")
    assert "/desk/" in page.url


def test_at_an_address_and_without_script_there_is_no_passkey_and_it_says_why(site: Site, pages: Open) -> None:
    page = pages(site, "call2")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_text("用域名（不是 IP 地址）").wait_for()
    assert not page.locator("#passkey-button").is_visible()
    plain = pages(site, has_script=False)
    plain.goto("/accounts/login/")
    assert "通行密钥需要浏览器启用脚本" in plain.locator("noscript").inner_html()
    assert not plain.locator("#passkey-button").is_visible()


def end_sessions(home: Path, site: Site) -> None:
    """As if everybody had been idle for too long."""
    site.signed_in.clear()
    subprocess.run([sys.executable, "-c", _END_SESSIONS], env=environment_of(home), check=True)


def test_what_was_typed_is_still_there_after_the_session_ended(home: Path, site: Site, pages: Open) -> None:
    page = pages(site, "call3")
    page.goto("/desk/new/")
    page.fill("#new-text", "路口的信号灯不亮")
    page.fill("#new-place", "五四大街")
    end_sessions(home, site)
    with page.expect_navigation(url="**/accounts/login/**"):
        page.locator("button.main[data-submit]").click()
    assert "刚才提交的内容没有保存" in page.locator("[role=alert]").first.inner_text()
    none_of(barriers(page))
    type_password(page, site, "call3")
    assert page.url.endswith("/desk/new/")
    assert page.input_value("#new-text") == "路口的信号灯不亮"
    assert page.input_value("#new-place") == "五四大街"
    with page.expect_navigation():
        page.locator("button.main[data-submit]").click()
    assert page.locator('[data-done="new"]').count() == 1
    page.goto("/desk/cases/?q=路口的信号灯不亮")
    assert page.locator("[data-row]").count() == 1


def test_a_reply_that_was_typed_is_still_on_its_case_after_the_session_ended(
    home: Path, site: Site, pages: Open
) -> None:
    page = pages(site, "call3")
    page.goto("/desk/new/")
    page.fill("#new-text", "路灯的灯罩掉了")
    page.locator("button.main[data-submit]").click()
    with page.expect_navigation():
        page.locator("[data-told] a.number").click()
    page.keyboard.press("a")
    page.keyboard.type("已经通知路灯所")
    end_sessions(home, site)
    with page.expect_navigation(url="**/accounts/login/**"):
        page.keyboard.press("Control+Enter")
    type_password(page, site, "call3")
    assert page.input_value("#answer-reply") == "已经通知路灯所"
    page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert page.locator("article .stage.closed").count() == 1
    assert page.locator(".history .what", has_text="直接办理").count() == 1


def test_a_part_of_a_page_asked_for_after_the_session_ended_leads_to_sign_in(
    home: Path, site: Site, pages: Open
) -> None:
    page = pages(site, "call2")
    page.goto("/desk/new/")
    end_sessions(home, site)
    with page.expect_navigation(url="**/accounts/login/**"):
        page.fill("#new-phone", "15400009999")
        page.keyboard.press("Tab")
    type_password(page, site, "call2")
    assert page.url.endswith("/desk/new/")
    assert page.input_value("#new-phone") == "15400009999"


def test_without_script_it_is_said_that_the_form_is_lost(home: Path, site: Site, pages: Open) -> None:
    page = pages(site, "call3", has_script=False)
    page.goto("/desk/new/")
    page.fill("#new-text", "路口的信号灯不亮")
    end_sessions(home, site)
    with page.expect_navigation(url="**/accounts/login/**"):
        page.locator("button.main[data-submit]").click()
    assert "浏览器停用脚本时需要重新填写" in page.locator("[role=alert]").first.inner_text()
    type_password(page, site, "call3")
    assert page.url.endswith("/desk/new/")


def test_the_providers_user_signs_in_and_is_back_where_it_began(site: Site, provider: Provider, pages: Open) -> None:
    page = pages(site)
    page.goto("/desk/unsolved/")
    page.get_by_role("link", name="用统一身份认证登录").click()
    assert page.url.startswith(provider.issuer)
    page.fill("input[name=sub]", "sub-super")
    with page.expect_navigation(url="**/desk/unsolved/"):
        page.keyboard.press("Enter")
    page.goto("/accounts/profile/")
    assert "统一身份认证" in page.locator(".sign-ins").inner_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_sign_in_is_walked_by_keyboard(site: Site, chromium: Browser, pages: Open, lang: str) -> None:
    page = pages(site, lang=lang)
    page.goto("/accounts/login/")
    assert page.evaluate("document.activeElement.id") == "id_login"
    page.keyboard.type("call1")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.input_value("#id_login") == "call1" and page.input_value("#id_password") == ""
    assert page.locator(".refused[role=alert]").count() == 1
    none_of(barriers(page))

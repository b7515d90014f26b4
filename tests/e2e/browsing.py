"""Pages of a site as somebody sees them, and what went wrong while they were open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

WIDE, NARROW = 1440, 360
_HEIGHTS = {WIDE: 900, NARROW: 780}
# Long enough for a busy machine; nothing here waits for it in vain.
_PATIENCE_MS = 15_000
# An open page asks what changed while a test moves the town's clock and its server starts anew; it asks again later.
_ASKING = "/desk/live/"
# How htmx tells that a page was left while it asked; a request that fails has a line of its own.
_GIVEN_UP = ("htmx:sendAbort", "htmx:afterRequest")


@dataclass
class Site:
    """A served installation, its accounts' password, and its cases by stage."""

    base_url: str
    password: str
    cases: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    now: datetime | None = None
    set_clock: Callable[[datetime], None] | None = None
    signed_in: dict[str, Any] = field(default_factory=dict)

    def move_to(self, moment: datetime) -> None:
        """The town's clock shows this moment and runs on from there; who is signed in stays so."""
        assert self.set_clock is not None
        self.set_clock(moment)
        self.now = moment

    def page(
        self, browser: Browser, user: str | None = None, *, lang: str = "zh", width: int = WIDE, has_script: bool = True
    ) -> Page:
        """A page in a context of its own, signed in as `user`, in a language, watched."""
        context = browser.new_context(
            base_url=self.base_url,
            java_script_enabled=has_script,
            viewport={"width": width, "height": _HEIGHTS[width]},
            locale="zh-CN" if lang == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            storage_state=self._state_of(browser, user) if user else None,
        )
        context.set_default_timeout(_PATIENCE_MS)
        speak(context, self.base_url, lang)
        return context.new_page()

    def _state_of(self, browser: Browser, user: str) -> Any:
        # Signed in once: the form lets nobody try too often.
        if user not in self.signed_in:
            context = browser.new_context(base_url=self.base_url, locale="zh-CN")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("input[name=login]", user)
            page.fill("input[name=password]", self.password)
            page.locator("main form button").first.click()
            page.wait_for_url("**/desk/**")
            self.signed_in[user] = context.storage_state()
            context.close()
        return self.signed_in[user]


def speak(context: Any, base_url: str, lang: str) -> None:
    """Sets the language as the switch in the page's head does."""
    code = "zh-hans" if lang == "zh" else "en"
    context.add_cookies([{"name": "django_language", "value": code, "url": base_url}])


def none_of(findings: Iterable[str]) -> None:
    """Fails with every finding, each once."""
    told = sorted(set(findings))
    assert not told, "\n".join([f"{len(told)} findings:", *told])


class Watch:
    """Notes console errors, scripts' errors, failed requests and requests to strangers of a page."""

    def __init__(self, page: Page, site: Site) -> None:
        self.findings: list[str] = []
        self._page, self._own = page, site.base_url + "/"
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _failed(self, request: Request) -> None:
        # What was still under way when the page was left was given up, and failed nobody.
        if _ASKING not in request.url and request.failure != "net::ERR_ABORTED":
            self._note(f"failed: {request.url} {request.failure}")

    def _console(self, message: ConsoleMessage) -> None:
        # Violations of the content security policy are told here, too.
        is_given_up = message.text.startswith(_GIVEN_UP) or _ASKING in message.location.get("url", "")
        if message.type in ("error", "warning") and not is_given_up:
            self._note(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._own, "data:")):
            self._note(f"asks a stranger: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"{response.status}: {response.url}")

    def _note(self, finding: str) -> None:
        self.findings.append(f"{self._page.url}: {finding}")

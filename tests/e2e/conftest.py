"""Real Chromium, and two installations: the played demonstration to look at, a small town to work in."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from tests.e2e.browsing import Site
from tests.e2e.founding import MORNING
from tests.e2e.serving import Server, served
from tests.played import Demo, demo, demo_of, environment_of

__all__ = ["demo", "demo_of"]

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_QUIET = ("no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "disable-sync")
_OFFLINE = ("disable-background-networking", "disable-component-update", "disable-dev-shm-usage")
# A resident reports more often in these tests than one address may.
_SETTINGS = {"YOUSU_PORTAL_RATE": "1000"}


@pytest.fixture(scope="session")
def program() -> str:
    """Where Chromium is. Asked for first: without it nothing is founded, played or served."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found is None:
        pytest.skip("NO CHROMIUM HERE: install chromium to run the tests in a browser")
    return found


# Not for the session: while Playwright runs, its event loop runs in this thread and Django refuses its database there.
@pytest.fixture(scope="module")
def chromium(program: str) -> Iterator[Browser]:
    """The browser of a test file."""
    with sync_playwright() as playwright:
        browser = launched(playwright, program)
        yield browser
        browser.close()


def launched(playwright: Playwright, program: str) -> Browser:
    """A browser that talks to nobody but the page's server."""
    arguments = [f"--{flag}" for flag in (*_QUIET, *_OFFLINE)]
    return playwright.chromium.launch(executable_path=program, args=arguments)


@pytest.fixture(scope="session")
def demo_site(program: str, demo: Demo) -> Iterator[Site]:
    """The sample days, served. Only to look at: other tests count what is in it."""
    with served(demo.home, settings=_SETTINGS) as server:
        yield Site(server.base_url, password=demo.told["accounts"][0]["password"])


@pytest.fixture(scope="session")
def town(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small town of this test process's own, served. To work in."""
    home, told = founded(tmp_path_factory.mktemp("town"))
    with served(home, settings=_SETTINGS) as server:
        yield Site(
            server.base_url,
            password=told["password"],
            cases=told["cases"],
            days=told["days"],
            now=MORNING,
            set_clock=lambda moment: _set_clock(home, server, moment),
        )


@pytest.fixture(scope="session")
def empty_town(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A town on its first day: accounts, and nothing in it. Only to look at."""
    home, told = founded(tmp_path_factory.mktemp("empty"), "empty")
    with served(home, settings=_SETTINGS) as server:
        yield Site(server.base_url, password=told["password"], now=MORNING)


_CLOCK = "import sys; from pathlib import Path; from datetime import datetime; from yousu.platform import clock; " + (
    "clock.shift_demo_home(Path(sys.argv[1]), to=datetime.fromisoformat(sys.argv[2]))"
)


def _set_clock(home: Path, server: Server, moment: datetime) -> None:
    # A server reads once how far its clock is shifted.
    server.stop()
    subprocess.run([sys.executable, "-c", _CLOCK, str(home), moment.isoformat()], env=environment_of(home), check=True)
    server.start()


def founded(folder: Path, *how: str) -> tuple[Path, Any]:
    """The home of a small town in a folder, and what is to be known of it."""
    home = folder / "demo-town"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.founding", *how], env=environment_of(home), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return home, json.loads(done.stdout)


Open = Callable[..., Page]


@pytest.fixture
def pages(chromium: Browser) -> Iterator[Open]:
    """Opens pages of a site as somebody: `pages(site, user, lang=, width=, has_script=)`; closes them in the end."""
    opened: list[Page] = []

    def open_page(site: Site, user: str | None = None, **how: Any) -> Page:
        page = site.page(chromium, user, **how)
        opened.append(page)
        return page

    yield open_page
    for page in opened:
        page.context.close()

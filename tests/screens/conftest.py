"""Pictures of pages, made on the browser tests' own installations."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.e2e.conftest import demo, demo_of, demo_site, empty_town, launched, pages, program, town

__all__ = ["chromium", "demo", "demo_of", "demo_site", "empty_town", "pages", "program", "town"]


@pytest.fixture
def chromium(program: str) -> Iterator[Browser]:
    """A browser for each sheet: hundreds of large pictures wear one out."""
    with sync_playwright() as playwright:
        browser = launched(playwright, program)
        yield browser
        browser.close()

"""Pictures of pages, made on the browser tests' own installations."""

from tests.e2e.conftest import chromium, demo, demo_of, demo_site, pages, program, town

__all__ = ["chromium", "demo", "demo_of", "demo_site", "pages", "program", "town"]

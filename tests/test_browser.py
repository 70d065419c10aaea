"""Every page in a real browser: it asks nobody but the book, and nothing goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser


@pytest.mark.parametrize("opened", ["from disk", "served"])
def test_a_page_asks_nobody_but_the_book(opened: str, browser: Browser, built: dict[str, str], site_folder: Path, site: str) -> None:
    home = site if opened == "served" else site_folder.as_uri()
    asked = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    for name in built:
        page.goto(f"{home}/{name}", wait_until="networkidle")
    page.close()
    assert len(asked) > len(built)
    assert [address for address in asked if not address.startswith((home, "data:"))] == []

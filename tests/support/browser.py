"""A real browser that is not allowed to leave the machine and whose complaints fail the test."""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

EXECUTABLE = Path(os.environ.get("BROWSER") or "/usr/bin/chromium")
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FOREIGN = re.compile(r"^(?:https?|wss?)://(?!127\.0\.0\.1[:/]|localhost[:/])")
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 700}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Complaints:
    """What went wrong behind the page: foreign requests, errors of scripts and policy, missing files."""

    lines: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.lines.append(f"script: {error}"))
        page.on("console", self._note_console)
        page.on("response", self._note_response)

    def refuse(self, route: Route) -> None:
        self.lines.append(f"foreign host: {route.request.url}")
        route.abort()

    def _note_console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 on purpose is no fault; its missing parts are noted below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.lines.append(f"console: {message.text}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 500 or (
            response.status >= 400 and response.request.resource_type != "document"
        ):
            self.lines.append(f"{response.status}: {response.url}")


@contextlib.contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(browser: Browser, base_url: str, viewport: dict) -> Iterator[Page]:
    """A fresh page in a context of its own, as a person in Kraków has it; complaints fail at the end."""
    context = browser.new_context(
        base_url=base_url,
        viewport=viewport,
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    complaints = Complaints()
    context.route(FOREIGN, complaints.refuse)
    context.on("page", complaints.listen)
    yield context.new_page()
    context.close()
    assert not complaints.lines, "\n".join(complaints.lines)


def axe_violations(page: Page) -> list[str]:
    """One line per element that breaks WCAG 2.2 AA or axe's good practice; empty is the goal."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Without preload: it copies imported stylesheets into <style>, which our policy refuses aloud, and only
    # experimental rules, which are not run, look at them.
    found = page.evaluate(
        "standards => axe.run(document, {runOnly: {type: 'tag', values: standards}, preload: false,"
        " resultTypes: ['violations']})",
        STANDARDS,
    )
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def has_sideways_scroll(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

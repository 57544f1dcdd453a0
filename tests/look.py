"""A browser on pages: pictures, what axe finds, what the Content-Security-Policy refused.

Used by `bin/look` and by the tests of pages. The browser is the Chromium of the machine.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {1440: 1000, 390: 844}
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Reported by the browser as they happen, kept on the page so that we can ask for them.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  const what = event.blockedURI || "inline";
  window.refused.push(`${event.effectiveDirective}: ${what} ${event.sample}`);
});
"""


class NoBrowser(Exception):
    """The message says which programs were looked for."""


@dataclass
class Findings:
    """What is wrong with a page as drawn once. Empty is good."""

    axe: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    layout: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        return [*self.axe, *self.policy, *self.console, *self.layout]


def program() -> str:
    """The path of Chromium; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not found:
        raise NoBrowser(f"No browser: looked for {', '.join(PROGRAMS)}. Install chromium.")
    return found


def arguments() -> list[str]:
    """As root, as in a container, Chromium starts only without its sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program(), args=arguments())
        try:
            yield started
        finally:
            started.close()


@contextmanager
def drawn(
    chromium: Browser,
    address: str,
    *,
    width: int = 1440,
    scheme: str = "light",
    state: Any = None,
    scripts: bool = True,
) -> Iterator[tuple[Page, Findings]]:
    """The page at an address, and findings that grow while it is looked at."""
    context = chromium.new_context(
        viewport={"width": width, "height": WIDTHS.get(width, 900)},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        storage_state=state,
        java_script_enabled=scripts,
    )
    page, findings = context.new_page(), Findings()
    if scripts:
        page.add_init_script(LISTEN)
    page.on("console", lambda message: _heard(message, findings))
    page.on("pageerror", lambda error: findings.console.append(str(error)))
    try:
        answer = page.goto(address, wait_until="load")
        if answer and answer.status >= 400:
            findings.console.append(f"the server answered {answer.status}")
        yield page, findings
    finally:
        context.close()


def _heard(message: ConsoleMessage, findings: Findings) -> None:
    if message.type in ("error", "warning"):
        findings.console.append(message.text)


def examine(page: Page, findings: Findings) -> Findings:
    """Ask axe, the policy and the layout. Needs scripts."""
    findings.policy += page.evaluate("window.refused || []")
    findings.axe += accessibility(page)
    beyond = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if beyond > 0:
        findings.layout.append(f"the page is {beyond} px wider than its window")
    return findings


def accessibility(page: Page) -> list[str]:
    """One line a finding of axe: the rule, what to do, where."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [_line(found) for found in results.response["violations"]]


def _line(found: dict[str, Any]) -> str:
    places = ", ".join(str(node["target"][0]) for node in found["nodes"][:5])
    return f"{found['id']}: {found['help']} at {places}"


def enter(chromium: Browser, link: str) -> Any:
    """Sign in by a one-time link; what the browser then knows, for later contexts."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


def session(address: str, value: str) -> Any:
    """What a browser knows that carries the session cookie of a test client."""
    host = urlsplit(address).hostname
    cookie = {"name": "session", "value": value, "domain": host, "path": "/", "expires": -1}
    flags = {"httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [{**cookie, **flags}], "origins": []}


def picture(page: Page, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path

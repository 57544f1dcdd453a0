"""The eyes of the page tests see what is wrong; a test of pages is worth no more than they are."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests import look

PAGES = {
    "/sound": "<h1>Sound</h1><main><p>Nothing is wrong here.</p></main>",
    "/faint": '<main><h1>Faint</h1><img src="data:,"><input></main>',
    "/styled": '<main><h1>Styled</h1><p style="color: red">red</p></main>',
    "/loud": "<main><h1>Loud</h1></main><script src='/missing.js'></script>",
    "/wide": "<main><h1>Wide</h1><canvas width='3000'></canvas></main>",
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGES.get(self.path)
        self.send_response(200 if body or self.path == "/favicon.ico" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "default-src 'self' data:")
        self.end_headers()
        page = f"<!doctype html><html lang=en><title>{self.path}</title><body>{body}</body></html>"
        self.wfile.write(page.encode())

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def findings(address: str) -> look.Findings:
    with look.browser() as chromium, look.drawn(chromium, address) as (page, found):
        return look.examine(page, found)


@pytest.mark.browser
def test_what_axe_finds_is_told(site):
    found = findings(f"{site}/faint").axe

    assert [line for line in found if line.startswith("image-alt: ")]
    assert [line for line in found if line.startswith("label: ")]


@pytest.mark.browser
def test_a_refusal_of_the_policy_is_told(site):
    assert [line for line in findings(f"{site}/styled").policy if line.startswith("style-src-attr")]


@pytest.mark.browser
def test_an_error_in_the_console_is_told(site):
    assert findings(f"{site}/loud").console


@pytest.mark.browser
def test_a_page_wider_than_its_window_is_told(site):
    assert findings(f"{site}/wide").layout == ["the page is 1568 px wider than its window"]


@pytest.mark.browser
def test_a_page_that_is_not_there_is_told(site):
    assert "the server answered 404" in findings(f"{site}/nothing").console


def test_without_a_browser_it_says_what_was_looked_for(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(look.NoBrowser, match="chromium"):
        look.program()

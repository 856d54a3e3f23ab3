"""A real browser for the page's tests: Debian's chromium, a microphone that plays a file, and what the page sounds like."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DIST = Path(__file__).parents[2] / "voice" / "web" / "dist" / "index.html"
WIDE, PHONE = (1280, 800), (390, 844)
STREAM = "/v1/notifications"
NOT_YET = ("/v1/briefing/today", "/v1/email/digest")

# four files at a time on two cores: Playwright's own five seconds are short for a page that is loaded
expect.set_options(timeout=30_000)

# Everything bound for the loudspeaker also passes an analyser, so that a test can hear it.
LISTEN = """
(() => {
  const connect = AudioNode.prototype.connect;
  window.__ears = [];
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to === this.context.destination) {
      const ear = new AnalyserNode(this.context, { fftSize: 2048 });
      connect.call(this, ear);
      window.__ears.push(ear);
    }
    return connect.call(this, to, ...rest);
  };
  window.__loudness = () => Math.max(0, ...window.__ears.map((ear) => {
    const sound = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(sound);
    return Math.sqrt(sound.reduce((sum, one) => sum + one * one, 0) / sound.length);
  }));
})();
"""


@asynccontextmanager
async def chromium(microphone: Path | None = None, *, allowed: bool = True) -> AsyncIterator[Browser]:
    """A browser of its own; `microphone` is a wav that plays once and must end in silence."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if not DIST.is_file():
        pytest.skip("the page is not built (npm run build in voice/web)")
    flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream"]
    if allowed:
        flags.append("--use-fake-ui-for-media-stream")
    if microphone:
        flags.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        try:
            yield browser
        finally:
            await browser.close()


class Visit:
    """One page open in the browser, with everything it asked for and complained about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self._open: set[Request] = set()
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._said)

    def _asked(self, request: Request) -> None:
        own = self.url.split("://", 1)[1]
        if not request.url.startswith((self.url, f"ws://{own}", "blob:", "data:")):
            self.foreign.append(request.url)
        if not request.url.endswith(STREAM):
            self._open.add(request)

    def _answered(self, request: Request) -> None:
        self._open.discard(request)

    def _said(self, line: ConsoleMessage) -> None:
        # The browser notes every 404; these two say that nothing was written yet today.
        if line.type == "error" and not ("404" in line.text and line.location["url"].endswith(NOT_YET)):
            self.complaints.append(line.text)

    async def settled(self) -> None:
        """Wait until half a second has passed in which nothing was asked of the server; the stream of news stays open."""
        quiet = 0
        while quiet < 10:
            await self.page.wait_for_timeout(50)
            quiet = 0 if self._open else quiet + 1

    async def state(self, state: str, *, within: float = 10.0) -> None:
        """Wait until the conversation is in this state, however short a time it stays there; `TimeoutError` otherwise."""
        # Watched from inside of the page: asked from outside, twice a second at last, a line is lost and found again unseen.
        async with asyncio.timeout(within):
            await self.page.evaluate(
                """async (state) => {
                  while (document.querySelector(".talk")?.dataset.state !== state) await new Promise((pass) => setTimeout(pass, 10));
                }""",
                state,
            )

    async def type(self, text: str) -> None:
        """Say it with the keyboard and wait for the whole answer; what was said before is read first."""
        await self.page.wait_for_selector(".thread[data-state=ready]")
        before = await self.page.locator(".turn").count()
        await self.page.fill("#say", text)
        await self.page.keyboard.press("Enter")
        await self.page.wait_for_selector(f".turns > :nth-child({before + 1} of .turn):not([data-state=open])")

    async def loudness(self) -> float:
        """How loud the page is now (root mean square); the page must have been opened with ears."""
        return float(await self.page.evaluate("window.__loudness()"))


@asynccontextmanager
async def visit(
    browser: Browser, url: str, path: str = "/", size: tuple[int, int] = WIDE, **more: Any
) -> AsyncIterator[Visit]:
    """The page, opened as a new visitor would."""
    context: BrowserContext = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="en-GB", timezone_id="Europe/London", **more
    )
    await context.add_init_script(LISTEN)
    page = await context.new_page()
    visitor = Visit(page, url)
    try:
        await page.goto(url + path)
        yield visitor
    finally:
        await context.close()

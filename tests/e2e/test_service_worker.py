"""The service worker in a real browser: what is pushed is shown, and leads to the page and nowhere else."""

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.async_api import BrowserContext, CDPSession, Page
from starlette.middleware import Middleware

from integrations.settings import Settings
from tests.e2e.browser import chromium
from tests.emulators.serve import served
from voice.page import WebPage
from voice.security.doors import Origins, SecurityHeaders

PUBLIC = Path(__file__).parents[2] / "voice" / "web" / "public"


class Registered:
    """A page whose worker waits for pushes."""

    def __init__(self, context: BrowserContext, page: Page, cdp: CDPSession, address: str, number: str) -> None:
        self.context, self.page, self.address = context, page, address
        self._cdp, self._number = cdp, number

    async def push(self, told: dict[str, Any] | str) -> None:
        """As the browser's own push service would bring it."""
        data = told if isinstance(told, str) else json.dumps(told)
        given = {"origin": self.address, "registrationId": self._number, "data": data}
        await self._cdp.send("ServiceWorker.deliverPushMessage", given)

    async def ready(self) -> None:
        """A worker that has only just been kept by the browser is not found yet by what is pushed: try until one comes."""
        for _ in range(100):
            await self.push({"id": "0", "title": "Chronus", "body": "A first one.", "tag": "first"})
            found = await self.page.evaluate("""async () => {
                const registration = await navigator.serviceWorker.ready;
                for (let look = 0; look < 20; look++) {
                    const shown = await registration.getNotifications();
                    shown.forEach((one) => one.close());
                    if (shown.length) return true;
                    await new Promise((pass) => setTimeout(pass, 25));
                }
                return false;
            }""")
            if found:
                break

    async def pushed(self, told: dict[str, Any] | str, count: int) -> list[dict[str, Any]]:
        """What is shown after it, once it is so many. The developer tools drop a push now and then while another is being shown."""
        for _ in range(4):
            await self.push(told)
            if (found := await self._shown(count)) is not None:
                return found
        raise AssertionError(f"never {count} were shown")

    async def _shown(self, count: int) -> list[dict[str, Any]] | None:
        found = await self.page.evaluate(
            """async (count) => {
                const registration = await navigator.serviceWorker.ready;
                for (let look = 0; look < 120; look++) {
                    const all = await registration.getNotifications();
                    const shown = all.filter((one) => one.tag !== "first");  // a late one of those
                    if (shown.length === count) return shown.map(
                        ({ title, body, tag, data }) => ({ title, body, tag, data }));
                    await new Promise((pass) => setTimeout(pass, 25));
                }
                return null;
            }""",
            count,
        )
        return None if found is None else list(found)


@pytest.fixture
def page_folder(tmp_path: Path) -> Path:
    """A page of one line, with the worker beside it."""
    folder = tmp_path / "dist"
    shutil.copytree(PUBLIC, folder)
    (folder / "index.html").write_text("<!doctype html><title>Chronus</title>")
    return folder


@asynccontextmanager
async def registered(folder: Path) -> AsyncIterator[Registered]:
    app = FastAPI(middleware=[Middleware(SecurityHeaders, origins=Origins(Settings(_env_file=None)))])
    app.mount("/", WebPage(folder))
    async with served(app) as address, chromium() as browser:
        context = await browser.new_context()
        await context.grant_permissions(["notifications"], origin=address)
        page = await context.new_page()
        cdp = await context.new_cdp_session(page)
        numbers: list[str] = []
        cdp.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: numbers.extend(one["registrationId"] for one in told["registrations"]),
        )
        await cdp.send("ServiceWorker.enable")
        await page.goto(address)
        await page.evaluate("""async () => {
            await navigator.serviceWorker.register("/sw.js");
            const registration = await navigator.serviceWorker.ready;
            if (!navigator.serviceWorker.controller)
                await new Promise((pass) => navigator.serviceWorker.addEventListener("controllerchange", pass));
            // what is pushed while it is still being activated is lost
            while (registration.active.state !== "activated") await new Promise((pass) => setTimeout(pass, 10));
            return registration.scope;
        }""")
        for _ in range(400):
            if numbers:
                break
            await page.wait_for_timeout(25)
        found = Registered(context, page, cdp, address, numbers[-1])
        await found.ready()
        yield found


async def test_a_push_is_shown(page_folder: Path) -> None:
    """With what we sent; one with the same tag takes the place of the other, and what can't be read shows something too."""
    async with registered(page_folder) as browser:
        told = {"id": "1", "title": "Chronus", "body": "A reminder is due.", "link": "/#reminder-7", "tag": "chronus-1"}
        (shown,) = await browser.pushed(told, 1)
        assert shown == {
            "title": "Chronus", "body": "A reminder is due.", "tag": "chronus-1",
            "data": {"id": "1", "link": f"{browser.address}/#reminder-7"},
        }  # fmt: skip
        await browser.push(told)
        both = await browser.pushed(told | {"id": "2", "tag": "chronus-2", "link": "https://evil.example/"}, 2)
        assert [one["data"]["link"] for one in both if one["tag"] == "chronus-2"] == [browser.address]
        assert {one["body"] for one in await browser.pushed("not what we sent", 3)} == {
            "A reminder is due.",
            "Chronus has something for you.",
        }


async def test_the_worker_keeps_nothing_and_answers_nothing(page_folder: Path) -> None:
    """No cache of its own that could show yesterday's page."""
    async with registered(page_folder) as browser:
        await browser.page.reload()
        assert await browser.page.evaluate("caches.keys()") == []
        assert "fetch" not in [line.split('"')[1] for line in (PUBLIC / "sw.js").read_text().splitlines() if "addEventListener" in line]  # fmt: skip

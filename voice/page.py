"""The page: files that Vite built, one shell for every address of the page's own, and a word where it isn't built."""

from html import escape
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parent / "web" / "dist"
OWN = frozenset({"", ".", "settings", "memory", "changes", "history"})
"""Addresses that the page itself makes something of."""

_FOREVER = "public, max-age=31536000, immutable"
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Chronus</title>
<h1>Chronus is running. Its page isn't built yet.</h1>
<p>Install Node.js 20 or newer, then start Chronus with <code>make run</code>: it builds the page.</p>
<p>Everything also works by typing: <code>chronus say "what's on today?"</code></p>
"""


def small_page(say: str, *, status: int) -> HTMLResponse:
    """One sentence and the way back, where the page itself has no say."""
    body = f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chronus</title>
<p>{escape(say)}</p>
<p><a href="/">Back to Chronus</a></p>
"""
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store"})


class WebPage(StaticFiles):
    """Files whose names change with their content are kept for ever, everything else is asked for anew."""

    def __init__(self, dist: Path = DIST) -> None:
        self._built = (dist / "index.html").is_file()
        super().__init__(directory=dist, check_dir=False)
        self.config_checked = not self._built  # a folder that isn't there is no mistake

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or the shell for one of the page's own addresses."""
        first = path.partition("/")[0]
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        asked = scope["path"].lstrip("/").partition("/")[0]  # `path` has been tidied: /v1/.. would be the shell
        if asked in ("v1", "health", "metrics"):
            raise HTTPException(404)
        if not self._built:
            if first in OWN:
                return HTMLResponse(_NOT_BUILT, 503, headers={"Cache-Control": "no-store"})
            raise HTTPException(404)
        response = await super().get_response("index.html" if first in OWN else path, scope)
        response.headers["Cache-Control"] = _FOREVER if first == "assets" else "no-cache"
        return response

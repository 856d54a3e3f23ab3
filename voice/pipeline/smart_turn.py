"""Does it sound finished? Smart-turn's model, loaded once for the process."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files

import numpy as np
import onnxruntime
from pipecat.audio.turn.smart_turn._whisper_features import compute_whisper_log_mel_features

from integrations.speech.sound import from_pcm

SECONDS = 8
"""The model hears the last eight seconds; what is shorter is padded in front."""
RATE = 16000
"""The only rate it knows; a telephone's half of that costs it nothing (docs/latency.md)."""
_SAMPLES = SECONDS * RATE


class Judge:
    """The model, asked on a thread of its own (40–90 ms of CPU an answer)."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        with as_file(files("pipecat.audio.turn.smart_turn.data") / "smart-turn-v3.2-cpu.onnx") as path:
            self._session = onnxruntime.InferenceSession(
                str(path), sess_options=options, providers=["CPUExecutionProvider"]
            )
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="smart-turn")

    async def finished(self, pcm: bytes, rate: int = RATE) -> float:
        """How likely it is that somebody who has just said this has nothing to add."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._finished, pcm, rate)

    def _finished(self, pcm: bytes, rate: int) -> float:
        sound = from_pcm(pcm[-SECONDS * rate * 2 :], rate=rate, to=RATE)[-_SAMPLES:]
        sound = np.pad(sound, (_SAMPLES - len(sound), 0))
        features = compute_whisper_log_mel_features(sound, do_normalize=True)
        (answer,) = self._session.run(None, {"input_features": features[None]})
        return float(answer[0].item())

    def close(self) -> None:
        """Give back the thread."""
        self._thread.shutdown(wait=False)

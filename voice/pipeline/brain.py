"""A finished turn goes to the agent; its words come back to be said."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, Protocol

from pipecat.frames.frames import (
    EndWorkerFrame,
    Frame,
    FunctionCallInProgressFrame,
    FunctionCallResultFrame,
    InterruptionFrame,
    LLMConfigureOutputFrame,
    LLMMessagesAppendFrame,
    UserStartedSpeakingFrame,
    UserStoppedSpeakingFrame,
)
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.processors.frameworks.rtvi.frames import RTVIServerMessageFrame

from agent.events import ApprovalAsked, Begun, Event, Finished, Said, ToolAnswered, ToolCalled
from integrations.errors import ChronusError
from voice.pipeline.frames import (
    Cut,
    Excuse,
    GoOn,
    Hearing,
    Leave,
    Reply,
    ReplyEnded,
    ReplyHeard,
    ReplyStarted,
    ReplyWords,
    TurnTaken,
)
from voice.pipeline.holding import SAY, SILENCES, asked_to_wait
from voice.pipeline.patience import Patience, Silence, patiently

log = logging.getLogger(__name__)


class Agent(Protocol):
    """Who answers: one person, one thread."""

    def reply(self, words: str, hearing: Hearing) -> AsyncIterator[Event]:
        """Answer one turn; `hearing` tells how its words came to us. Cancelling stops the words, never a write that has begun."""
        ...

    async def heard(self, turn_id: str, text: str, whole: bool) -> None:
        """What the person really heard; without `turn_id` it is the turn that was cut before it was finished."""
        ...

    def let_go(self, words: str, hearing: Hearing) -> None:
        """The line is gone: what is being answered is answered to its end, and so is this, which wasn't begun."""
        ...

    async def dropped(self, turn_id: str, text: str) -> None:
        """The line was gone when so much was heard of it; the rest is told when they are back."""
        ...

    def greeting(self) -> str | None:
        """What to say when the line opens."""
        ...


class Brain(FrameProcessor):
    """Asks the agent, one turn at a time, and is never silent for long.

    While it isn't clear whether the person interrupts it thinks no further; once it is, the
    reply is dropped. A turn that was neither answered nor acted on when the person went on
    speaking is thought over together with what they added.
    """

    def __init__(self, agent: Agent, patience: Patience | None = None) -> None:
        super().__init__()
        self._agent = agent
        self._patience = patience or Patience()
        self._reply: Reply | None = None
        self._thinking: asyncio.Task[None] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._clear = asyncio.Event()
        self._clear.set()
        self._unanswered = ""
        self._aloud = True
        self._speaking = False
        """The person is."""
        self._answers: dict[Reply, Mapping[str, Any]] = {}
        self.turns = 0
        """Begun so far."""
        self.bears = 0
        """Silences to say nothing in, because they have asked us to wait."""
        self._elsewhere = False
        """A newer line has taken the conversation over."""
        self.left = asyncio.Event()
        """Set when nothing more is said here, and it is known what was heard."""

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        await super().process_frame(frame, direction)
        match frame:
            case TurnTaken() if self._elsewhere:
                self._agent.let_go(frame.words, frame.hearing)  # said here, and answered where they are now
            case TurnTaken() if asked_to_wait(frame.words):
                await self.push_frame(frame, direction)
                await self._hold()
            case TurnTaken():
                words = f"{self._unanswered} {frame.words}".strip()
                await self.push_frame(frame, direction)
                await self._begin(Reply(words, frame.hearing))
            case LLMMessagesAppendFrame() if frame.run_llm is not False:
                await self._begin(Reply(_last_words(frame), Hearing(typed=True), aloud=self._aloud))
            case Excuse():
                await self._say(frame.say)
            case Leave():
                self._leave(frame)
            case ReplyHeard():
                self._tell(frame)
                await self.push_frame(frame, direction)
            case _:
                await self._notice(frame)
                await self.push_frame(frame, direction)

    async def greet(self) -> None:
        """Say hello, unless the person was quicker."""
        if (greeting := self._agent.greeting()) and self._reply is None:
            await self._say(greeting)

    @property
    def at_pause(self) -> bool:
        """Nobody is speaking, and nothing is being answered."""
        return not self._speaking and (self._reply is None or self._reply.told.is_set())

    async def interject(self, text: str, turn_id: str = "") -> str:
        """Say something of our own, or the rest of an earlier turn; what the person heard of it."""
        reply = await self._say(text, turn_id)
        await reply.told.wait()
        return reply.heard

    async def cleanup(self) -> None:
        self._let_go()
        under_way = self._under_way()
        if self._thinking:
            self._thinking.cancel()
            await asyncio.wait({self._thinking})
        for reply in under_way:
            if not reply.told.is_set():
                # the line broke in the middle of it, or before we came to know that it was over
                self._tell(reply.over or ReplyHeard(reply, reply.so_far(), whole=False))
        if self._telling:
            await asyncio.wait(self._telling, timeout=2)
        self.left.set()
        await super().cleanup()  # type: ignore[no-untyped-call]  # pipecat's

    def _let_go(self) -> None:
        """Nobody listens here any more; what was asked is answered all the same."""
        for reply in self._under_way():
            if reply.live and not reply.dropped:
                reply.dropped = True
                self._agent.let_go("" if reply.begun else reply.words, reply.hearing)

    def _under_way(self) -> list[Reply]:
        """What isn't over, the latest first: one may wait for another."""
        reply, found = self._reply, []
        while reply and not reply.told.is_set():
            found.append(reply)
            reply = reply.after
        return found

    async def _notice(self, frame: Frame) -> None:
        match frame:
            case InterruptionFrame():
                self._clear.clear()
            case GoOn():
                self._clear.set()
            case Cut():
                self._drop(rethink=frame.rethink)
            case UserStartedSpeakingFrame():
                self._speaking = True
            case UserStoppedSpeakingFrame():
                self._speaking = False
            case LLMConfigureOutputFrame():
                self._aloud = not frame.skip_tts
            case _:
                pass

    def _drop(self, *, rethink: bool) -> None:
        reply = self._reply
        self._clear.set()
        self._unanswered = ""
        if reply and reply.live:
            reply.live = False
            if rethink and not (reply.acted or reply.sounded):
                self._unanswered = reply.words
            if self._thinking:
                self._thinking.cancel()

    async def _begin(self, reply: Reply) -> None:
        """Answer this now, after whatever is still under way has come to its end."""
        former, before = self._reply, self._thinking
        await self._taken()
        self._reply = reply
        await self.broadcast_frame(ReplyStarted, reply=reply)
        self._thinking = self.create_task(self._answer(reply, former, before))

    async def _hold(self) -> None:
        """Nothing was asked: they will go on when they like."""
        await self._taken()
        self.bears = SILENCES
        await self._say(SAY)

    async def _taken(self) -> None:
        """It was their turn: what was being said is over, and so is the wait for them."""
        former = self._reply
        if former and former.live and not former.told.is_set():
            self._drop(rethink=False)
            await self.push_frame(Cut())
        self._unanswered = ""
        self.turns += 1
        self.bears = 0
        self._clear.set()

    async def _say(self, text: str, turn_id: str = "") -> Reply:
        """Say something of our own, after what is being said."""
        former = self._reply
        reply = Reply(turn_id=turn_id, begun=True, after=former)
        self._reply = reply
        before = self._thinking

        async def saying() -> None:
            try:
                if before:
                    await asyncio.wait({before})
                if former:
                    await former.told.wait()
            except asyncio.CancelledError:
                # cut before it began: then what it waited for is cut too
                if before:
                    before.cancel()
                if former:
                    former.live = False
                reply.told.set()
                raise
            await self.broadcast_frame(ReplyStarted, reply=reply)
            await self._words(reply, text)
            await self.push_frame(ReplyEnded(reply))

        self._thinking = self.create_task(saying())
        return reply

    async def _answer(self, reply: Reply, former: Reply | None, before: asyncio.Task[None] | None) -> None:
        if before:
            await asyncio.wait({before})
        if former:
            # the agent's thread should say what was heard of the last answer before the next is thought up
            await _within(1, former.told)
        try:
            await self._think(reply)
        except ChronusError as error:
            await self._words(reply, error.say)
        except Exception:
            log.exception("a spoken turn failed")
            await self._words(reply, ChronusError.say)
        finally:
            await self.push_frame(ReplyEnded(reply))

    async def _think(self, reply: Reply) -> None:
        began = asyncio.get_running_loop().time()
        reply.begun = True
        silence = Silence(self._patience)
        async with aclosing(patiently(self._agent.reply(reply.words, reply.hearing), silence)) as events:
            async for event in events:
                if event is not None:
                    await self._pass_on(reply, event, silence)
                elif asyncio.get_running_loop().time() - began < self._patience.answer:
                    await self._words(reply, silence.excuse(), aside=True)
                else:
                    await self._words(reply, "I'm sorry, I got no answer. Please try again.", aside=True)
                    return
                await self._clear.wait()

    async def _pass_on(self, reply: Reply, event: Event, silence: Silence) -> None:
        match event:
            case Begun():
                reply.turn_id = event.turn_id
                begun = {"conversation_id": event.conversation_id, "turn_id": event.turn_id, "reply": None}
                self._answers[reply] = begun
            case Said():
                silence.broken()
                await self._words(reply, event.text)
            case ToolCalled():
                reply.acted = True
                silence.working()
                call = FunctionCallInProgressFrame(event.tool, event.id, dict(event.arguments), False)
                await self.push_frame(call)
            case ToolAnswered():
                arguments = event.action.get("arguments")
                await self.push_frame(FunctionCallResultFrame(event.tool, event.id, arguments, dict(event.action)))
                await self._show({"type": "tool", "action": dict(event.action)})
            case ApprovalAsked():
                await self._show({"type": "approval", "pending": dict(event.pending)})
            case Finished():
                reply.turn_id = str(event.answer.get("turn_id", ""))
                self._answers[reply] = event.answer
                await self._show_turn(reply, None)

    async def _words(self, reply: Reply, text: str, *, aside: bool = False) -> None:
        await self.push_frame(ReplyWords(text, reply=reply, aside=aside))

    async def _show(self, data: dict[str, Any]) -> None:
        await self.push_frame(RTVIServerMessageFrame(data=data))

    async def _show_turn(self, reply: Reply, heard: str | None) -> None:
        answer = self._answers.get(reply, {})
        told = {name: answer.get(name) for name in ("conversation_id", "turn_id", "reply")}
        await self._show({"type": "turn", **told, "heard": heard})

    def _tell(self, frame: ReplyHeard) -> None:
        if frame.reply.telling:
            return
        frame.reply.telling = True
        telling = self.create_task(self._told(frame))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _told(self, frame: ReplyHeard) -> None:
        reply = frame.reply
        try:
            if not (reply.words or reply.turn_id):
                return
            if reply.dropped and not frame.whole:
                await self._agent.dropped(reply.turn_id, frame.text)
            else:
                await self._agent.heard(reply.turn_id, frame.text, frame.whole)
            if reply.words:
                await self._show_turn(reply, frame.text)
        except Exception:
            log.exception("what was heard could not be kept")
        finally:
            self._answers.pop(reply, None)
            reply.heard = frame.text
            reply.told.set()

    def _leave(self, frame: Leave) -> None:
        self._elsewhere |= frame.silently

        async def leaving() -> None:
            if self._reply and not await _within(frame.patience, self._reply.told):
                await self._fall_silent(self._reply)
            self.left.set()
            if not frame.silently:
                goodbye = await self._say(frame.say)
                await _within(10, goodbye.told)
            await self._show({"type": "ended", "reason": frame.reason, "say": frame.say})
            await self.push_frame(EndWorkerFrame(reason=frame.reason))

        leaving_task = self.create_task(leaving())
        self._telling.add(leaving_task)
        leaving_task.add_done_callback(self._telling.discard)

    async def _fall_silent(self, reply: Reply) -> None:
        """Stop the sound here; what was asked is answered all the same, for later."""
        self._let_go()
        if self._thinking:
            self._thinking.cancel()
        await self.broadcast_interruption()  # type: ignore[no-untyped-call]  # pipecat's
        await self.push_frame(Cut())
        await _within(2, reply.told)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    """Whether it happens in time."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return event.is_set()
    return True


def _last_words(frame: LLMMessagesAppendFrame) -> str:
    match frame.messages[-1:]:
        case [{"content": str(words)}]:
            return words.strip()
        case _:
            return ""

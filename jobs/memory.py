"""memory.fold: after a conversation what was said to last, once a week what became a habit, and when asked to the vectors anew."""

from agent.folding import fold
from agent.noticing import notice
from agent.services import Services
from jobs.run import Owed, job


@job("memory.fold")
async def fold_memory(services: Services, owed: Owed) -> str:
    """With `rebuild` the vectors made anew; with a `conversation_id` that conversation (slot: its id and its last turn's); without, the weeks past."""
    person = await services.person(owed.person_id)
    if owed.arguments.get("rebuild"):
        made = await services.rebuild_memories(person.id)
        return f"The vectors of {made} {'memory' if made == 1 else 'memories'} made anew."
    if conversation_id := owed.arguments.get("conversation_id"):
        new = await fold(services, person, str(conversation_id))
        return f"{len(new)} new {'memory' if len(new) == 1 else 'memories'} from a conversation."
    habits = await notice(services, person)
    return f"{habits} {'habit' if habits == 1 else 'habits'} noticed."

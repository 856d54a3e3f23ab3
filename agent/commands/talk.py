"""Being spoken to: greetings, thanks, help, stop."""

from agent.commands.intention import Intention, words
from agent.commands.rules import Bag, Make, Rule, rule

CAN = "I can look after your calendar, tasks, reminders and mail, remember things for you, and undo what I did."


EXAMPLES = (
    "Try “what's on tomorrow”, “move the dentist to ten”, “add milk to my shopping list” or “any important email?”"
)


LOST = "I didn't understand that. I can help with your calendar, tasks, reminders and mail."


HELLO = "Hello, I'm here. What can I do for you?"


PLAIN = """what which is are was were do did does have has had i we you me my our the a an any anything something some there got on in at for
of to and up how show tell give read list check let know about out everything all this that it be been am can could would"""


def _reply(say: str) -> Make:
    return lambda found, turn: words(say)


_STOP = """stop|never mind|nevermind|cancel that|forget it|forget that|that is enough|that is all|enough|quiet|be quiet|shut up|shush|hush|silence|pause|hold on|wait|wait a minute|wait a second|one moment|hang on|leave it|leave it be|drop it|no more|stop talking|stop it|stop there|okay stop|not now|no thanks|no thank you|no|nope|nah|that will be all|that will do|i am done|we are done|skip it|abort|quit|exit|end|nothing|no nothing|oh nothing|nothing really|forget about it|it does not matter|does not matter|doesn't matter|no worries|no problem|i changed my mind|i have changed my mind|scratch that|ignore that|ignore me|please stop|stop please|cut it out|mute|knock it off|give it a rest|all good|all set|let it be|leave that|never mind that|not you|i was not talking to you|i was not speaking to you|i did not mean you|i am not talking to you|let me think|give me a second|give me a moment|give me a minute|just a moment|just a second|just a minute|no stop|no wait|no leave it|let us leave it|bye|goodbye|good bye|bye bye|see you|see you later|good night|goodnight|that is it|that is it for now|later|talk to you later|see you tomorrow|until tomorrow"""  # fmt: skip


STOPS = frozenset(_STOP.split("|"))
"""What ends whatever was going on."""

RULES: list[Rule | Bag] = [
    rule("stop", _STOP.replace("|", "\n"), _reply("All right.")),
    rule(
        "thanks",
        """
        (thanks|thank you|thx|cheers|ta|many thanks|much appreciated|i appreciate it|appreciated|nice one|good job|well done|great job|nice work|good work) [a lot|very much|so much|a bunch|again|mate|chronus|for that|for your help|buddy|dear|for everything|love|for the help|indeed|kindly|a million|ever so much|you]
        (thank you|thanks) for <text>
        (great|perfect|wonderful|brilliant|excellent|lovely|awesome|amazing|fantastic|super|cool|nice|good|very good|that is great|that is perfect|sounds good|that is good|that is fine|good to know|got it|i see|makes sense|understood|fair enough|splendid|fine|that is right|that is correct|exactly|ah good|very well) [thanks|thank you|then|that is all]
        (that is|that was|you are|this is) (very|so|really)  (helpful|kind|good|nice|useful|great|sweet)
        (that is|that was|you are|this is) (helpful|kind|good|nice|useful|great|sweet|the best|awesome|amazing|brilliant)
    """,
        _reply("You're welcome."),
    ),
    rule(
        "hello",
        """
        (hello|hi|hey|howdy|hiya|good day|greetings|hey there|hi there|hello there|yo|hallo|hello again|hi again|welcome back) [chronus|there|again|dear|you]
        (good morning|morning|good afternoon|good evening|evening|afternoon) [chronus|to you|to you too|dear|there]
        (are you|you) (there|awake|listening|on|still there|still on|here|working|online|ready)
        (can|do) you (hear|understand) me [now|ok|well|still|alright|properly]
        hear me
        (how are|how are you|how do you do|how is it going|how are things|what is up|how have you been|are you ok|are you well|how are you doing) [you] [today|doing|going|chronus|then]
        (test|testing|mic check|one two|one two three|testing one two|testing one two three|sound check|hello test) [test|check]
    """,
        _reply(HELLO),
    ),
    rule(
        "help",
        """
        (help|help me|help please|i need help|can you help|can you help me|could you help me|i need some help) [out] [with something]
        what (can|could|do|are|else can|all can|else do) you (do|help with|help me with|know|good for|offer|able to do|capable of|support|understand|for|good at) [for me|exactly|here]
        what (can|could|should|may|do) i (say|ask|ask you|tell you|do|say to you|ask for|ask you to do|do here|do with you) [to you|for|here|to do]
        (what|which) (commands|things|features|functions|skills|abilities|options) (do you|can you|are there|have you|can i|do i) [know|have|do|understand|got|use|available|offer]
        (what are|tell me) (your|the) (commands|features|functions|skills|abilities|capabilities|options|instructions)
        how (do|does|can) (you|this|it|i) (work|use you|use this|talk to you|use it|start|get started)
        how does this (work|thing work)
        what is (this|possible|all this)
        (give me|show me|tell me) [some] (examples|an example|what you can do|what i can say|the commands|help|instructions|the options)
        (menu|options|commands|instructions)
        (explain|introduce) yourself
    """,
        _reply(f"{CAN} {EXAMPLES}"),
    ),
    rule(
        "who",
        """
        (who|what) are you [exactly|really|anyway|then|called]
        what is your name
        (what|who) (am i talking to|am i speaking to|am i speaking with|is this|is there|is speaking|do i speak to)
        (are you|you are) (a|an) (robot|bot|human|machine|computer|real person|person|ai|assistant|model|program)
        (are you|you are) (real|human|alive|chronus|alexa|siri|google|chatgpt|gemini)
        who (made|built|created|wrote|programmed) you
        what do i call you
        (do you have|have you got) a name
        introduce yourself
    """,
        _reply("I'm Chronus, your assistant for calendar, tasks, reminders and mail."),
    ),
    rule(
        "repeat",
        """
        (what|pardon|pardon me|excuse me|sorry|come again|say again|huh|eh|what was that|repeat|repeat that|say that again|again|once more|one more time|could you repeat that|can you repeat that|i did not hear you|i did not hear that|i did not catch that|i did not get that|what did you say|what did you just say|say it again|repeat please|can you say that again|could you say that again|repeat it|i beg your pardon)
        (tell|read) me (that|it) again
        what
        (slower|louder|speak up|speak louder|speak slower|speak more slowly|more slowly)
    """,
        lambda found, turn: Intention(say="", angle="repeat"),
    ),
    rule(
        "yes, to nothing",
        """
        (yes|yeah|yep|yup|sure|ok|okay|of course|do it|do that|go ahead|confirm|confirmed|absolutely|definitely|correct|right|yes do it|yes do that|yes go ahead|sounds good|alright|please do|yes please|y|fine|approve|approved|i agree|agreed)
    """,
        lambda found, turn: Intention(say="Nothing is waiting for a yes just now. What can I do for you?", angle="yes"),
    ),
    rule(
        "how to",
        """
        (how|where) (do|can|could|would|does|should|must) (i|we|you|one|someone|it) <text>
        what (happens|would happen|will happen) (if|when) <text>
        what (does|do|would|is|are|means) <text> (do|mean|means|doing|for)
        what does <text> mean exactly
        (can|could|do|are|will|would|may) you [really|also|even|able to] (add|delete|move|cancel|send|read|remember|undo|change|make|create|remind|set|write|call|book|order|play|search|handle|manage|connect|work|speak|talk) <thing:text> at all
        <text> means what [exactly]
    """,
        _reply(f"Just say what you want, in your own words. {EXAMPLES}"),
    ),
]

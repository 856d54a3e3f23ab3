"""What Prometheus is told of Gemini: answers by how they ended, tokens, failures, the time to the first step."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 10)


class MindFigures:
    """One set for each connection, in a registry of its own that a server's own registry may take in."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.answers = Counter(
            "chronus_mind_answers", "Answers of the model, by how they ended.", ["model", "finish"],
            registry=self.registry,
        )  # fmt: skip
        self.tokens = Counter(
            "chronus_mind_tokens", "Tokens, by kind; thoughts are billed as answer.", ["model", "kind"],
            registry=self.registry,
        )  # fmt: skip
        self.failures = Counter(
            "chronus_mind_failures", "Requests that gave no answer, by kind.", ["kind"], registry=self.registry
        )
        self.fallbacks = Counter(
            "chronus_mind_fallbacks", "Steps the built-in mind took instead, by reason.", ["reason"],
            registry=self.registry,
        )  # fmt: skip
        self.other = Gauge(
            "chronus_mind_other_model", "1 while another model answers than the one that is set.",
            registry=self.registry,
        )  # fmt: skip
        self.first = Histogram(
            "chronus_mind_first_seconds", "Until the first word or call.", ["model"], buckets=_SECONDS,
            registry=self.registry,
        )  # fmt: skip

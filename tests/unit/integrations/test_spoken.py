"""What is written is said the way people say it."""

import pytest

from integrations.speech.spoken import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("You have **two** _small_ things, `really`.", "You have two small things, really."),
        ("# Today\n- milk\n- bread & butter", "Today. milk. bread and butter"),
        ("1. First thing", "1. First thing"),
        ("See [the notes](https://example.com/a/b?c=1).", "See the notes."),
        ("It's at https://www.example.com/a/b?c=1, I think.", "It's at a link to example dot com, I think."),
        ("Dentist at 3:30 pm.", "Dentist at 3 30 P M."),
        ("From 9:00 to 9:05.", "From 9 o'clock to 9 oh 5."),
        ("The train is at 17:00.", "The train is at 17 hundred."),
        ("Lunch at 12pm today", "Lunch at 12 P M today"),
        ("The score was 99:99.", "The score was 99:99."),
        ("Free 3–4 and 10-11", "Free 3 to 4 and 10 to 11"),
        ("Lunch — with Sarah - at noon", "Lunch, with Sarah, at noon"),
        ("That's 20% of #3", "That's 20 percent of number 3"),
        ("Write to sarah@example.com", "Write to sarah at example.com"),
        ("Done! 🎉", "Done!"),
        ("```python\nprint(1)\n```", ""),
        ("  ", ""),
        ("snake_case stays words", "snake case stays words"),
        ("well-known 555-1234 of 2026-11-24", "well-known 555-1234 of 2026-11-24"),
        ("At 9 a.m. or http://example.com/.", "At 9 A M or a link to example dot com."),
    ],
)
def test_text_is_made_fit_for_the_ear(written: str, said: str) -> None:
    """Markup and raw links go, times and signs become words."""
    assert spoken(written) == said

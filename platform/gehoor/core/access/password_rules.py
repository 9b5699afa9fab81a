"""What makes a password good enough: long enough, and not easily guessed. What it is made of is free."""

from __future__ import annotations

SHORTEST = 10
"""How many characters a password has at least."""
LONGEST = 200
"""How many it has at most: a whole sentence fits."""

TOO_SHORT = f"Kies een wachtwoord van minstens {SHORTEST} tekens."
TOO_LONG = f"Kies een wachtwoord van hoogstens {LONGEST} tekens."
TOO_EASY = "Dit wachtwoord is snel geraden. Kies er een dat langer is, bijvoorbeeld enkele woorden die u zelf verzint."
THE_SAME = "Dit is uw wachtwoord van nu. Kies een ander."


def length_refusal(password: str) -> str | None:
    """Return the sentence that says what is wrong with how long a password is, if anything."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    return TOO_LONG if len(password) > LONGEST else None

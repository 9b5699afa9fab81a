"""The names under which conditions of one agreement go to the rule engine, and the facts made for them."""

from __future__ import annotations


def rule(rule_id: str) -> str:
    """Name a rule of the files."""
    return f"rule/{rule_id}"


def shown(form_id: str, field_id: str) -> str:
    """Name the condition under which a field is shown."""
    return f"shown/{form_id}/{field_id}"


def at_least_one(form_id: str, index: int) -> str:
    """Name the condition under which one of some fields is needed."""
    return f"one-of/{form_id}/{index}"


def phase_applies(phase_id: str) -> str:
    """Name the condition under which a phase exists."""
    return f"phase/{phase_id}"


def term_applies(term_id: str) -> str:
    """Name the condition under which a term exists."""
    return f"term/{term_id}"


def term_not_needed(term_id: str) -> str:
    """Name the condition under which a term is not needed."""
    return f"not-needed/{term_id}"


def term_begins(term_id: str) -> str:
    """Name the condition by which a term begins."""
    return f"begins/{term_id}"


def start_days(term_id: str) -> str:
    """Name the condition under which a term begins on certain days only."""
    return f"start-days/{term_id}"


def late(term_id: str, level: int) -> str:
    """Name the rule that fires when a term is missed (level 1) or a next level is reached.

    The fact of the same name holds the seconds since that moment; it is absent while the term cannot be late.
    """
    return f"late/{term_id}/{level}"


def reminder(term_id: str, index: int) -> str:
    """Name the rule that fires when it is time to remind, and its fact: the seconds since then."""
    return f"remind/{term_id}/{index}"


def notice(rule_id: str, role: str) -> str:
    """Name the message that a rule sends to a role, once."""
    return f"notice/{rule_id}/{role}"


def approval(rule_id: str, role: str, milestone_id: str) -> str:
    """Name what a rule asks a role to approve."""
    return f"approval/{rule_id}/{role}/{milestone_id}"


def letter_applies(letter_id: str) -> str:
    """Name the condition under which a letter is for a dossier."""
    return f"letter/{letter_id}"


def passage(letter_id: str, index: int) -> str:
    """Name the condition under which a passage stands in a letter."""
    return f"passage/{letter_id}/{index}"

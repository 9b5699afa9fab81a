"""Dossiers that go wherever chance leads: what nobody thought of, the same each time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from tests.replay import use_cases as uses
from tests.replay.scenario.directing import Director, Story, local
from tests.support.clock import at

WORDS = ("bel", "soep", "kamer", "bezoek", "nacht", "rekening", "dokter", "kleding", "lawaai", "uitleg")


def wander(
    director: Director, case: str, where: tuple[str, str], start: str, people: Sequence[str], stops: int
) -> Story:
    """Open a dossier with chance answers, and have these people fill in something of it at a number of moments."""
    chance = Random(f"{case} {start}")
    moment = at(start)
    yield start
    if not _opened(director, chance, case, where, director.working(where, people)[0]):
        return
    for _ in range(stops):
        moment += timedelta(hours=chance.choice((1, 20, 49, 170, 400)), minutes=chance.randint(0, 59))
        yield local(moment)
        chance.choice(_STEPS)(director, chance, case, chance.choice(director.working(where, people)))


def _opened(director: Director, chance: Random, case: str, where: tuple[str, str], by: str) -> bool:
    runtime = director.player.stage.runtime
    with uses.reading(runtime.store) as register:
        agreement = runtime.library.in_force(register, *where, director.now)
    by_hand = chance.random() < 0.6
    form = agreement.forms["dossier" if by_hand else "melden"]
    asked = [one for one in form.fields.values() if one.id in form.required or one.at_opening or not by_hand]
    for _ in range(4):
        answers = {
            one.id: value
            for one in asked
            if (value := answer(chance, one, director.today)) is not None
            and (one.id in form.required or chance.random() < 0.7)
        }
        # Whoever has a name gives it the second time that it is asked.
        director.do(
            "open", id=case, where=[*where, form.id], key=f"key-{case}", answers=answers,
            by=by if by_hand else None, name=by.title() if by_hand else None,
        )  # fmt: skip
        if case in director.player.dossiers:
            return True
    return False


def _fill(director: Director, chance: Random, case: str, by: str) -> None:
    """Fill in what is asked for first, and something else."""
    agreement, dossier, decision = director.decision(case)
    fields = agreement.dossier_form.fields
    states = decision.fields
    shown = [
        name for name, state in states.items() if state.visible and _can_be_filled(fields[name], decision)
    ]
    asked = [name for name in shown if states[name].requirements and name not in dossier.values]
    empty = [name for name in shown if name not in dossier.values and name not in asked]
    chosen = [*asked[: chance.randint(0, 8)], *chance.sample(empty, min(len(empty), chance.randint(1, 6)))]
    if chance.random() < 0.2:
        chosen.append(chance.choice(shown))
    answers = {name: answer(chance, fields[name], director.today) for name in chosen}
    if chance.random() < 0.1 and dossier.values:
        answers[chance.choice(sorted(dossier.values))] = None
    director.fill(case, by, chance.choice((0, 0, 0, 1)), **answers)


def _can_be_filled(field: Any, decision: uses.Decision) -> bool:
    phase = decision.phases.get(field.phase)
    return field.kind != "attachments" and (phase is None or phase.open)


def _reach(director: Director, chance: Random, case: str, by: str) -> None:
    """Answer all that stands before the next milestone, and reach it."""
    agreement, _, decision = director.decision(case)
    fields = agreement.dossier_form.fields
    left = [
        one
        for one in decision.milestones.values()
        if not one.reached and decision.fields[one.milestone.field].visible and not one.milestone.closes
    ]
    if not left:
        return
    state = left[0] if chance.random() < 0.8 else chance.choice(left)
    missing = [one.field for one in state.missing]
    answers = {name: answer(chance, fields[name], director.today) for name in missing}
    answers[state.milestone.field] = director.today.isoformat()
    director.fill(case, by, **answers)


def _close(director: Director, chance: Random, case: str, by: str) -> None:
    why = "Wat nog liep, hoeft niet meer."
    director.fill(case, by, afgesloten_op=director.today.isoformat(), afsluitreden="beantwoord", reason=why)


def _hand_over(director: Director, chance: Random, case: str, by: str) -> None:
    director.do("assign", dossier=case, to=chance.choice(("", by, "karin", "koen", "wim")), by=by)


def _write(director: Director, chance: Random, case: str, by: str) -> None:
    text, key = " ".join(chance.sample(WORDS, 4)), f"{case}-{director.version(case)}"
    if chance.random() < 0.5:
        director.do("write to us", dossier=case, text=text, key=key)
    else:
        director.do("write back", dossier=case, text=text, key=key, by=by)


def _adjust(director: Director, chance: Random, case: str, by: str) -> None:
    today, terms = director.today.isoformat(), sorted(director.decision(case)[2].terms)
    term = "antwoord" if "antwoord" in terms else chance.choice(terms)
    how = {"dossier": case, "term": term, "by": by}
    verb = chance.choice(("suspend", "resume", "extend"))
    reason = "wachten-op-externe" if verb == "suspend" else "Meer tijd nodig"
    director.do(verb, **how, reason=reason, told=today if verb == "extend" else None)


_STEPS: Sequence[Callable[[Director, Random, str, str], None]] = (
    *[_fill] * 6, *[_reach] * 5, _close, _hand_over, _write, _adjust,
)  # fmt: skip


def answer(chance: Random, field: Any, today: Any) -> Any:
    """Return an answer that a field takes, and now and then one that it does not."""
    if chance.random() < 0.01:
        return "iets dat hier niet kan"
    return _ANSWERS[field.kind](chance, field, today)


def _text(chance: Random, *_: Any) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 6))).capitalize()


def _codes(chance: Random, field: Any, *_: Any) -> list[str]:
    codes = [one.code for one in field.choices]
    return chance.sample(codes, min(len(codes), chance.randint(1, 2)))


def _rows(chance: Random, field: Any, today: Any) -> list[dict[str, Any]]:
    return [
        {
            name: value
            for name, member in field.members.items()
            if (name in field.required_members or chance.random() < 0.5)
            and (value := answer(chance, member, today)) is not None
        }
        for _ in range(chance.randint(1, 2))
    ]


_ANSWERS: Mapping[str, Callable[[Random, Any, Any], Any]] = {
    "text": _text,
    "long-text": _text,
    "email": lambda chance, *_: f"{chance.choice(WORDS)}@voorbeeld.be",
    "phone": lambda chance, *_: f"0470 12 34 {chance.randint(10, 99)}",
    "date": lambda chance, _, today: (today - timedelta(days=chance.choice((0, 0, 1, 4)))).isoformat(),
    "time": lambda chance, *_: f"{chance.randint(7, 18):02}:15",
    "instant": lambda chance, _, today: f"{today.isoformat()}T07:{chance.randint(10, 59)}",
    "boolean": lambda chance, *_: chance.choice(("ja", "nee", "nee")),
    "integer": lambda chance, *_: chance.randint(1, 5),
    "decimal": lambda chance, *_: f"{chance.randint(1, 90)},50",
    "choice": lambda chance, field, _: chance.choice(field.choices).code,
    "choices": _codes,
    "staff": lambda chance, *_: [chance.choice(("tom", "lies", "tess"))],
    "groups": _rows,
    "attachments": lambda *_: None,
}

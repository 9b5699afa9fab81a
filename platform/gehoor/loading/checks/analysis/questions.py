"""The questions that decide, and their examples: together they must leave nothing open, and nothing unused."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.ways import MessageExample, Walk, Way, never_asked, walk, ways
from gehoor.core.text.problems import Problem, Severity, errors
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def question_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return what is open, unused or contradictory in the questions and the examples of messages."""
    if not agreement.questions:
        return []
    found = ways(agreement.questions, agreement.otherwise)
    examples = [
        (index, example, walk(agreement.questions, agreement.otherwise, example.answers))
        for index, example in enumerate(agreement.examples)
    ]
    problems = [
        *_open_ends(whole, found),
        *_never_asked(whole, agreement),
        *_example_problems(whole, examples),
    ]
    if not errors(problems):
        # While something is still open, what nothing leads to or shows says nothing new.
        problems += _kinds_without_way(whole, agreement, found)
        problems += _without_example(whole, found, [one for _, _, one in examples])
    return problems


def _open_ends(whole: Sourced, found: tuple[Way, ...]) -> Iterator[Problem]:
    for way in found:
        if way.outcome is None:
            shown = ", ".join(f"{name}: {_word(answer)}" for name, answer in way.answers)
            details = {"answers": shown or "op elke vraag eender wat"}
            yield Problem(whole.spot(("questions",)).key, "antwoorden-zonder-uitkomst", details)


def _never_asked(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    final = next((one.id for one in agreement.questions.values() if one.yes and one.no), "")
    for name in never_asked(agreement.questions):
        details = {"value": name, "first": final}
        yield Problem(whole.spot(("questions", name)).key, "vraag-nooit-gesteld", details)


def _kinds_without_way(whole: Sourced, agreement: Agreement, found: tuple[Way, ...]) -> Iterator[Problem]:
    reached = {way.outcome.kind for way in found if way.outcome}
    for name in agreement.kinds:
        if name not in reached:
            yield Problem(
                whole.spot(("kinds", name)).key, "soort-zonder-weg", {"value": name}, Severity.WARNING
            )


def _example_problems(whole: Sourced, examples: list[tuple[int, MessageExample, Walk]]) -> Iterator[Problem]:
    expected: dict[tuple[tuple[str, bool], ...], MessageExample] = {}
    for index, example, walked in examples:
        path: Path = ("message-examples", index)
        case = short(example.message)
        if walked.missing:
            details = {"case": case, "value": walked.missing}
            yield Problem(whole.spot((*path, "answers")).key, "antwoord-ontbreekt", details)
            continue
        if walked.outcome is None:
            continue
        needless = walked.needless(example.answers)
        if needless:
            details = {"case": case, "value": ", ".join(needless), "first": walked.decided_by}
            spot = whole.spot((*path, "answers", needless[0]))
            yield Problem(spot.key, "antwoord-te-veel", details, Severity.WARNING)
        given = tuple((name, example.answers[name]) for name in walked.asked)
        first = expected.setdefault(given, example)
        spot = whole.spot((*path, "expect"))
        actual = walked.outcome.kind
        if first.expect != example.expect:
            details = {"case": case, "expected": example.expect, "other": short(first.message)}
            yield Problem(spot.value, "voorbeelden-botsen", {**details, "first": first.expect})
        elif actual != example.expect:
            details = {"case": case, "about": "u verwacht", "expected": example.expect, "actual": actual}
            yield Problem(spot.value, "voorbeeld-faalt", details)


def _without_example(whole: Sourced, found: tuple[Way, ...], walked: list[Walk]) -> Iterator[Problem]:
    """Who gives examples wants every outcome shown; who gives none has not begun."""
    if not walked:
        return
    shown = {(one.decided_by, one.outcome) for one in walked}
    for way in found:
        if way.outcome is not None and (way.decided_by, way.outcome) not in shown:
            answer = _word(way.answers[-1][1]) if way.decided_by else ""
            path: Path = ("questions", way.decided_by) if way.decided_by else ("otherwise",)
            what = (
                f"'{way.decided_by}: {answer}'"
                if way.decided_by
                else "een bericht waarbij geen vraag beslist"
            )
            details = {"what": what, "kind": way.outcome.kind}
            yield Problem(whole.spot(path).key, "uitkomst-zonder-voorbeeld", details, Severity.WARNING)


def _word(answer: bool) -> str:
    return "ja" if answer else "nee"


def short(text: str) -> str:
    """Return the beginning of a text, enough to know which one is meant."""
    return text if len(text) <= 50 else f"{text[:49]}..."


CHECK = Check(
    Pass.ANALYSIS,
    (
        "antwoorden-zonder-uitkomst",
        "vraag-nooit-gesteld",
        "soort-zonder-weg",
        "antwoord-ontbreekt",
        "antwoord-te-veel",
        "voorbeelden-botsen",
        "voorbeeld-faalt",
        "uitkomst-zonder-voorbeeld",
    ),
    lambda on: question_problems(on.whole, on.agreement),
    goes_by=("questions", "otherwise", "kinds", "message-examples"),
)

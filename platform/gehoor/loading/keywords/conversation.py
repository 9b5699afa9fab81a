"""The questions of the conversation, as the platform ships them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from gehoor.core.proposals.conversation import Question, Step, Where


@cache
def steps() -> tuple[Step, ...]:
    """Return the steps with their questions, in order."""
    text = (files("gehoor") / "beginning" / "conversation.yaml").read_text("utf-8")
    found: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return tuple(
        Step(one["title"], tuple(_question(name, asked) for name, asked in one["questions"].items()))
        for one in found["steps"]
    )


@cache
def questions() -> Mapping[str, Question]:
    """Return the questions by name, in order."""
    return {question.name: question for step in steps() for question in step.questions}


def _question(name: str, asked: Mapping[str, Any]) -> Question:
    return Question(
        name=name,
        ask=asked["ask"],
        help=asked["help"],
        example=asked["example"],
        line=asked["line"],
        founding=tuple(map(str, asked["founding"])),
        at=tuple(_where(one) for one in asked["at"]),
        needed=asked.get("needed", False),
        demand=asked.get("demand", ""),
    )


def _where(one: Mapping[str, Any]) -> Where:
    ask = tuple(one.get("ask", ()))
    return Where(
        file=one["file"],
        path=tuple(one["path"]),
        ask=ask,
        each=one.get("each", False),
        having={keyword: tuple(values) for keyword, values in one.get("where", {}).items()},
        least=one.get("least", 1),
        one=one.get("one", False),
        says=tuple(one.get("says", ask)),
        keys=tuple(one.get("keys", ())),
        name=one.get("name", ""),
        begin=one.get("begin", {}),
        own=tuple(one.get("own", ())),
        part=one.get("part", ""),
        said=one.get("said", {}),
        to_read=one.get("to-read", False),
        adding=tuple(one["adding"]) if "adding" in one else None,
    )

"""Compiled rules and their runs. Without the precautions taken here the library crashes, hangs or lies."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from typing import Any

from gehoor.adapters.durable.formula import Relation
from gehoor.adapters.durable.library import free_rule_set, quiet_host_class
from gehoor.adapters.durable.names import MARKER, SESSION
from gehoor.adapters.durable.translation import Chunk, NamedPath

_MARK = {MARKER: "d"}
_SESSION_ID = "s"


class IrregularRunError(Exception):
    """The engine did not answer in the one way that is known to be right."""


class RuleHost:
    """The compiled rules of some chunks. Not for two threads at once.

    Raises ``IrregularRunError`` when the engine does not accept the rules.
    """

    def __init__(self, chunks: tuple[Chunk, ...]) -> None:
        self._fired: list[int] = []
        self._chunks = {f"c{number}": chunk for number, chunk in enumerate(chunks)}
        definitions = {name: self._definition(chunk) for name, chunk in self._chunks.items()}
        try:
            self._host = quiet_host_class()(definitions)
            handles = [self._host.get_ruleset(name)._handle for name in self._chunks]
        except Exception as error:
            raise IrregularRunError("the rules were not accepted") from error
        # The library never frees what it compiled. No cycle holds this object, so the memory is free at once.
        self._release = weakref.finalize(self, _free, handles)
        self._release.atexit = False

    def run(self, readings: Mapping[str, int]) -> frozenset[str]:
        """Return the ids of the rules that fire on the readings, by engine name.

        Raises ``IrregularRunError``; the host is of no use after that.
        """
        fired: set[str] = set()
        for name, chunk in self._chunks.items():
            try:
                fired.update(self._run_chunk(name, chunk, readings))
            except Exception as error:
                # Freeing tables in an unknown state may crash the process; losing some memory does not.
                self._release.detach()
                raise IrregularRunError("the run was not complete") from error
        return frozenset(fired)

    def _run_chunk(self, name: str, chunk: Chunk, readings: Mapping[str, int]) -> list[str]:
        self._fired.clear()
        fact = {field: readings[field] for field in chunk.names}
        state = self._host.assert_fact(name, {**fact, **_MARK, SESSION: _SESSION_ID})
        if not isinstance(state, dict) or "exception" in state:
            raise IrregularRunError("an action failed or took too long")
        # Deleting the state after a fact that fired nothing crashes the process: first prove that it did.
        if self._fired[-1:] != [len(chunk.rules)]:
            raise IrregularRunError("not every action ran")
        self._host.delete_state(name, _SESSION_ID)
        return [chunk.rules[index][0] for index in self._fired[:-1]]

    def _definition(self, chunk: Chunk) -> dict[str, Any]:
        # Made anew each time, because the library takes apart what it is given.
        rules = {
            f"r{index}": _rule(path, self._recorder(index), priority=1)
            for index, (_, path) in enumerate(chunk.rules)
        }
        return {**rules, "last": _rule((), self._recorder(len(chunk.rules)), priority=2)}

    def _recorder(self, index: int) -> Callable[[object], None]:
        fired = self._fired

        # Exactly one parameter: with two the library waits for a call that never comes, and reports success.
        def record(_context: object) -> None:
            fired.append(index)

        return record


def _rule(path: NamedPath, action: Callable[[object], None], priority: int) -> dict[str, Any]:
    checks = [
        {name: position} if relation is Relation.EQUAL else {relation.value: {name: position}}
        for name, relation, position in path
    ]
    return {"all": [{"m": {"$and": [dict(_MARK), *checks]}}], "run": action, "pri": priority}


def _free(handles: list[Any]) -> None:
    for handle in handles:
        free_rule_set(handle)

"""Routes compiled once a process: every application of a test has the same, and compiling them takes most of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from werkzeug.routing import Rule

_compile = Rule._compile_builder
_compiled: dict[Hashable, Callable[..., tuple[str, str]]] = {}


def _compile_once(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    converters = tuple((name, type(one)) for name, one in self._converters.items())
    # What is compiled asks the rule that it is bound to, and depends on nothing else of it.
    key = (self.rule, repr(self.defaults), tuple(self._trace), converters, append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(self, append_unknown)
    return _compiled[key]


def install() -> None:
    """Compile each route once, from now on."""
    rule: Any = Rule
    rule._compile_builder = _compile_once

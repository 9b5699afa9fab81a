"""Every check of files is one module, registered once, whose problems have a sentence and a page."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import pytest

from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.registry import CHECKS
from gehoor.loading.problems.texts import SENTENCES
from tests.guard.checkout import PACKAGE, modules_of, name_of, tree_of

ALL = [check for stage in Pass for check in CHECKS[stage]]
PAGES = {path.stem for path in (PACKAGE / "schemas" / "problems").iterdir()}
ROOM = [
    path
    for path in modules_of("loading/checks")
    if path.name not in ("check.py", "registry.py", "__init__.py")
]

BY_THEMSELVES = {"forms", "conditions", "references"}
"""The rooms of what judges each part by itself: these help each other."""


def _check_in(path: Path) -> Check | None:
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return getattr(import_module(name), "CHECK", None)


def _declares(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "CHECK"


def _codes_in(path: Path) -> set[str]:
    """Return the codes that stand in a module as such: nothing else in it is written like one."""
    said = [node for node in tree_of(path).body if not _declares(node)]
    texts = [node.value for part in said for node in ast.walk(part) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and text in SENTENCES}


def _with_helpers(path: Path) -> set[Path]:
    """Return a module and the modules beside it that help it, and have no check of their own."""
    found, waiting = {path}, [path]
    while waiting:
        asked = {node.module for node in ast.walk(tree_of(waiting.pop())) if isinstance(node, ast.ImportFrom)}
        for helper in ROOM:
            is_asked = f"gehoor.loading.checks.{helper.parent.name}.{helper.stem}" in asked
            is_beside = (
                helper.parent == path.parent or {helper.parent.name, path.parent.name} <= BY_THEMSELVES
            )
            if is_asked and is_beside and helper not in found and not _check_in(helper):
                found.add(helper)
                waiting.append(helper)
    return found


def test_each_module_with_a_check_is_registered_once() -> None:
    found = [check for path in ROOM if (check := _check_in(path)) is not None]
    assert sorted(map(id, found)) == sorted(map(id, ALL))


@pytest.mark.parametrize("check", ALL, ids=lambda check: ", ".join(sorted(check.codes)))
def test_each_code_has_its_sentence_and_its_page(check: Check) -> None:
    assert check.codes
    assert set(check.codes) <= set(SENTENCES)
    assert set(check.codes) <= PAGES


@pytest.mark.parametrize("path", [path for path in ROOM if _check_in(path)], ids=name_of)
def test_a_check_declares_what_it_and_its_helpers_say(path: Path) -> None:
    check = _check_in(path)
    assert check
    assert frozenset[str]().union(*map(_codes_in, _with_helpers(path))) == set(check.codes)

"""The examples on the page about a problem, in their place in the base workspace of the tests."""

from __future__ import annotations

from gehoor.loading.problems.pages import ProblemPage
from tests.support.loading_cases import BASE


def in_its_place(page: ProblemPage, fragment: str) -> str:
    """Return the file that a page is about, with a fragment in its place: whole lines, indented as those were."""
    lines = (BASE / page.file).read_text("utf-8").splitlines()
    wanted = (page.at or page.right).splitlines()
    for start, line in enumerate(lines):
        indent = " " * (len(line) - len(line.lstrip()))
        if lines[start : start + len(wanted)] == [indent + part for part in wanted]:
            inserted = [indent + part for part in fragment.splitlines()]
            return "\n".join([*lines[:start], *inserted, *lines[start + len(wanted) :], ""])
    raise AssertionError(f"{page.file} does not have the lines of {page.code}")

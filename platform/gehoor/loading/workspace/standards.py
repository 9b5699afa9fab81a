"""Standards that an organisation holds itself against, and laws that it does: what is asked, by what one sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.workspace.file import LoadedFile, load_file

STANDARDS: Final = "standards"
_REQUIREMENTS: Final = "requirements"
_SHOWN_BY: Final = "shown-by"


def standard_or_law(workspace: Path, file: str) -> LoadedFile:
    """Load a file that says what is asked: a law, if it says that it is one."""
    law = load_file(workspace, file, "law")
    return law if "law" in law.canonical.data else load_file(workspace, file, "standard")


def take_standards(whole: Sourced, group: Mapping[str, LoadedFile]) -> None:
    """Put what is asked in the whole of a department, where anything is."""
    for name, file in group.items():
        path = (STANDARDS, PurePosixPath(name).name)
        source = file.canonical
        for top in ("standard", "law"):
            if top in source.data:
                whole.put(path, source, (top,))
        if _REQUIREMENTS in source.data:
            whole.put((*path, _REQUIREMENTS), source, (_REQUIREMENTS,))
        elif "demands" in source.data:
            for demand, said in _demands(source):
                whole.group((*path, _REQUIREMENTS))[demand] = said
                whole.spots.graft((*path, _REQUIREMENTS, demand), source.spots.branch(("demands", demand)))


def _demands(law: Canonical) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the demands of a law as what is asked: each shown by what is agreed, held against it."""
    for name, demand in law.data["demands"].items():
        said = {
            word: demand[word] for word in ("name", "source", "certainty", "explanation") if word in demand
        }
        yield name, {**said, _SHOWN_BY: [{"demand": {"id": name, **demand}}]}

"""The code of a department is its own: it stands in the numbers of its dossiers."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.workspace.organisation import OrganisationFiles

_CODE = ("department", "code")


def code_problems(files: OrganisationFiles, whole: Sourced) -> Iterator[Problem]:
    """Yield that an earlier department of the organisation has the code of this one."""
    own = whole.data["department"]
    for name, other in files.departments.items():
        if name == own["id"]:
            return
        if other.canonical.data.get("department", {}).get("code") == own["code"]:
            spot = other.canonical.spots.nearest(_CODE).value
            details = {"value": own["code"], "first": f"{spot.file}, regel {spot.line}"}
            yield Problem(whole.spot(_CODE).value, "dubbel-in-bestanden", details)
            return


CHECK = Check(
    Pass.CONSISTENCY, ("dubbel-in-bestanden",), lambda on: code_problems(on.files, on.whole), who=True
)

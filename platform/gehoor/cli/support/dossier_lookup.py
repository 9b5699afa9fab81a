"""Finding a dossier by what people call it."""

from __future__ import annotations

from gehoor.cli.support.click_dutch import Failure
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime


def find_dossier(runtime: Runtime, which: str) -> tuple[str, str]:
    """Return the id of a dossier by its number or id, and the time zone of its agreement. Raises ``Failure``."""
    with reading_projection(runtime) as register:
        found = register.by_number(which)
        if not found and (summary := register.summary(which)):
            found = [summary]
        if not found:
            raise Failure(f"Het dossier {which} staat niet in dit register.")
        if len(found) > 1:
            choices = ", ".join(f"{summary.id} ({summary.organisation})" for summary in found)
            raise Failure(f"Er zijn meer dossiers met nummer {which}. Kies een van: {choices}.")
        return found[0].id, runtime.library.agreement(register, found[0].agreement).time_zone

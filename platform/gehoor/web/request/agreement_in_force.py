"""The agreement in force for the department of a request, in the languages that it has."""

from __future__ import annotations

from gehoor.core.agreement.model import Agreement
from gehoor.web.request.languages import among
from gehoor.web.request.site import now, site


def agreement_in_force(organisation: str, department: str) -> Agreement:
    """Return the agreement in force at this request; a page that does not exist when there is none."""
    runtime = site().runtime
    agreement = runtime.library.in_force_now(runtime.store, organisation, department, now())
    among(agreement.languages)
    return agreement

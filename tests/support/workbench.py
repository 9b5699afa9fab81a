"""De Linde with its files in the register, and people who may make its agreements."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from werkzeug.test import TestResponse

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.bootstrap.drafting.folder import WorkspaceFolder
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.ports.store import Store
from gehoor.services.proposals.changing import Edit, begin_proposal, change_files, found_organisation
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.places import ORGANISATIONS
from tests.support.site import Site, Visitor, new_site

WORKPLACE = "/medewerker/werkplaats"
LINDE = "de-linde"
BEGUN = "2026-05-11 09:00"
TERMS = "rules/de-linde/termijnen.yaml"
WHO_WE_ARE = "definitions/de-linde/organisatie.yaml"
RIGHTS = """\
  afspraken-voorstellen: [kwaliteitscoordinator]
  afspraken-bespreken: [teamverantwoordelijke]
  afspraken-goedkeuren: [algemeen-directeur]
  afspraken-publiceren: [kwaliteitscoordinator]
"""
LENGTH = "binnen: 5 werkdagen"


@cache
def files() -> Mapping[str, bytes]:
    """Return the files of De Linde, that say who makes its agreements."""
    found = WorkspaceFolder(ORGANISATIONS).read(LINDE)
    last = b"  inzage-geven: niemand\n"
    assert last in found[WHO_WE_ARE]
    assert LENGTH.encode() in found[TERMS]
    return {**found, WHO_WE_ARE: found[WHO_WE_ARE].replace(last, last + RIGHTS.encode())}


def with_agreements(
    drafter: ConfinedDrafter, sources: Mapping[str, bytes] | None = None, store: Store | None = None
) -> Runtime:
    """Return a runtime in which De Linde published its files."""
    runtime, used = new_runtime(store), sources or files()
    judged = drafter.judge(used, LINDE)
    assert judged.is_sound, judged.told
    offered = [Publishable(LINDE, one.name, one.document, one.places) for one in judged.departments]
    publish(runtime, offered, at(BEGUN), "gebruikersraad", sources={LINDE: used})
    return runtime


def workbench_site(drafter: ConfinedDrafter, folder: WorkspaceFolder | None = None) -> Site:
    """Return the site of De Linde with its workbench."""
    site = new_site(runtime=with_agreements(drafter))
    open_workbench(site.app, drafter, folder)
    return site


def sent(visitor: Visitor, path: str, **typed: Any) -> TestResponse:
    """Send a form of the workbench, with what was typed and nothing else."""
    return visitor.post(path, {**typed, "csrf_token": visitor.page(WORKPLACE).value("csrf_token")})


def begun(runtime: Runtime, by: str = "els", title: str = "Sneller melden") -> Proposal:
    return begin_proposal(runtime, LINDE, title, by, at("2026-05-12 09:00"))


def replaced(
    runtime: Runtime, proposal: Proposal, file: str, old: str, new: str, by: str = "els"
) -> Proposal:
    """Replace words in a file of a proposal, as somebody who saw it as it is in ``proposal``."""
    with reading(runtime.store) as register:
        content = register.sources(proposal.tree)[file]
    assert old.encode() in content
    edit = Edit(
        proposal.id, proposal.tree, {file: content.replace(old.encode(), new.encode(), 1)}, f"{old} > {new}"
    )
    return change_files(runtime, edit, by, at("2026-05-12 10:00"))


def proposed_by_operator(runtime: Runtime, when: str) -> None:
    """Let whoever runs the server bring in two files, and change one: something stands in every table of proposals."""
    files = {TERMS: b"termijnen: []\n", WHO_WE_ARE: b"naam: De Linde\n"}
    operator = Operator("beheer")
    proposal = found_organisation(runtime, LINDE, "Sneller melden", files, operator, at(when))
    change_files(
        runtime, Edit(proposal.id, proposal.tree, {TERMS: b"termijnen: [] # geen\n"}), operator, at(when)
    )


def changed(site: Site, proposal: Proposal) -> dict[str, str]:
    """Return the files that differ from what is in force, with the lines that are new."""
    with reading(site.runtime.store) as register:
        now = register.proposal(proposal.id)
        before, after = register.sources(now.base), register.sources(now.tree)
    return {
        file: "\n".join(
            line for line in text.decode().splitlines() if line not in before[file].decode().splitlines()
        )
        for file, text in after.items()
        if text != before[file]
    }

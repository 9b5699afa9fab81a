"""The whole agreement in plain Dutch, in the order in which people ask about it."""

from __future__ import annotations

from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.wording.chapters import Chapter
from gehoor.core.wording.nl.agreement.by_role import by_role
from gehoor.core.wording.nl.agreement.change.changes import changes
from gehoor.core.wording.nl.agreement.channels import anonymity, channels
from gehoor.core.wording.nl.agreement.complaint import complaint, kinds
from gehoor.core.wording.nl.agreement.confidentiality import confidentiality
from gehoor.core.wording.nl.agreement.correspondence import correspondence
from gehoor.core.wording.nl.agreement.forms.forms import forms
from gehoor.core.wording.nl.agreement.law import law, waived
from gehoor.core.wording.nl.agreement.numbers import calendar, letters, numbering
from gehoor.core.wording.nl.agreement.organisation import about, danger, roles, second_line, work_list
from gehoor.core.wording.nl.agreement.phrases import role
from gehoor.core.wording.nl.agreement.questions import examples, questions
from gehoor.core.wording.nl.agreement.retention import retention
from gehoor.core.wording.nl.agreement.rights import rights
from gehoor.core.wording.nl.agreement.rules.belonging import belonging, contacts
from gehoor.core.wording.nl.agreement.rules.conditions import clause, row_clause
from gehoor.core.wording.nl.agreement.rules.course import milestones, phases
from gehoor.core.wording.nl.agreement.rules.derived import outcome
from gehoor.core.wording.nl.agreement.rules.figures import overview, reports, standards
from gehoor.core.wording.nl.agreement.rules.rules import rules
from gehoor.core.wording.nl.agreement.rules.tables import tables
from gehoor.core.wording.nl.agreement.rules.tasks import tasks
from gehoor.core.wording.nl.agreement.rules.terms import terms
from gehoor.core.wording.nl.agreement.translations import texts
from gehoor.core.wording.port import Agreements


def in_words(agreement: Agreement) -> tuple[Chapter, ...]:
    """Say everything that was agreed. Chapters about nothing are left out."""
    found = (
        about(agreement),
        complaint(agreement),
        kinds(agreement),
        questions(agreement),
        examples(agreement),
        channels(agreement),
        anonymity(agreement),
        danger(agreement),
        roles(agreement),
        rights(agreement),
        confidentiality(agreement),
        milestones(agreement),
        phases(agreement),
        belonging(agreement),
        contacts(agreement),
        terms(agreement),
        rules(agreement),
        tables(agreement),
        tasks(agreement),
        retention(agreement),
        law(agreement),
        waived(agreement),
        second_line(agreement),
        work_list(agreement),
        overview(agreement),
        reports(agreement),
        standards(agreement),
        *forms(agreement),
        numbering(agreement),
        calendar(agreement),
        correspondence(agreement),
        letters(agreement),
        texts(agreement),
    )
    return tuple(chapter for chapter in found if chapter.items)


AGREEMENTS: Final = Agreements(
    language="nl",
    whole=in_words,
    by_role=by_role,
    changes=changes,
    clause=clause,
    row_clause=row_clause,
    outcome=outcome,
    role=role,
)

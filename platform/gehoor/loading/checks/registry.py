"""Every check there is, by the pass in which it is made, in this order."""

from __future__ import annotations

from typing import Final

from gehoor.loading.checks.analysis import (
    contradictory_rules,
    empty_places,
    examples,
    guideline,
    idle_figures,
    idle_phases,
    incomplete_translations,
    offered_choices,
    premature_requirements,
    questions,
    sendable_forms,
    silent_conditions,
    unreachable_fields,
    unsatisfiable,
    untranslated_names,
)
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.consistency import (
    access,
    belonging,
    confidentiality,
    department_codes,
    deputies,
    derivation_circles,
    kinds,
    milestones,
    retention,
    rights,
    staff,
    tables,
    tasks,
    translation_languages,
)
from gehoor.loading.checks.forms import (
    field_bounds,
    field_words,
    fields,
    form_steps,
    form_words,
    meanings,
    special_data,
)
from gehoor.loading.checks.references import (
    completeness,
    effects,
    field_types,
    figures,
    kept_figures,
    letters,
    placeholder_texts,
    references,
    report_chapters,
    table_rows,
    work_lists,
)
from gehoor.loading.checks.terms import (
    idle_terms,
    last_days,
    late_answers,
    laxer_than_law,
    term_days,
    terms,
)

_MODULES: Final = (
    completeness, references, letters, placeholder_texts, effects, table_rows, work_lists, figures,
    report_chapters, field_types,
    field_words, field_bounds, fields, milestones, deputies, kinds, meanings, term_days, terms, tasks, retention,
    belonging, access, rights, confidentiality,
    special_data, staff, translation_languages, department_codes,
    form_steps, form_words,
    derivation_circles, tables,
    questions, examples, unsatisfiable, silent_conditions, contradictory_rules, unreachable_fields, offered_choices,
    idle_terms, idle_phases, last_days, late_answers, premature_requirements, empty_places, incomplete_translations,
    guideline, laxer_than_law, idle_figures, untranslated_names, sendable_forms, kept_figures,
)  # fmt: skip

CHECKS: Final[dict[Pass, tuple[Check, ...]]] = {
    stage: tuple(one.CHECK for one in _MODULES if one.CHECK.stage is stage) for stage in Pass
}

"""What somebody else may have to fill in, that whoever looks does not see: that it may be so is said, and never whether
it is done; else the page of one would tell what another answered."""

from __future__ import annotations

from gehoor.core.rules.effects import Require
from gehoor.services.dossiers.viewing import OpenedDossier


def asked_of_others(opened: OpenedDossier) -> frozenset[str]:
    """Return the fields that whoever looks does not see, and that are asked before a milestone, or may be by a rule:
    by what is agreed alone, and by no answer."""
    agreement = opened.agreement
    by_rules = {
        effect.field
        for rule in agreement.rules.values()
        for effect in rule.effects
        if isinstance(effect, Require)
    }
    return frozenset(
        name
        for name in opened.rights.unseen & agreement.dossier_form.fields.keys()
        if name in by_rules or agreement.dossier_form.fields[name].required_before
    )

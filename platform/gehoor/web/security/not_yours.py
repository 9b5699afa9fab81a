"""What somebody may know of and not do: the sentences that say so."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from gehoor.core.agreement.actions import Action
from gehoor.services.accounts.administration import Limit
from gehoor.web.request.languages import said


class NotYoursToDoError(Forbidden):
    """The agreement keeps this action for others. ``sentence`` says for whom."""

    def __init__(self, action: Action, names: Sequence[str]) -> None:
        super().__init__()
        actions = said().actions
        what = actions.names[action]
        self.sentence = (
            _(
                "Volgens de afspraken is dit voor: %(roles)s. Het gaat om: %(what)s.",
                roles=actions.either(names),
                what=what,
            )
            if names
            else _("Volgens de afspraken mag niemand dit. Het gaat om: %(what)s.", what=what)
        )


class NotYoursToManageError(Forbidden):
    """Something that nobody does with such an account. ``sentence`` says why."""

    def __init__(self, limit: Limit) -> None:
        super().__init__()
        self.sentence = {
            Limit.OWN: _(
                "Uw eigen rollen en aanmelding wijzigt u niet zelf. Vraag het aan wie ook accounts beheert."
            ),
            Limit.DEPUTY: _(
                "U vervangt deze persoon, en zou zo zelf een rol krijgen. Vraag het aan wie ook accounts beheert."
            ),
            Limit.ELSEWHERE: _(
                "Deze persoon heeft ook rollen die u niet beheert. Vraag het aan wie Gehoor beheert."
            ),
            Limit.SECOND: _(
                "Dit bevestigt iemand anders die accounts beheert: u gaf het zelf, het komt bij u terecht, of een van"
                " u beiden maakte het account of het laatste wachtwoord van de ander."
            ),
            Limit.LAST_ROLE: _("Dit is de enige rol. Geef eerst een andere rol, of sluit het account af."),
        }[limit]

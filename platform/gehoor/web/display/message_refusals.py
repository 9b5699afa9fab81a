"""What is said when a message cannot be kept."""

from __future__ import annotations

from flask_babel import gettext as _

from gehoor.services.correspondence.texts import LONGEST, TextRefusedError


def refusal_text(refusal: TextRefusedError) -> str:
    """Return the sentence that goes with a refusal."""
    sentences = {
        "empty": _("Schrijf eerst uw bericht."),
        "long": _("Dit bericht is te lang. Gebruik hoogstens %(most)s tekens.", most=LONGEST),
        "many": _("Hier kunnen geen berichten meer bij. Bel ons, of schrijf een brief."),
        "over": _(
            "Intrekken kan hier intussen niet meer. Stuur ons dit als bericht, als wij het moeten weten."
        ),
        "no-code": _("Bij dit dossier hoort geen volgcode: een bericht zou niemand bereiken."),
    }
    return str(sentences[refusal.code])

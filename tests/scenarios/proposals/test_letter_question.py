"""The text of a letter is typed on the page of its question."""

from __future__ import annotations

from gehoor.services.register.register import reading
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import WORKPLACE, begun, sent


def test_the_text_of_a_letter_is_typed_on_the_page_itself(site: Site, els: Visitor) -> None:
    proposal = begun(site.runtime)
    question = f"{WORKPLACE}/voorstel/{proposal.id}/gesprek/brieven"
    begin = next(
        one for one in els.page(question).all("form") if "/erbij" in one.attributes.get("action", "")
    )
    made = sent(els, begin.attributes["action"], naam="Antwoord op de klacht", gezien=proposal.tree)
    page = els.page(made.location.partition("#")[0])
    assert page_faults(page) == []
    form = next(one for one in page.all("form") if "Tekst bewaren" in one.text)
    with reading(site.runtime.store) as register:
        tree = register.proposal(proposal.id).tree
    typed = {"gevraagd": "", "w_": "Beste lezer, dit vonden wij.", "gezien": tree}
    answer = sent(els, form.attributes["action"].partition("#")[0], **typed)
    assert answer.status_code == 303, answer.text
    with reading(site.runtime.store) as register:
        kept = register.sources(register.proposal(proposal.id).tree)
    assert any(b"Beste lezer, dit vonden wij." in one for one in kept.values())

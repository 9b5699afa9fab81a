"""Reading pages as a browser and a screen reader do, and what makes a page sound."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SVG_LEAVES = {"path", "circle", "rect", "line"}
_REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


@dataclass
class Element:
    """An element of a page, with its attributes and the text inside it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def inside(self, *tags: str) -> bool:
        above = self.parent
        while above is not None:
            if above.tag in tags:
                return True
            above = above.parent
        return False


class Page(HTMLParser):
    """A page, taken apart. ``faults`` are where its elements do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, number in Counter(name for name, _ in attrs).items() if number > 1]
        self.faults += [f"<{tag}> has {name} twice" for name in twice]
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            if tag not in _SVG_LEAVES:
                self.faults.append(f"<{tag}/> does not close itself")
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            where = self._open[-1].tag if self._open else "nothing"
            self.faults.append(f"</{tag}> closes {where}")
        if any(element.tag == tag for element in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements with a tag and these attributes; ``class_`` is one of its classes."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [e for e in self.elements if e.tag == tag and all(_has(e, n, v) for n, v in wanted.items())]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> with {attributes}"
        return found[0]

    def by_id(self, name: str) -> Element:
        found = [element for element in self.elements if element.attributes.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with id {name}"
        return found[0]

    def value(self, name: str) -> str:
        """Return what a text field or hidden field with this name holds."""
        found = next(e for e in self.elements if e.attributes.get("name") == name)
        # The first line end after <textarea> is not part of what it holds.
        return (
            "".join(found.texts).removeprefix("\n") if found.tag == "textarea" else found.attributes["value"]
        )

    @property
    def title(self) -> str:
        return self.one("title").text

    @property
    def text(self) -> str:
        return self.one("body").text

    def form_data(self, form: Element | None = None) -> list[tuple[str, str]]:
        """Return what a browser would send for the one form in the main part of the page, untouched."""
        forms = [form] if form else [e for e in self.all("form") if e.inside("main")]
        if len(forms) > 1:
            # The form of the page itself is sent to the page itself; small ones beside it go elsewhere.
            own = [e for e in forms if "action" not in e.attributes]
            forms = own or [e for e in forms if "data-keep" in e.attributes]
        assert len(forms) == 1
        sent: list[tuple[str, str]] = []
        for e in self.elements:
            name, kind = e.attributes.get("name"), e.attributes.get("type", "")
            if (
                not name
                or not _belongs(e, forms[0])
                or e.inside("template")
                or (kind in ("radio", "checkbox") and "checked" not in e.attributes)
            ):
                continue
            if e.tag in ("input", "textarea"):
                sent.append((name, self.value_of(e)))
            elif e.tag == "select":
                chosen = [o for o in self.elements if o.parent is e and "selected" in o.attributes]
                sent.append((name, chosen[0].attributes["value"] if chosen else ""))
        return sent

    @staticmethod
    def value_of(element: Element) -> str:
        if element.tag == "textarea":
            return "".join(element.texts).removeprefix("\n")
        return element.attributes.get("value", "")


def _belongs(element: Element, form: Element) -> bool:
    """Say whether a browser sends something with a form: by where it stands, or by what it says itself."""
    named = element.attributes.get("form")
    return named == form.attributes.get("id") if named else _within(element, form)


def _within(element: Element, above: Element) -> bool:
    place = element.parent
    while place is not None and place is not above:
        place = place.parent
    return place is above


def _has(element: Element, name: str, value: str) -> bool:
    held = element.attributes.get(name)
    return held is not None and (value in held.split() if name == "class" else held == value)


def page_faults(page: Page, language: str = "nl") -> list[str]:
    """Return what is wrong with a page, whatever it says: an empty list for a sound one."""
    faults = list(page.faults)
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    faults += [f"the id {name} is used {number} times" for name, number in ids.items() if number > 1]
    for e in page.elements:
        for name in _REFERENCES:
            missing = [target for target in e.attributes.get(name, "").split() if target not in ids]
            faults += [f"{name} of <{e.tag}> names {target}, which is nowhere" for target in missing]
        if (
            e.tag == "a"
            and e.attributes.get("href", "").startswith("#")
            and e.attributes["href"][1:] not in ids
        ):
            faults.append(f"a link leads to {e.attributes['href']}, which is nowhere")
        faults += [
            f"<{e.tag}> has {name}" for name in e.attributes if name.startswith("on") or name == "style"
        ]
        if (e.tag == "script" and "src" not in e.attributes) or e.tag == "style":
            faults.append(f"<{e.tag}> stands in the page itself")
    faults += _form_faults(page)
    if len(page.all("h1")) != 1:
        faults.append(f"{len(page.all('h1'))} h1")
    if not page.title or page.one("html").attributes.get("lang") != language:
        faults.append(f"no title, or not in {language}")
    return faults


def _form_faults(page: Page) -> list[str]:
    labelled = {e.attributes.get("for") for e in page.all("label") if e.text}
    for_staff = "staff" in page.one("body").attributes.get("class", "").split()
    faults = []
    for e in page.elements:
        asks = e.tag in ("textarea", "select") or (e.tag == "input" and e.attributes.get("type") != "hidden")
        if asks and e.attributes.get("id") not in labelled and not e.inside("label"):
            faults.append(f"nothing says what {e.attributes.get('name')} is")
        if e.tag == "fieldset" and not any(x.parent is e and x.text for x in page.all("legend")):
            faults.append("a fieldset without a legend")
        if e.tag == "button" and not e.text:
            faults.append("a button without words")
        if e.tag == "form" and e.attributes.get("method", "") == "post" and for_staff:
            tokens = [x for x in page.all("input", name="csrf_token") if _within(x, e)]
            if not tokens:
                faults.append("a form for staff without its token")
    return faults

// Enhancement only: what somebody outside types and did not send yet outlives a reload, and nothing else. It is in the
// browser's storage only while the page is out of sight; see decision 79. "Verlaat deze pagina" hides the page first.
"use strict";

for (const form of document.querySelectorAll("form[data-in-tab]")) {
  const NAME = "typed";
  const LASTS = 30 * 60_000;
  const controls = () => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit"].includes(one.type));
  const here = `${location.pathname}#${form.getAttribute("action") ?? ""}`;
  let typed = false;

  const wipe = () => { try { sessionStorage.removeItem(NAME); } catch { /* Then there is nothing. */ } };
  const hold = (onward) => {
    const left = document.documentElement.hidden;
    if (!typed || left) return;
    const names = new Set(controls().map((one) => one.name));
    const answers = [...new FormData(form)].filter(([name, value]) => names.has(name) && typeof value === "string");
    try {
      sessionStorage.setItem(NAME, JSON.stringify({ here, at: Date.now(), onward, answers }));
    } catch { /* A browser that keeps nothing for a tab forgets it, as it always did. */ }
  };
  const held = () => {
    try {
      const found = JSON.parse(sessionStorage.getItem(NAME));
      return found?.here === here && Date.now() - found.at < LASTS ? found : null;
    } catch { return null; }
  };
  const fillIn = (answers) => {
    for (const one of controls()) {
      const given = answers.filter(([name]) => name === one.name).map(([, value]) => value);
      if (["radio", "checkbox"].includes(one.type)) one.checked = given.includes(one.value);
      else if (one.type !== "select-multiple" && given.length) one.value = given[0];
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  // A tab that was closed and is opened again is no reload: whoever does that reads nothing.
  const [arrival] = performance.getEntriesByType("navigation");
  const found = held();
  if (found && (found.onward || document.wasDiscarded || arrival?.type === "reload")) {
    // What an answer shows is there only after that answer.
    fillIn(found.answers);
    fillIn(found.answers);
    typed = true;
    const told = Object.assign(document.createElement("p"), { className: "notice", textContent: form.dataset.stillThere });
    told.setAttribute("role", "status");
    form.prepend(told);
  }
  if (found) wipe();

  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; wipe(); });
  addEventListener("pagehide", () => hold(false));
  addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") hold(false); else wipe(); });

  // A link to another of our pages is no reload either: who follows it is told first. The same page in another language is.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const elsewhere = link && !link.matches("[data-leave], [target], [href^='#'], [href^='tel:'], [href^='mailto:']");
    if (!typed || !elsewhere || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const onward = link.pathname === location.pathname;
    if (onward) hold(true);
    else if (!confirm(form.dataset.inTab)) return event.preventDefault();
    typed = false;
  });
}

// Enhancement only: what is typed for a dossier is kept while one types, so that nothing is lost before it is saved.
"use strict";

const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const kept = form.querySelector("[data-kept]");
  const others = form.querySelector("[data-others]");
  let waiting = 0;
  let asked = 0;
  let pending = false;

  // Files are sent when the form is saved, not before.
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  const tell = (answer) => {
    kept.textContent = answer.kept;
    if (answer.needs) ask(answer.needs);
    if (!others) return;
    others.hidden = answer.others.length === 0;
    others.querySelector("ul").replaceChildren(
      ...answer.others.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
    );
  };

  const keep = async () => {
    const mine = ++asked;
    pending = false;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: typed(), redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      // An answer that was overtaken by a later one says nothing any more.
      if (mine === asked) tell(told);
      form.dispatchEvent(new CustomEvent("kept"));
    } catch {
      form.dispatchEvent(new CustomEvent("lost"));
      kept.textContent = kept.dataset.lost;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    pending = true;
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    pending = false;
  });
  // Who leaves sooner takes the last words along.
  const leave = () => {
    if (!pending) return;
    clearTimeout(waiting);
    pending = false;
    navigator.sendBeacon(form.dataset.keep, typed());
  };
  for (const event of ["beforeunload", "pagehide"]) addEventListener(event, leave);
}

// What a phase still needs, follows what is filled in: what has an answer is struck at once; what an answer asks besides,
// by the rules that were agreed, comes with what the server says of what was typed.
const holds = (input) =>
  !input.disabled && (["radio", "checkbox"].includes(input.type) ? input.checked : input.value.trim() !== "");
const answered = (field) =>
  [...field.querySelectorAll("input:not([type=hidden], [type=search], [name=wis]), select, textarea")].some(holds);
const asking = [...document.querySelectorAll("[data-needs]")];
const strike = () => {
  for (const box of asking) {
    for (const line of box.querySelectorAll("[data-need]")) {
      const field = document.getElementById(`${line.dataset.need}-veld`);
      const given = Boolean(field && !field.hidden && answered(field));
      if (given === line.classList.contains("is-given")) continue;
      line.classList.toggle("is-given", given);
      if (given) line.append(Object.assign(document.createElement("small"), { className: "given", textContent: box.dataset.given }));
      else line.querySelector(".given").remove();
    }
  }
};
const ask = (needs) => {
  for (const box of asking) {
    const { besides, no_more: noMore } = needs[box.dataset.needs] ?? { besides: [], no_more: [] };
    const list = box.querySelector("ul");
    for (const line of list.querySelectorAll("[data-need]")) {
      if (line.dataset.besides && !besides.some(([name]) => name === line.dataset.need) && !line.classList.contains("is-given")) line.remove();
      else if (!line.dataset.besides) line.hidden = noMore.includes(line.dataset.need) && !line.classList.contains("is-given");
    }
    for (const [name, label] of besides) {
      if (list.querySelector(`[data-need="${name}"]`)) continue;
      const line = document.createElement("li");
      const there = document.getElementById(name);
      Object.assign(line.dataset, { need: name, besides: "1" });
      line.append(there ? Object.assign(document.createElement("a"), { href: `#${name}`, textContent: label }) : label);
      list.append(line);
    }
    box.hidden = !box.querySelector("li:not([hidden]), p.quiet");
  }
  strike();
};
for (const event of ["input", "change"]) if (asking.length) addEventListener(event, strike);
strike();

// Which other dossiers tell nearly the same, is looked for where somebody works on the phase that asks it: it takes some
// work. It stands there before one comes to it, so that Tab does not pass by what it brings.
for (const place of document.querySelectorAll("[data-alike]")) {
  const phase = place.closest("details");
  let asked = false;
  const look = async () => {
    if (asked || (phase && !phase.open)) return;
    asked = true;
    const answer = await fetch(place.dataset.alike, { redirect: "error" }).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  };
  phase?.addEventListener("toggle", look);
  look();
}

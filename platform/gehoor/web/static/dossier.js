// Enhancement only: what is typed in a dossier or a letter is kept while one types, so that nothing is lost before it is saved.
"use strict";

const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-keep]")) {
  const kept = form.querySelector("[data-kept]");
  const others = form.querySelector("[data-others]");
  let waiting = 0;
  let asked = 0;

  // Files are sent when the form is saved, not before.
  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  const tell = (answer) => {
    kept.textContent = answer.kept;
    if (!others) return;
    others.hidden = answer.others.length === 0;
    others.querySelector("ul").replaceChildren(
      ...answer.others.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
    );
  };

  const keep = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.dataset.keep, { method: "POST", body: typed(), redirect: "error" });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      // An answer that was overtaken by a later one says nothing any more.
      if (mine === asked) tell(told);
    } catch {
      kept.textContent = kept.dataset.lost;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}

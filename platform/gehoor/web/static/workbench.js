// The faces of what was agreed, while somebody changes them. The text face: line numbers that follow, and what is to be said while one types. Without this script, "Nakijken" says it.
"use strict";

{
  const face = document.querySelector(".text-face");
  if (face) {
    const text = face.querySelector("textarea");
    const numbers = face.querySelector(".numbers");
    const list = face.querySelector(".told-lines");
    const fine = face.querySelector("[data-fine]");
    const verdict = document.getElementById("oordeel");
    const WAIT = 180;
    const AGAIN = 2000;
    let marks = new Map();
    let timer = 0;
    let asked = 0;

    const number = () => {
      const lines = text.value.split("\n").length;
      while (numbers.children.length > lines) numbers.lastElementChild.remove();
      while (numbers.children.length < lines) {
        const line = document.createElement("li");
        line.id = `regel-${numbers.children.length + 1}`;
        line.textContent = numbers.children.length + 1;
        numbers.append(line);
      }
      for (const [at, line] of [...numbers.children].entries()) line.className = marks.get(at + 1) ?? "";
      text.rows = lines + 1;
    };

    const go = (line) => {
      const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      text.focus();
      text.setSelectionRange(before, before + (text.value.split("\n")[line - 1] ?? "").length);
      numbers.children[line - 1]?.scrollIntoView({ block: "center" });
    };

    const show = (answer, file) => {
      marks = new Map();
      list.replaceChildren(...answer.told.map((one) => {
        const item = document.createElement("li");
        item.className = one.serious ? "serious" : "other";
        const badge = document.createElement("span");
        badge.className = one.serious ? "badge badge-late" : "badge";
        badge.textContent = one.serious ? list.dataset.serious : list.dataset.other;
        const place = document.createElement("a");
        place.className = "source";
        const own = one.file === file;
        place.textContent = own ? `${one.line}` : `${one.file}:${one.line}`;
        place.href = own ? `#regel-${one.line}` : `${face.dataset.files}${one.file}#regel-${one.line}`;
        if (own && one.line) {
          if (marks.get(one.line) !== "serious") marks.set(one.line, item.className);
          place.addEventListener("click", (event) => { event.preventDefault(); go(one.line); });
        }
        const sentence = document.createElement("p");
        sentence.textContent = one.sentence;
        item.append(badge, " ", place, sentence);
        return item;
      }));
      fine.hidden = answer.told.length > 0 || !answer.counts.known;
      if (verdict) {
        const badge = document.createElement("span");
        badge.className = !answer.counts.known ? "badge" : answer.counts.serious ? "badge badge-late" : "badge badge-on-time";
        badge.textContent = !answer.counts.known ? list.dataset.unknown
          : answer.counts.serious ? `${answer.counts.serious} ${list.dataset.serious}` : list.dataset.sound;
        verdict.replaceChildren(badge, ` ${answer.why}`);
      }
      number();
    };

    const check = async () => {
      const mine = ++asked;
      const body = new FormData();
      body.set("tekst", text.value);
      const answer = await fetch(face.dataset.check, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": face.querySelector("[name=csrf_token]").value },
        redirect: "manual",
      }).catch(() => null);
      // What was typed since has its own answer coming.
      if (mine !== asked) return;
      const said = answer?.ok ? await answer.json() : { told: [], why: "", again: false, counts: { known: 0 } };
      show(said, face.dataset.file);
      if (said.again) timer = setTimeout(check, AGAIN);
    };

    text.addEventListener("input", () => {
      number();
      fine.hidden = true;
      if (verdict) verdict.textContent = list.dataset.busy;
      clearTimeout(timer);
      timer = setTimeout(check, WAIT);
    });
    number();
    const wanted = /^#regel-(\d+)$/.exec(location.hash);
    if (wanted) go(Number(wanted[1]));
  }
}

// The form face: what is to be said at each control, the sentences and the text, as they would be. Without this script,
// keeping says it.
{
  const face = document.querySelector("form.sheet[data-check]");
  if (face) {
    const verdict = document.getElementById("oordeel");
    const plain = document.querySelector("[data-plain]");
    const typed = document.querySelector("[data-typed]");
    const WAIT = 350;
    let timer = 0;
    let asked = 0;

    const line = (text, serious) => {
      const item = document.createElement("li");
      if (serious !== undefined) item.className = serious ? "serious" : "other";
      item.textContent = text;
      return item;
    };

    const show = (answer) => {
      for (const list of face.querySelectorAll("[data-told]")) {
        const told = answer.told[list.dataset.told] ?? [];
        list.replaceChildren(...told.map((one) => line(one.sentence, one.serious)));
        list.hidden = told.length === 0;
      }
      if (!answer.known) return;
      if (verdict) {
        const badge = document.createElement("span");
        badge.className = answer.counts.serious ? "badge badge-late" : "badge badge-on-time";
        badge.textContent = answer.counts.serious ? `${answer.counts.serious} ${face.dataset.serious}` : face.dataset.sound;
        verdict.replaceChildren(badge);
      }
      // With a mistake nothing can be said in sentences: what was said last stays.
      if (plain && answer.sentences.length) plain.replaceChildren(...answer.sentences.map((one) => line(one)));
      if (typed) typed.textContent = answer.text;
    };

    const check = async () => {
      const mine = ++asked;
      const answer = await fetch(face.dataset.check, {
        method: "POST",
        body: new FormData(face),
        headers: { "X-CSRFToken": face.querySelector("[name=csrf_token]").value },
        redirect: "manual",
      }).catch(() => null);
      // What was filled in since has its own answer coming.
      if (answer?.ok && mine === asked) show(await answer.json());
    };

    face.addEventListener("input", () => {
      if (verdict) verdict.textContent = face.dataset.busy;
      clearTimeout(timer);
      timer = setTimeout(check, WAIT);
    });
  }
}

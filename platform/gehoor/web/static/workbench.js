// The faces of what was agreed, while somebody changes them: what is to be said of it while they do.
"use strict";

// What both faces do: asking, and saying how it stands. What nobody looked at is never called fine.
const looking = {
  AGAIN: 2000,

  ask: async (form, body) => {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": form.querySelector("[name=csrf_token]").value },
      redirect: "manual",
    }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  },

  // One at a time: what is typed while an answer is coming, is asked once that is there. Only the last is shown.
  alone: (ask, show) => {
    let busy = false;
    let more = false;
    return async function again() {
      more = busy;
      if (busy) return;
      busy = true;
      const answer = await ask();
      busy = false;
      if (more) again();
      else show(answer);
    };
  },

  say: (words, counts, why) => {
    const verdict = document.getElementById("oordeel");
    if (!verdict) return;
    const badge = document.createElement("span");
    badge.className = !counts.known ? "badge" : counts.serious ? "badge badge-late" : "badge badge-on-time";
    badge.textContent = !counts.known ? words.unknown : counts.serious ? `${counts.serious} ${counts.serious === 1 ? words.serious : words.seriousMany}` : words.sound;
    verdict.replaceChildren(badge, why ? ` ${why}` : "");
  },

  wait: (words) => {
    const verdict = document.getElementById("oordeel");
    if (verdict) verdict.textContent = words.busy;
  },
};

// The text face: with line numbers that follow. Without this script, "Nakijken" says it.

{
  const face = document.querySelector(".text-face");
  if (face) {
    const text = face.querySelector("textarea");
    const numbers = face.querySelector(".numbers");
    const list = face.querySelector(".told-lines");
    const fine = face.querySelector("[data-fine]");
    const WAIT = 180;
    let marks = new Map();
    let timer = 0;

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
      looking.say(list.dataset, answer.counts, answer.why);
      number();
    };

    const check = looking.alone(
      () => {
        const body = new FormData();
        body.set("tekst", text.value);
        return looking.ask(face, body);
      },
      (answer) => {
        const said = answer ?? { told: [], why: "", again: false, counts: { known: 0 } };
        show(said, face.dataset.file);
        if (said.again) timer = setTimeout(check, looking.AGAIN);
      },
    );

    text.addEventListener("input", () => {
      number();
      fine.hidden = true;
      looking.wait(list.dataset);
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
    const plain = document.querySelector("[data-plain]");
    const typed = document.querySelector("[data-typed]");
    const WAIT = 350;
    let timer = 0;

    const line = (text, serious) => {
      const item = document.createElement("li");
      if (serious !== undefined) item.className = serious ? "serious" : "other";
      item.textContent = text;
      return item;
    };

    const show = (answer) => {
      looking.say(face.dataset, answer.counts, answer.why);
      // Of what nobody looked at, what was said last stays.
      if (!answer.looked) return;
      for (const list of face.querySelectorAll("[data-told]")) {
        const told = answer.told[list.dataset.told] ?? [];
        list.replaceChildren(...told.map((one) => line(one.sentence, one.serious)));
        list.hidden = told.length === 0;
        for (let fold = told.length ? list.closest("details") : null; fold; fold = fold.parentElement.closest("details")) fold.open = true;
      }
      // With a mistake nothing can be said in sentences, and what cannot be written has no text.
      if (plain && answer.sentences.length) plain.replaceChildren(...answer.sentences.map((one) => line(one)));
      if (typed && answer.text) typed.textContent = answer.text;
    };

    const check = looking.alone(
      () => looking.ask(face, new FormData(face)),
      (answer) => {
        const said = answer ?? { looked: false, why: "", again: false, counts: { known: 0 } };
        show(said);
        if (said.again) timer = setTimeout(check, looking.AGAIN);
      },
    );

    face.addEventListener("input", () => {
      looking.wait(face.dataset);
      clearTimeout(timer);
      timer = setTimeout(check, WAIT);
    });
  }
}

// What somebody tries is made first: that is said at once, as it opens elsewhere.
{
  const making = document.querySelector("[data-making]");
  for (const door of making ? document.querySelectorAll('.doors a[target="_blank"]') : []) {
    door.addEventListener("click", () => { making.hidden = false; });
  }
}

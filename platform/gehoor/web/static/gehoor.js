// Enhancement only: without this script every page works, with more fields shown.
"use strict";

// A field that belongs to some answers is shown only with them. What cannot be judged here (an answer on another page)
// is null, and shows it.
const answersTo = (name) => {
  const inputs = [...document.getElementsByName(`v_${name}`)];
  // Which files there are already, no input tells.
  if (!inputs.length || inputs.some((input) => input.type === "file")) return null;
  const given = inputs.filter(
    (input) => !input.disabled && !input.closest(".field[hidden]") && (!["radio", "checkbox"].includes(input.type) || input.checked),
  );
  const picked = inputs.some((input) => ["radio", "checkbox"].includes(input.type) || input.matches("select"));
  return Object.assign(given.map((input) => input.value.trim()).filter(Boolean), { picked });
};
const numberIn = (text) => {
  const plain = text.replace("\u2212", "-").replace(/[\s\u20ac'\u2019]/g, "");
  if (/^-?[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/.test(plain)) return Number(plain.replace(/[.,]/g, ""));
  return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(",", ".")) : NaN;
};
const counted = (day, { days = 0, months = 0 }) => {
  const found = new Date(`${day}T00:00Z`);
  const dayOfMonth = found.getUTCDate();
  found.setUTCMonth(found.getUTCMonth() + months);
  if (found.getUTCDate() !== dayOfMonth) found.setUTCDate(0);
  found.setUTCDate(found.getUTCDate() + days);
  return found.getTime();
};
const compared = (one, sign, other) => {
  if (Number.isNaN(one) || Number.isNaN(other)) return null;
  return { "<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other, "=": one === other }[sign];
};
const several = (parts, decisive) => {
  const found = parts.map(judged);
  if (found.includes(decisive)) return decisive;
  return found.includes(null) ? null : !decisive;
};
const judged = (when) => {
  if (!when) return null;
  if (when.all) return several(when.all, false);
  if (when.any) return several(when.any, true);
  if (when.not) return { true: false, false: true }[judged(when.not)] ?? null;
  const given = answersTo(when.field);
  if (!given?.length) return given && false;
  if (when.filled) return true;
  if (when.in) return given.some((value) => when.in.includes(value));
  if (when.exactly) return given.length === when.exactly.length && given.every((value) => when.exactly.includes(value));
  if (when.within) {
    const within = when.within.toLowerCase();
    return given.some((value) => (given.picked ? value === when.within : value.toLowerCase().includes(within)));
  }
  if (when.number) return compared(numberIn(given[0]), when.number[0], when.number[1]);
  const [sign, day] = when.day;
  const from = day.field ? answersTo(day.field) : [day];
  return from?.length ? compared(counted(given[0], {}), sign, counted(from[0], day)) : from && false;
};
const conditionOf = (field) => {
  return { field, when: JSON.parse(field.dataset.showWhen), must: [...field.querySelectorAll(":required")] };
};
const conditional = [...document.querySelectorAll("[data-show-when]")].map(conditionOf);
// A field that waits for an answer is no part of the form yet: it comes with that answer.
let appearing = [...document.querySelectorAll("template[data-appears]")];
const letAppear = () => {
  const waited = appearing.length;
  appearing = appearing.filter((place) => {
    const field = place.content.querySelector("[data-show-when]");
    if (judged(JSON.parse(field.dataset.showWhen)) !== true) return true;
    const inside = [...place.content.querySelectorAll("[data-show-when]")];
    place.replaceWith(place.content);
    conditional.push(...inside.map(conditionOf));
    return false;
  });
  return appearing.length < waited;
};
// A choice that goes with some answers is offered with them only. One that was made and is not offered any more is not
// sent; that is told, and it is made again as soon as it can be.
const offers = [...document.querySelectorAll("[data-offer-when]")].map((place) => {
  const [field, input] = [place.closest("[data-gone]"), place.querySelector("input") ?? place];
  return { place, field, input, list: place.closest("select"), when: JSON.parse(place.dataset.offerWhen), gone: false };
});
const offering = [...new Set(offers.map(({ field }) => field))].map((field) => {
  const note = Object.assign(document.createElement("p"), { className: "help" });
  note.setAttribute("role", "status");
  (field.querySelector("fieldset") ?? field).append(note);
  const inputs = [...field.querySelectorAll("option:not([value='']), .options input:not([type=search])")];
  return { field, note, inputs, its: offers.filter((one) => one.field === field) };
});
const isLost = ({ gone, list, input, waits }) => gone && (list ? waits && !list.value : input.checked);
const offerWhat = () => {
  let changed = false;
  for (const one of offers) {
    const gone = judged(one.when) === false;
    if (gone === one.gone) continue;
    changed = true;
    one.gone = one.input.disabled = gone;
    one.place.classList.toggle("gone", gone);
    if (!one.list) continue;
    one.place.hidden = gone;
    if (gone && one.place.selected) {
      one.waits = true;
      one.list.value = "";
    } else if (!gone && one.waits) {
      one.waits = false;
      if (!one.list.value) one.list.value = one.place.value;
    }
  }
  return changed;
};
const tellOffers = () => {
  for (const { field, note, inputs, its } of offering) {
    const lost = its.filter(isLost).map(({ place }) => field.dataset.gone.replace("{}", place.dataset.choice));
    const none = inputs.every((input) => input.disabled) ? [field.dataset.none] : [];
    const told = [...lost, ...none].join(" ");
    if (note.textContent !== told) note.textContent = told;
    note.hidden = !told;
    if (lost.length) for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
};
const showWhat = () => {
  // What is hidden has no answer, and that can hide another: at most as often as there are fields and choices.
  const most = conditional.length + appearing.length + offers.length;
  for (let turn = 0, changed = true; changed && turn < most; turn += 1) {
    const appeared = letAppear();
    changed = offerWhat() || appeared;
    for (const { field, when, must } of conditional) {
      // What was refused is never taken away from who has to mend it.
      const hidden = judged(when) === false && !field.classList.contains("wrong");
      changed ||= hidden !== field.hidden;
      field.hidden = hidden;
      for (const input of must) input.required = !hidden;
    }
  }
  tellOffers();
};
if (conditional.length || appearing.length || offers.length) {
  for (const event of ["input", "change"]) addEventListener(event, showWhat);
  showWhat();
}

// A choice that was made by mistake is taken back: a browser lets nobody choose nothing again.
const offerTakingBack = () => {
  for (const button of document.querySelectorAll("[data-take-back]")) {
    const hidden = !button.parentElement.querySelector("input:checked");
    if (button.hidden !== hidden) button.hidden = hidden;
  }
};
addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-take-back]");
  const chosen = button?.parentElement.querySelector("input:checked");
  if (!chosen) return;
  chosen.checked = false;
  chosen.focus();
  chosen.dispatchEvent(new Event("input", { bubbles: true }));
});
for (const event of ["input", "change"]) addEventListener(event, offerTakingBack);
offerTakingBack();

// After a refusal, start at the summary; a link in it leads to the field itself.
document.querySelector("[data-focus]")?.focus();
addEventListener("click", (event) => {
  const link = event.target.closest?.(".summary a, .needs a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const input = target.matches("fieldset") ? target.querySelector("input") ?? target : target;
  input.focus({ preventScroll: true });
  (target.closest(".field") ?? target).scrollIntoView({ block: "center" });
});

// What the address points at is unfolded; in a row that was asked for, typing can start.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  const folded = [];
  for (let fold = target.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) folded.push(fold);
  for (const fold of folded) fold.open = true;
  if (!(target instanceof HTMLDetailsElement)) {
    if (folded.length) target.scrollIntoView({ block: "center" });
    return;
  }
  if (target.matches(".row")) target.querySelector("input, select, textarea")?.focus();
};
addEventListener("hashchange", unfold);
unfold();

// The slash goes to the search box, unless someone is typing or switched it off.
const searchBox = document.querySelector("[data-slash]");
addEventListener("keydown", (event) => {
  if (event.key !== "/" || !searchBox || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  searchBox.focus();
  searchBox.select();
});

// In a list: one box that chooses all the others, and how many are chosen.
for (const all of document.querySelectorAll("[data-choose-all]")) {
  const boxes = [...all.form.querySelectorAll("input[name=dossier]")];
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
  });
}

// A long list of choices gets a box to search in it. What is chosen stays in sight, and the box itself is not sent.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
for (const list of document.querySelectorAll("div[data-many]")) {
  const options = [...list.children].map((option) => [option, plain(option.textContent), option.querySelector("input")]);
  list.prepend(...options.filter(([, , input]) => input.checked).map(([option]) => option));
  const box = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
  const told = Object.assign(document.createElement("p"), { className: "sr", role: "status" });
  box.placeholder = list.dataset.many;
  box.setAttribute("aria-label", list.dataset.many);
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(box.value).split(/\s+/);
    for (const [option, text, input] of options) {
      option.hidden = !input.checked && !words.every((word) => text.includes(word));
    }
    told.textContent = `${options.filter(([option]) => !option.hidden).length} / ${options.length}`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(box, told);
}

// A long list that drops down gets one too. What does not fit is taken out: no browser hides every option.
for (const part of document.querySelectorAll("[data-looks-up]")) part.remove();
for (const list of document.querySelectorAll("select[data-many]")) {
  const whole = [...list.children];
  const inside = new Map(whole.map((part) => [part, part.matches("optgroup") ? [...part.children] : []]));
  const box = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off", className: "look-in-list" });
  const told = Object.assign(document.createElement("p"), { className: "sr", role: "status" });
  box.placeholder = list.dataset.many;
  box.setAttribute("aria-label", `${list.dataset.many}: ${list.labels[0]?.textContent ?? ""}`);
  box.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(box.value).split(/\s+/);
    const fits = (option) => option.selected || !option.value || words.every((word) => plain(option.textContent).includes(word));
    const chosen = list.value;
    let found = 0;
    const left = whole.filter((part) => {
      if (!part.matches("optgroup")) return fits(part);
      const options = inside.get(part).filter(fits);
      part.replaceChildren(...options);
      found += options.length;
      return options.length;
    });
    list.replaceChildren(...left);
    list.value = chosen;
    told.textContent = `${found + left.filter((part) => part.matches("option") && part.value).length}`;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(box, told);
}

// Sending twice by a double click is harmless, but looks odd.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent && event.timeStamp - Number(form.dataset.sent) < 3000) event.preventDefault();
    form.dataset.sent = event.timeStamp;
  });
}

// Printing takes a script: without one, the menu of the browser does it.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

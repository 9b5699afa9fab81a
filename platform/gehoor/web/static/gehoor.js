// Enhancement only: without this script every page works, with more fields shown.
"use strict";

// A field that belongs to one answer is shown only with that answer.
for (const field of document.querySelectorAll("[data-show-when]")) {
  const when = JSON.parse(field.dataset.showWhen);
  const inputs = document.getElementsByName(`v_${when.field}`);
  if (!inputs.length) continue;
  const must = [...field.querySelectorAll(":required")];
  const chosen = (input) => ["radio", "checkbox"].includes(input.type) || input.matches("select");
  const meets = (input) => {
    const given = input.value.trim();
    if (!when.within || chosen(input)) return when.values.includes(given);
    return when.values.some((value) => given.toLowerCase().includes(value.toLowerCase()));
  };
  const update = () => {
    const given = [...inputs].filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked);
    // A field with something in it is never taken away from its writer.
    field.hidden = !given.some(meets) && !field.classList.contains("wrong");
    for (const input of must) input.required = !field.hidden;
  };
  for (const input of inputs) input.addEventListener("change", update);
  update();
}

// After a refusal, start at the summary; a link in it leads to the field itself.
document.querySelector("[data-focus]")?.focus();
for (const link of document.querySelectorAll(".summary a, .needs a")) {
  link.addEventListener("click", (event) => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const input = target.matches("fieldset") ? target.querySelector("input") ?? target : target;
    input.focus({ preventScroll: true });
    (target.closest(".field") ?? target).scrollIntoView({ block: "center" });
  });
}

// What the address points at is unfolded; in a row that was asked for, typing can start.
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!(target instanceof HTMLDetailsElement)) return;
  target.open = true;
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
for (const list of document.querySelectorAll("[data-many]")) {
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

// One question of a call: type at once, and go on with Ctrl + Enter. Without this script the buttons do it.
"use strict";

{
  const form = document.getElementById("stap");
  if (!document.querySelector("[data-focus]")) {
    const field = form.querySelector("input:checked") ?? form.querySelector("textarea, input:not([type=hidden]), select");
    field?.focus();
  }

  // What is typed is kept after a pause, so that a computer that fails loses a sentence at most.
  let waiting = 0;
  const keep = () => {
    const typed = new FormData(form);
    typed.set("verder", "bewaren");
    fetch(location.href, { method: "POST", body: typed, redirect: "manual" }).catch(() => null);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-on]"));
    }
  });
}

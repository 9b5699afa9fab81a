// One question of a call: type at once, and go on with Ctrl + Enter. Without this script the buttons do it.
"use strict";

{
  const form = document.getElementById("stap");
  if (!document.querySelector("[data-focus]")) {
    const field = form.querySelector("input:checked") ?? form.querySelector("textarea, input:not([type=hidden]), select");
    field?.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-on]"));
    }
  });
}

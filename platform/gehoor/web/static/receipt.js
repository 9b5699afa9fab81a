// Enhancement only: the code can be copied. It goes nowhere but to the clipboard of who asks it.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const told = button.parentElement.querySelector("[data-copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    const copied = await navigator.clipboard.writeText(text).then(() => true, () => false);
    told.textContent = copied ? told.dataset.copied : told.dataset.notCopied;
  });
}

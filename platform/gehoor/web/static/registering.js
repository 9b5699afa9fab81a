// Registering with fewer key presses. Without this script the page asks and answers the same by its buttons.
"use strict";

{
  const form = document.getElementById("registreren");
  const send = form.querySelector(".finish button");
  const sent = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  const ask = async (address) => {
    const answer = await fetch(address, { method: "POST", body: sent(), redirect: "manual" }).catch(() => null);
    return answer?.ok ? answer.json() : null;
  };

  document.querySelector("[data-keys]")?.removeAttribute("hidden");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
      event.preventDefault();
      form.requestSubmit(send);
    }
  });
  if (!document.querySelector("[data-focus]") && !location.hash) document.getElementById(form.dataset.story)?.focus();

  // An e-mail that is dropped or chosen is taken over at once. Dropped beside it, it would take the place of the page.
  const drop = form.querySelector("[data-mail-drop]");
  if (drop) {
    const chosen = drop.querySelector("input[type=file]");
    const take = drop.querySelector("[data-take-mail]");
    const mail = (files) => [...files].find((file) => /\.(eml|msg)$/i.test(file.name));
    const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files") && event.target.type !== "file";
    take.hidden = true;
    // What is too large to be sent would take the page along.
    const send = () => {
      const fits = !chosen.files[0] || chosen.files[0].size <= Number(drop.dataset.most);
      drop.querySelector("[data-too-large]").hidden = fits;
      if (!fits) { drop.open = true; chosen.value = ""; chosen.focus(); } else if (chosen.files.length) form.requestSubmit(take);
    };
    chosen.addEventListener("change", send);
    document.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.add("over");
    });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      drop.classList.remove("over");
      const found = mail(event.dataTransfer.files);
      drop.open = true;
      if (!found) return chosen.focus();
      const one = new DataTransfer();
      one.items.add(found);
      chosen.files = one.files;
      send();
    });
  }

  // The questions, one after the other; what they propose is filled in once, and stays open to change.
  const questions = form.querySelector("[data-questions]");
  if (questions) {
    const fields = [...questions.querySelectorAll("[data-question]")];
    const shown = questions.querySelector("[data-proposal]");
    const seen = form.elements.voorgesteld;
    questions.querySelector("[data-without-script]").hidden = true;
    const further = questions.querySelector("[data-more-questions]");
    if (further) {
      further.open = true;
      further.firstElementChild.hidden = true;
    }
    // What comes next stands there at once, where Tab leads: only what it all comes to is asked of the server.
    const show = () => {
      let asked = true;
      for (const field of fields) {
        field.hidden = !asked;
        const given = field.querySelector(":checked")?.value;
        asked &&= Boolean(given) && !field.dataset.decides.split(" ").includes(given);
      }
    };
    const choose = (name, value) => {
      const inputs = [...document.getElementsByName(name)];
      for (const input of inputs) {
        if (["radio", "checkbox"].includes(input.type)) input.checked = input.value === value;
        else input.value = value;
      }
      inputs[0]?.dispatchEvent(new Event("change", { bubbles: true }));
    };
    let last = 0;
    const update = async (first) => {
      const mine = ++last;
      const told = await ask(form.dataset.propose);
      if (!told || mine !== last) return;
      if (first) return;
      shown.innerHTML = told.html;
      if (told.kind && told.kind !== seen.value) choose(form.dataset.kind, told.kind);
      if (told.danger) choose(form.dataset.danger, "ja");
      if (told.kind) seen.value = told.kind;
    };
    questions.addEventListener("change", () => { show(); update(false); });
    show();
    if (fields.some((field) => field.querySelector(":checked"))) update(true);
  }

  // Whether this person told something before, once there is a pause in the typing.
  const hint = form.querySelector("[data-hint]");
  let waiting = 0;
  let known = "";
  const look = async () => {
    const told = await ask(form.dataset.earlier);
    if (told && told.html.trim() !== known) hint.innerHTML = known = told.html.trim();
  };
  for (const id of form.dataset.who.split(" ").filter(Boolean)) {
    document.getElementById(id)?.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 500);
    });
  }

  // Who leaves with something that would not be there again is asked first: files, and what could not be kept. What is
  // sent is on its way.
  if ("warn" in form.dataset) {
    let lost = false;
    let onItsWay = false;
    const files = () => [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    form.addEventListener("kept", () => { lost = false; });
    form.addEventListener("lost", () => { lost = true; });
    form.addEventListener("submit", () => { onItsWay = true; });
    form.addEventListener("input", () => { onItsWay = false; });
    addEventListener("beforeunload", (event) => { if (!onItsWay && (lost || files())) event.preventDefault(); });
  }

  // On a phone what a complaint is stands folded.
  if (matchMedia("(max-width: 60rem)").matches) document.querySelector("[data-fold-narrow]")?.removeAttribute("open");
}

// A page on which somebody types, and that keeps it only when they save.
"use strict";

// What was typed and not saved: whoever leaves is asked first, by whatever way. Without this script the ways out stand apart.
{
  const forms = [...document.querySelectorAll('form[method="post"]')];
  const isChosen = (list) => [...list.options].some((one) => one.defaultSelected);
  const isTyped = (input) => {
    if (!input.name || input.disabled || ["hidden", "search", "submit", "button"].includes(input.type)) return false;
    if (["radio", "checkbox"].includes(input.type)) return input.checked !== input.defaultChecked;
    if (!(input instanceof HTMLSelectElement)) return input.value !== input.defaultValue;
    return isChosen(input) ? [...input.options].some((one) => one.selected !== one.defaultSelected) : !input.multiple && input.selectedIndex > 0;
  };
  // What was refused stands there again, and is kept nowhere. Where the form is sent to more than one place, it is named.
  const refused = document.querySelector("[data-refused]");
  const address = refused && !refused.dataset.refused ? location.href.split("#")[0] : null;
  const holds = (form) => form.action.split("#")[0] === address || (refused && form.id && form.id === refused.dataset.refused) || [...form.elements].some(isTyped);
  let sent = null;
  addEventListener("submit", (event) => { if (!event.defaultPrevented) sent = event.target; });
  addEventListener("beforeunload", (event) => {
    if (forms.some((form) => form !== sent && holds(form))) event.preventDefault();
    sent = null;
  });
}

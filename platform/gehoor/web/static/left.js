// Who left by "Verlaat deze pagina" and is led back by the button of the browser, sees nothing of these pages: each of
// them leads on again. Not deferred, so that nothing shows before it. Who comes back by an address or a link, reads on.
"use strict";

try {
  const exit = () => sessionStorage.getItem("exit");
  const onward = () => {
    document.documentElement.hidden = true;
    location.replace(exit());
  };
  const [arrival] = performance.getEntriesByType("navigation");
  if (exit() && arrival && arrival.type === "back_forward") onward();
  else sessionStorage.removeItem("exit");
  // What was typed on another page and not sent (telling.js) stays no longer than that page.
  const typed = JSON.parse(sessionStorage.getItem("typed"));
  if (typed && !typed.here.startsWith(`${location.pathname}#`)) sessionStorage.removeItem("typed");
  // A page that the browser kept as it was, runs nothing when it is shown again: it is kept empty.
  addEventListener("pagehide", (event) => {
    if (event.persisted) document.documentElement.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (exit()) onward();
    else document.documentElement.hidden = false;
  });
} catch {
  // A browser that keeps nothing for a tab leads back as it always did.
}

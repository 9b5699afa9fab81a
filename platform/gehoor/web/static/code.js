// Enhancement only: a code that came along after # in the address is filled in. It was never sent to a server.
"use strict";

const code = document.querySelector("[data-from-address]");
if (code && !code.value && /^#[A-Za-z0-9-]{10,60}$/.test(location.hash)) {
  code.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

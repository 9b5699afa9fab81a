// A quiet notice before the session ends, with a button to stay. Without this script what was typed is kept too.
"use strict";

{
  const notice = document.getElementById("sessie");
  const BEFORE = 5 * 60_000;
  const SHARED = "gehoor-session-ends";
  const [soon, over] = [notice.querySelector("[data-soon]"), notice.querySelector("[data-over]")];
  const button = notice.querySelector("button");

  // What happens in one tab counts for all: they share the session.
  const shared = () => Number(localStorage.getItem(SHARED)) || 0;
  let ends = 0;
  const used = (seconds) => {
    ends = Date.now() + seconds * 1000;
    try { localStorage.setItem(SHARED, ends); } catch { /* Without storage each tab is on its own. */ }
  };
  const update = () => {
    try { ends = Math.max(ends, shared()); } catch { /* As above. */ }
    const left = ends - Date.now();
    soon.hidden = left > BEFORE || left <= 0;
    over.hidden = left > 0;
    button.hidden = left <= 0;
    notice.hidden = soon.hidden && over.hidden;
  };

  button.addEventListener("click", async () => {
    const answer = await fetch(notice.dataset.stay, {
      method: "POST",
      headers: { "X-CSRFToken": notice.dataset.token },
      redirect: "manual",
    }).catch(() => null);
    if (answer?.ok) used((await answer.json()).left);
    else if (answer) ends = 0;
    update();
  });

  try { localStorage.removeItem(SHARED); } catch { /* As above. */ }
  used(Number(notice.dataset.left));
  setInterval(update, 15_000);
  addEventListener("visibilitychange", update);
}

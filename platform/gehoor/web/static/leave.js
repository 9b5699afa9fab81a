// Enhancement only: without this script "Verlaat deze pagina" is a link, by way of our server.
// With it the page is gone at once, the way back does not lead here, and Esc or Shift three times does the same.
"use strict";

const link = document.querySelector("[data-leave]");
if (link) {
  const leave = () => {
    document.documentElement.hidden = true;
    document.title = "\u2026";
    // What is open here is closed on the way out.
    navigator.sendBeacon(link.dataset.leave);
    try {
      sessionStorage.clear();
      sessionStorage.setItem("exit", link.dataset.exit);
    } catch {
      // Then only this page is out of the way back.
    }
    location.replace(link.dataset.exit);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let times = [];
  addEventListener("keyup", (event) => {
    if (event.key !== "Escape" && event.key !== "Shift") {
      times = [];
      return;
    }
    times = [...times.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (times.length >= 3) leave();
  });
}

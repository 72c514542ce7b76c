// Looks now and then whether the page can be opened, and opens it then. Without this script the page loads itself anew.
"use strict";

(() => {
  const seconds = Number(document.getElementById("waiting").dataset.seconds);

  async function look() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store", redirect: "manual" });
      if (![502, 503, 504].includes(answer.status)) {
        location.reload();
        return;
      }
    } catch {
      // Nobody answers just now: the server is being started again.
    }
    wait();
  }

  function wait() {
    setTimeout(look, seconds * (0.75 + Math.random() / 2) * 1000);
  }

  wait();
})();

// Keeps a part of the page as the server has it now: a projector follows the session without a hand on it.
// <div id="seance" data-follow="SECONDS">: the page is asked for again, and the part replaced when it says something else.
// Without a script, the page of the projector is asked for again as a whole.

for (const part of document.querySelectorAll("[data-follow][id]")) follow(part);

function follow(part) {
  const pause = Math.max(Number(part.dataset.follow) || 10, 2) * 1000;
  let timer = 0, isHeld = false;
  const again = (delay) => { clearTimeout(timer); timer = setTimeout(read, delay); };

  // What changes by itself can be held by whoever reads it (RGAA 13.1, WCAG 2.2.2).
  const hold = Object.assign(document.createElement("button"), { type: "button", className: "button button-small no-print" });
  const say = () => { hold.textContent = isHeld ? "Reprendre le suivi automatique" : "Arrêter le suivi automatique"; };
  hold.addEventListener("click", () => { isHeld = !isHeld; say(); if (!isHeld) read(); });
  say();
  part.before(hold);

  async function read() {
    // A page that is not looked at asks for nothing.
    if (document.hidden || isHeld) return;
    try {
      const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
      if (answer.redirected || !answer.ok) return again(pause * 6);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(part.id);
      if (!fresh) return again(pause * 6);
      if (!isHeld && fresh.innerHTML !== part.innerHTML && !part.contains(document.activeElement)) {
        part.replaceChildren(...fresh.childNodes);
      }
      again(pause);
    } catch {
      again(pause * 3);
    }
  }

  document.addEventListener("visibilitychange", () => { if (!document.hidden) read(); });
  again(pause);
}

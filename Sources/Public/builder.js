// Comforts of the form builder; everything works without them. Alt and an arrow move a question, the focus follows what was
// moved, and the sentence of a condition follows what is chosen: [data-question-key], form[data-phrase="ID"].

for (const line of document.querySelectorAll("[data-question-key]")) {
  line.addEventListener("keydown", (event) => {
    const action = event.altKey && { ArrowUp: "haut", ArrowDown: "bas" }[event.key];
    const button = action && line.querySelector(`button[value="${action}"]`);
    if (!button) return;
    event.preventDefault();
    if (!button.disabled) button.click();
  });
}

const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (target && target.matches(".builder-question")) target.querySelector("h3 a")?.focus();

for (const form of document.querySelectorAll("form[data-phrase]")) {
  let waiting = 0, asked = 0;
  const ask = async () => {
    const number = ++asked, body = new URLSearchParams(new FormData(form));
    body.set("action", "apercu");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const [fresh, old] = [page, document].map((document) => document.getElementById(form.dataset.phrase));
      if (number === asked && fresh && old && fresh.textContent !== old.textContent) old.replaceChildren(...fresh.childNodes);
    } catch { /* The button « Voir la phrase » remains. */ }
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 400); });
}

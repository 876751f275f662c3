// A word before the session ends, on the pages of whoever may be signed out before the day is over. Without a script the style sheet
// shows it at its time, and its link opens a tab that keeps the session. Here the site is asked first, for the session may have been
// used elsewhere; the word is told to who listens; « Rester connecté » keeps this page.
// <section data-session-end="ADDRESS" data-wait="SECONDS">: the address says until when, in the same words, and is no use of the session.

const PAUSE = 60_000;

const first = document.querySelector("[data-session-end]");
if (first) watch(first);

function watch(notice) {
  let due = 0, words = "", before = null, questions = 0;
  const arm = (delay) => { due = Date.now() + delay; };

  const voice = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  voice.setAttribute("role", "status");
  document.body.append(voice);

  // The same words, with a button for the link that opens a tab; the time is kept here, and no longer by the style sheet.
  function adopt(fresh) {
    words = fresh.textContent;
    const wait = Number(fresh.dataset.wait) * 1000;
    fresh.classList.remove(...[...fresh.classList].filter((name) => name.startsWith("after-")));
    const link = fresh.querySelector("a[data-extend]");
    if (link) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: link.className, textContent: "Rester connecté" });
      button.addEventListener("click", () => ask(link.getAttribute("href"), "Le site n’a pas répondu. Réessayez dans un instant."));
      link.replaceWith(button);
    }
    fresh.hidden = notice.hidden;
    const isHeld = notice.contains(document.activeElement);
    if (fresh !== notice) notice.replaceWith(fresh);
    notice = fresh;
    if (isHeld) back();
    arm(wait);
  }

  // What had the focus is gone: it goes back where it was.
  function back() {
    const place = before?.isConnected && before !== document.body ? before : document.getElementById("contenu");
    place.focus({ preventScroll: true });
  }

  function show(trouble = "") {
    if (notice.hidden) before = document.activeElement;
    notice.hidden = false;
    notice.querySelector(".error")?.remove();
    if (trouble) notice.querySelector("summary").after(Object.assign(document.createElement("p"), { className: "error", textContent: trouble }));
    const place = notice.querySelector("button") ? " Le bouton « Rester connecté » est à la fin de la page." : "";
    say([...notice.querySelectorAll("summary, p:not(:has(a, button))")].map((part) => part.textContent.replace(/\.?$/u, ".")).join(" ") + place);
    arm(PAUSE);
  }

  function hide() {
    const isHeld = notice.contains(document.activeElement);
    notice.hidden = true;
    if (isHeld) back();
  }

  function say(text, isSeen = false) {
    voice.className = isSeen ? "session-said no-print" : "visually-hidden";
    if (voice.textContent !== text) voice.textContent = text;
  }
  // What was seen goes away with the next gesture, and never by itself.
  for (const gesture of ["keydown", "pointerdown"]) {
    document.addEventListener(gesture, () => { if (voice.classList.contains("session-said")) say(""); });
  }

  // What the page knew holds until it is answered; of two answers, the one that was asked for last.
  async function ask(address, trouble) {
    const question = questions += 1;
    arm(PAUSE);
    let answer = null, text = "";
    try {
      answer = await fetch(address, {
        cache: "no-store", redirect: "manual", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(20_000),
      });
      text = await answer.text();
    } catch {
      // No answer, or half of one.
      answer = null;
    }
    if (question !== questions) return;
    if (answer?.type === "opaqueredirect") ended();
    else if (answer?.ok) taken(new DOMParser().parseFromString(text, "text/html"));
    else show(trouble);
  }

  function taken(page) {
    const fresh = page.querySelector("[data-session-end]");
    if (fresh && Number(fresh.dataset.wait) === 0) {
      if (fresh.textContent !== words) adopt(document.adoptNode(fresh));
      show();
      return;
    }
    hide();
    const done = page.querySelector("[data-session-extended]")?.textContent ?? "";
    say(done, done !== "");
    // Limits may have changed with the roles: no word is needed any more.
    if (fresh) adopt(document.adoptNode(fresh)); else due = Infinity;
  }

  function ended() {
    const link = Object.assign(document.createElement("a"), { href: "/connexion", target: "_blank", rel: "noopener", className: "button", textContent: "Se connecter (nouvel onglet)" });
    const [title, text, way] = ["summary", "p", "p"].map((name) => document.createElement(name));
    title.textContent = "Votre session est terminée";
    text.textContent = "Cette page garde ce que vous y avez écrit. Connectez-vous, puis revenez ici pour l’enregistrer.";
    way.append(link);
    const details = Object.assign(document.createElement("details"), { open: true });
    details.append(title, text, way);
    notice.replaceChildren(details);
    words = "";
    show();
    due = Infinity;
  }

  function look() {
    if (!document.hidden && Date.now() >= due) ask(notice.dataset.sessionEnd);
  }
  setInterval(look, 15_000);
  document.addEventListener("visibilitychange", () => {
    if (!notice.hidden) arm(0);
    look();
  });
  notice.hidden = Number(notice.dataset.wait) > 0;
  adopt(notice);
  // A moment later: who listens hears what changes in a voice that was there.
  if (!notice.hidden) setTimeout(show, 500);
}

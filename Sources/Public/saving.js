// Saves a form to the server while one types, question by question, and keeps on this device whatever the server has not
// confirmed. <form data-saves="KEY" data-account="READER">: [data-question] are saved each at its own version, so that two
// people in one section meet only on the same question, and then read both texts. Needs rows.js before it.
// The server answers as CandidacySaving says; without a script the form is saved by its buttons.

const PREFIX = "maillage:brouillon:";
const PAUSE = 1500, LONGEST_PAUSE = 12_000, PATIENCE = 25_000, WATCH = 30_000;
const LIFETIME = 30 * 24 * 3600 * 1000;
const NARROW = "\u202F";

for (const form of document.querySelectorAll("form[data-saves]")) saves(form);

function saves(form) {
  const key = PREFIX + form.dataset.saves;
  const token = form.querySelector('input[name="jeton"]'), versionField = form.querySelector('input[name="version"]');
  let version = Number(versionField.value), timer = 0, firstTyped = 0, delay = 2000, running = null, keeps = true, halted = false;
  // `owns`: what is kept on the device under this key came from this page, or was taken over by it.
  let left = false, owns = false, keeping = 0;
  const questions = new Map();
  for (const element of form.querySelectorAll("[data-question]")) {
    questions.set(element.dataset.question, { element, base: version, saved: "", isDirty: false, clash: null });
  }
  for (const [name, question] of questions) question.saved = JSON.stringify(pairs(name));

  const bar = document.createElement("div");
  bar.className = "saving";
  const state = document.createElement("p"), voice = document.createElement("p");
  state.className = "saving-state";
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  bar.append(state, voice);
  form.append(bar);
  say("Chaque réponse s’enregistre d’elle-même.");

  restore();

  form.addEventListener("input", noticed);
  form.addEventListener("change", (event) => { noticed(event); schedule(300); });
  form.addEventListener("submit", submitted);
  addEventListener("pagehide", () => { notice(); keep(); });
  addEventListener("online", () => { delay = 2000; if (isDirty()) flush(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") { notice(); keep(); if (isDirty()) flush(); } else if (isDirty() || form.hasAttribute("data-watches")) awake();
  });
  addEventListener("beforeunload", (event) => { if (!left && !keeps && isDirty()) event.preventDefault(); });
  if (form.hasAttribute("data-watches")) setInterval(() => { if (document.visibilityState === "visible" && !running && !halted) news(); }, WATCH);
  const exit = document.querySelector('form[action="/deconnexion"]');
  exit?.addEventListener("submit", signingOut);

  // The names and texts of one question, as a form sends them.
  function pairs(name, data = new FormData(form)) {
    return [...data].filter(([field, value]) => typeof value === "string" && (field === name || field.startsWith(`${name}.`)));
  }

  function notice() {
    const data = new FormData(form);
    for (const [name, question] of questions) question.isDirty = JSON.stringify(pairs(name, data)) !== question.saved;
  }
  function isDirty() { return [...questions.values()].some((question) => question.isDirty); }
  function noticed() {
    notice();
    halted = false;
    if (!isDirty()) { keep(); return; }
    // What was saved a moment ago is no longer all that is written. The words go, their room stays: nothing moves under who types.
    for (const flash of document.querySelectorAll(".flash-success")) flash.style.visibility = "hidden";
    if (!running && !bar.classList.contains("saving-warns")) say("Pas encore enregistré…");
    keepSoon();
    schedule(PAUSE);
  }
  function schedule(pause) {
    if (!isDirty()) return;
    firstTyped ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(flush, Math.max(0, Math.min(pause, firstTyped + LONGEST_PAUSE - Date.now())));
  }

  /* What the server has not confirmed stays on the device. */

  function keepSoon() { keeping ||= setTimeout(keep, 250); }
  function keep() {
    clearTimeout(keeping);
    keeping = 0;
    if (left) return;
    const values = {};
    for (const [name, question] of questions) {
      if (question.isDirty) values[name] = { base: question.base, pairs: pairs(name) };
    }
    try {
      if (Object.keys(values).length > 0) {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
        owns = true;
      } else if (owns) localStorage.removeItem(key);
      keeps = true;
    } catch {
      keeps = false;
    }
  }
  function restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(key)); } catch { /* What cannot be read is no draft. */ }
    if (!kept?.values || Date.now() - kept.at > LIFETIME) { try { localStorage.removeItem(key); } catch { keeps = false; } return; }
    owns = true;
    // After a refusal the page shows again what was sent: it is newer than what was kept.
    if (form.hasAttribute("data-typed")) return;
    for (const [name, { base, pairs: texts }] of Object.entries(kept.values)) {
      const question = questions.get(name);
      if (!question || !Array.isArray(texts)) continue;
      fill(name, texts);
      question.base = Math.min(Number(base) || version, version);
    }
    notice();
    if (!isDirty()) { keep(); return; }
    tell(`Votre texte du ${moment(kept.at)}, gardé dans ce navigateur, est repris${NARROW}: il s’enregistre.`);
    schedule(300);
  }

  /* To the server. */

  function flush() {
    clearTimeout(timer);
    firstTyped = 0;
    running ??= send().finally(() => { running = null; });
    return running;
  }

  // True when everything is saved.
  async function send() {
    for (let turn = 0; ; turn += 1) {
      notice();
      keep();
      const names = [...questions].filter(([, question]) => question.isDirty && !question.clash).map(([name]) => name);
      if (names.length === 0) return !isDirty();
      if (halted) return false;
      say("Enregistrement…");
      const sent = new Map(names.map((name) => [name, JSON.stringify(pairs(name))]));
      const body = new URLSearchParams([["jeton", token.value], ["version", version]]);
      for (const name of names) {
        const { base } = questions.get(name);
        if (base !== version) body.append(`version.${name}`, base);
        for (const [field, value] of JSON.parse(sent.get(name))) body.append(field, value);
      }
      const answer = await ask("POST", form.getAttribute("action"), body);
      if (answer.status === 200) { taken(answer.data, sent); continue; }
      if (answer.status === 409 && answer.data?.state === "conflict") { clashes(answer.data); continue; }
      if (answer.status === 409 && turn < 8) { await new Promise((done) => { setTimeout(done, 300 + Math.random() * 700); }); continue; }
      if (answer.status === 412 && turn < 8 && await freshToken()) continue;
      return failed(answer);
    }
  }

  async function ask(method, address, body) {
    try {
      const response = await fetch(address, {
        method, body, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
        headers: { Accept: "application/json", "X-Maillage-Part": "saisie" },
      });
      const isData = /json/u.test(response.headers.get("content-type") ?? "");
      return { status: response.status, data: isData ? await response.json() : null, wait: Number(response.headers.get("retry-after")) * 1000 };
    } catch {
      return { status: 0 };
    }
  }

  function taken(data, sent) {
    delay = 2000;
    const refused = new Map((data.refused ?? []).map((each) => [each.key, each.message]));
    for (const [name, text] of sent) {
      const question = questions.get(name);
      question.base = data.version;
      if (refused.has(name)) { problem(question, refused.get(name)); halted = true; continue; }
      question.saved = text;
      edited(question, `Modifié par vous à ${data.clock}`);
    }
    for (const { key: name, message } of data.problems ?? []) if (questions.has(name)) problem(questions.get(name), message);
    others(data.others ?? [], data.version);
    notice();
    keep();
    if (!isDirty()) say(`Enregistré à ${data.clock}` + (data.words ? `${NARROW}; ${data.words}` : ""));
    form.dispatchEvent(new CustomEvent("saved", { detail: data }));
  }

  // What others wrote meanwhile: shown where nothing was typed here, put beside what was.
  function others(list, current) {
    const changed = new Set(list.map((each) => each.key));
    notice();
    for (const theirs of list) {
      const question = questions.get(theirs.key);
      if (!question) continue;
      if (question.isDirty) { clash(question, theirs, current); continue; }
      fill(theirs.key, theirs.fields);
      question.saved = JSON.stringify(pairs(theirs.key));
      question.base = current;
      edited(question, theirs.words, true);
    }
    for (const [name, question] of questions) if (!question.isDirty && !changed.has(name)) question.base = current;
    version = current;
    versionField.value = current;
  }

  function clashes(data) {
    for (const theirs of data.clashes) {
      const question = questions.get(theirs.key);
      if (question) clash(question, theirs, data.version);
    }
    tell("La même question a été écrite par quelqu’un d’autre\u202F: votre texte est gardé, choisissez ci-dessus.");
  }

  function clash(question, theirs, current) {
    question.clash?.remove();
    const panel = document.createElement("div");
    panel.className = "clash";
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", "Deux réponses à la même question");
    const text = document.createElement("blockquote");
    text.textContent = theirs.text || "(vide)";
    panel.append(Object.assign(document.createElement("p"), { textContent: `${theirs.words ?? "Modifié entre-temps"}. Voici sa réponse, la vôtre est dans le champ${NARROW}:` }), text,
      button("Garder la mienne", () => { question.base = current; settle(question); }),
      button("Prendre la sienne", () => {
        fill(theirs.key, theirs.fields);
        question.saved = JSON.stringify(pairs(theirs.key));
        question.base = current;
        settle(question);
      }));
    question.clash = panel;
    question.element.append(panel);
    edited(question, theirs.words, true);
    voice.textContent = `${theirs.label}${NARROW}: ${theirs.words ?? "modifié entre-temps"}. Deux réponses à comparer.`;
  }
  function settle(question) {
    question.clash.remove();
    question.clash = null;
    question.element.focus();
    noticed();
    schedule(0);
    if (!isDirty()) say("Tout est enregistré.");
  }

  // Nothing here pretends that something is saved: each says what is kept, and where.
  function failed({ status, data, wait }) {
    const words = data?.message ?? data?.detail;
    if (status === 401) {
      halted = true;
      warn(`Votre session est terminée. ${kept()} Connectez-vous, puis revenez ici${NARROW}: l’enregistrement reprendra.`,
        link("Se connecter (nouvel onglet)", "/connexion"), button("Réessayer", () => { halted = false; flush(); }));
      return false;
    }
    if (status === 0 || status >= 500 || status === 429) {
      const pause = Math.max(wait || 0, delay * (0.8 + Math.random() * 0.4));
      delay = Math.min(delay * 2, 60_000);
      timer = setTimeout(flush, pause);
      warn(status === 0 ? (keeps ? "Hors ligne\u202F: gardé dans ce navigateur, nouvel essai bientôt." : `Hors ligne. ${kept()}`)
        : `Le service ne répond pas bien. ${kept()} Nouvel essai bientôt.`, button("Réessayer", () => { delay = 2000; flush(); }));
      return false;
    }
    halted = true;
    warn(`Pas enregistré${NARROW}: ${words ?? "l’envoi n’a pas été accepté."} ${kept()}`,
      button("Réessayer", () => { halted = false; flush(); }));
    return false;
  }
  function kept() {
    return keeps ? "Votre texte est gardé dans ce navigateur." : "Ce navigateur ne garde rien\u202F: copiez votre texte avant de quitter la page.";
  }

  async function news() {
    const answer = await ask("GET", `${form.getAttribute("action")}?depuis=${version}`);
    if (answer.status !== 200) return null;
    if (answer.data.account !== form.dataset.account) return answer.data;
    token.value = answer.data.token;
    if (answer.data.others.length) others(answer.data.others, answer.data.version);
    return answer.data;
  }
  async function freshToken() {
    const data = await news();
    if (!data) return false;
    if (data.account === form.dataset.account) return true;
    halted = true;
    warn(`Vous êtes maintenant connecté\u00B7e avec un autre compte. ${kept()} Reconnectez-vous avec le vôtre, puis rechargez la page.`);
    return false;
  }
  async function awake() {
    if (running) return;
    const data = await news();
    if (data && data.account === form.dataset.account && isDirty()) { halted = false; delay = 2000; flush(); }
  }

  /* Leaving. */

  let passes = false;
  async function submitted(event) {
    notice();
    const { submitter } = event;
    if (passes || submitter?.name === "coller") { left = passes; return; }
    event.preventDefault();
    halted = false;
    for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
    const isSaved = await flush() && !isDirty();
    for (const button of form.querySelectorAll("button[type=submit]")) button.removeAttribute("aria-disabled");
    if (!isSaved) { (form.querySelector(".clash button") ?? bar.querySelector("button, a"))?.focus(); return; }
    passes = true;
    versionField.value = version;
    // A form that is still telling of its submission takes no other.
    await new Promise((done) => { setTimeout(done); });
    if (submitter) form.requestSubmit(submitter); else form.requestSubmit();
  }
  async function signingOut(event) {
    notice();
    if (!isDirty()) { left = true; clear(); return; }
    event.preventDefault();
    halted = false;
    const isSaved = await flush();
    if (!isSaved && !confirm("Une partie de votre texte n’est pas enregistrée. Se déconnecter l’effacera de ce navigateur.")) return;
    left = true;
    clear();
    exit.submit();
  }
  function clear() {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  }

  /* What is shown. */

  function say(text) { bar.classList.remove("saving-warns"); state.textContent = text; }
  function tell(text) { say(text); voice.textContent = text; }
  function warn(text, ...choices) {
    const isNew = state.firstChild?.textContent !== text;
    bar.classList.add("saving-warns");
    state.replaceChildren(text, ...choices.flatMap((choice) => [" ", choice]));
    if (isNew) voice.textContent = text;
  }
  function problem(question, message) {
    let note = question.element.querySelector(":scope > .question-problem");
    const field = question.element.querySelector("input:not([type=hidden]), select, textarea");
    const id = `${field?.id || question.element.dataset.question}-avis`;
    const others = (field?.getAttribute("aria-describedby") ?? "").split(" ").filter((other) => other && other !== id);
    if (!message) {
      note?.remove();
      if (others.length) field.setAttribute("aria-describedby", others.join(" ")); else field?.removeAttribute("aria-describedby");
      return;
    }
    if (!note) {
      note = document.createElement("p");
      note.className = "error question-problem";
      note.id = id;
      question.element.append(note);
      // Who comes to the field hears what is wrong with it.
      field?.setAttribute("aria-describedby", [...others, id].join(" "));
    }
    note.textContent = message;
  }
  function edited(question, words, isOther = false) {
    const foot = question.element.querySelector("[data-edited] .edited") ?? question.element.querySelector("[data-edited]");
    if (!foot || !words) return;
    foot.textContent = words;
    foot.classList.toggle("edited-by-other", isOther);
  }

  // Values are matched by name and rank; rows are made or taken away to suit.
  function fill(name, texts) {
    const { element } = questions.get(name);
    const box = element.querySelector("[data-rows]");
    if (box) {
      const keys = texts.filter(([field]) => field === `${name}.lignes`).map(([, value]) => value).filter(Boolean);
      if (keys.length || texts.length === 0) globalThis.formRows?.set(box, keys);
    }
    const rest = [...texts];
    for (const field of element.querySelectorAll("input[name], select[name], textarea[name]")) {
      if (field.disabled || field.type === "file" || !(field.name === name || field.name.startsWith(`${name}.`))) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = rest.some(([other, value]) => other === field.name && value === field.value);
        continue;
      }
      const index = rest.findIndex(([other]) => other === field.name);
      if (field.type === "hidden" && field.name === name) continue;
      field.value = index < 0 ? "" : rest.splice(index, 1)[0][1];
    }
    form.dispatchEvent(new Event("change"));
  }
}

function button(label, action) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: label });
  element.addEventListener("click", action);
  return element;
}
function link(label, address) {
  return Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener", textContent: label });
}
function moment(time) {
  const date = new Date(time);
  return `${date.toLocaleDateString("fr-FR", { day: "numeric", month: "long" })} à ${date.toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", "\u00A0h\u00A0")}`;
}

// Keeps what is typed in a form on this device until the server has it.
// <form data-draft="KEY">: the key names the form, the thing it changes and its reader. Passwords, files and hidden fields
// are never kept. A draft comes back by itself when the server still shows what it showed then; otherwise it is offered.

const prefix = "maillage:brouillon:";
const lifetime = 30 * 24 * 3600 * 1000;

for (const form of document.querySelectorAll("form[data-draft]")) enhance(form);

// Nothing of a reader stays behind on a shared machine.
document.querySelector('form[action="/deconnexion"]')?.addEventListener("submit", () => {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
});

function enhance(form) {
  const key = prefix + form.dataset.draft;
  const state = document.createElement("p");
  state.className = "draft";
  state.setAttribute("role", "status");
  (form.querySelector(":scope > .actions") ?? form.lastElementChild).before(state);

  const shown = JSON.stringify(values(form));
  const draft = read(key);
  let pause = 0;

  if (draft && JSON.stringify(draft.values) !== shown) {
    const cameBackWithErrors = document.querySelector(".error-summary") !== null;
    if (cameBackWithErrors || (draft.sent && draft.base !== shown)) {
      // The server shows what was sent, or has taken it: the draft has done its work.
      localStorage.removeItem(key);
    } else if (!draft.sent && draft.base === shown) {
      fill(form, draft.values);
      say(`Brouillon du ${moment(draft.at)} repris.`, ["Revenir à la version enregistrée", () => { fill(form, JSON.parse(shown)); forget(); }]);
    } else {
      say(`Un brouillon du ${moment(draft.at)} est gardé sur cet appareil.`,
        ["Le reprendre", () => { fill(form, draft.values); save(); }], ["L’effacer", forget]);
    }
  } else if (draft) {
    localStorage.removeItem(key);
  }

  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(save, 600);
  });
  form.addEventListener("change", save);
  addEventListener("pagehide", () => { if (pause) save(); });
  form.addEventListener("submit", () => {
    clearTimeout(pause);
    write({ ...record(), sent: true });
  });

  function record() {
    return { at: Date.now(), base: shown, values: values(form) };
  }
  function save() {
    clearTimeout(pause);
    pause = 0;
    if (JSON.stringify(values(form)) === shown) return localStorage.removeItem(key);
    if (write(record())) say(`Brouillon gardé sur cet appareil à ${clock(Date.now())}.`);
  }
  function write(value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      say("Ce navigateur ne garde pas de brouillon\u202F: enregistrez avant de quitter la page.");
      return false;
    }
  }
  function forget() {
    localStorage.removeItem(key);
    say("Brouillon effacé.");
  }
  function say(text, ...choices) {
    state.textContent = text;
    for (const [label, action] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small";
      button.textContent = label;
      button.addEventListener("click", action);
      state.append(" ", button);
    }
  }
}

function fields(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(field.type));
}

function values(form) {
  return fields(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    if (field.multiple && field.options) return [field.name, [...field.selectedOptions].map((option) => option.value)];
    return [field.name, field.value];
  });
}

// Values are matched by name and rank: a field added since then keeps what the server says.
function fill(form, saved) {
  const rest = [...saved];
  for (const field of fields(form)) {
    const isBox = field.type === "checkbox" || field.type === "radio";
    const index = rest.findIndex((item) => item[0] === field.name && (!isBox || item[1] === field.value));
    if (index < 0) continue;
    const [item] = rest.splice(index, 1);
    if (isBox) field.checked = item[2] === true;
    else if (Array.isArray(item[1])) for (const option of field.options ?? []) option.selected = item[1].includes(option.value);
    else field.value = item[1];
    field.dispatchEvent(new Event("input", { bubbles: false }));
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (!draft || !Array.isArray(draft.values) || Date.now() - draft.at > lifetime) {
      localStorage.removeItem(key);
      return null;
    }
    return draft;
  } catch {
    return null;
  }
}

function clock(time) {
  return new Date(time).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" }).replace(":", "\u00A0h\u00A0");
}

function moment(time) {
  return `${new Date(time).toLocaleDateString("fr-FR", { day: "numeric", month: "long" })} à ${clock(time)}`;
}

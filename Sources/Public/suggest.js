// Suggestions under a field while typing: the ARIA combobox with a list, chosen by hand.
// <input data-suggest="commune"> asks /territoires/recherche?q=…; a value that begins with "/" is asked instead.
// Choosing writes the name in the field and the code in a hidden field called NAME_code; typing again removes the code.

let count = 0;

for (const input of document.querySelectorAll("input[data-suggest]")) enhance(input);

function enhance(input) {
  const address = input.dataset.suggest.startsWith("/") ? input.dataset.suggest : "/territoires/recherche";
  const id = `suggestions-${++count}`;
  const wrapper = document.createElement("span");
  wrapper.className = "suggest";
  input.before(wrapper);
  wrapper.append(input);

  const list = document.createElement("ul");
  list.id = id;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  const voice = document.createElement("span");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  const code = document.createElement("input");
  code.type = "hidden";
  code.name = `${input.name}_code`;
  code.disabled = true;
  wrapper.append(list, voice, code);

  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", id], ["autocomplete", "off"], ["spellcheck", "false"]]) input.setAttribute(name, value);

  let items = [], current = -1, pause = 0, request = null;
  const known = new Map();

  const close = () => {
    list.hidden = true;
    current = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const point = (index) => {
    list.children[current]?.setAttribute("aria-selected", "false");
    current = index;
    const option = list.children[current];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (index) => {
    const item = items[index];
    if (!item) return;
    input.value = item.name;
    code.value = item.code;
    code.disabled = false;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const show = (found) => {
    items = found;
    list.replaceChildren(...found.map((item, index) => {
      const option = document.createElement("li");
      option.id = `${id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const detail = document.createElement("span");
      detail.className = "muted";
      detail.textContent = ` ${[item.postal_codes?.[0], item.departement].filter(Boolean).join(", ")}`;
      option.append(item.name, detail);
      return option;
    }));
    current = -1;
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    voice.textContent = found.length === 0 ? "Aucune suggestion"
      : `${found.length} suggestion${found.length > 1 ? "s" : ""}, flèches pour choisir`;
  };
  const ask = async () => {
    const words = input.value.trim();
    request?.abort();
    if (words.length < 2) return close();
    if (known.has(words)) return show(known.get(words));
    request = new AbortController();
    try {
      const answer = await fetch(`${address}?q=${encodeURIComponent(words)}`, {
        headers: { Accept: "application/json" }, signal: request.signal,
      });
      if (!answer.ok) return close();
      const found = (await answer.json()).slice(0, 12);
      known.set(words, found);
      if (document.activeElement === input) show(found);
    } catch {
      // The line is down or the question is stale: the field still works as plain text.
    }
  };

  input.addEventListener("input", () => {
    code.disabled = true;
    clearTimeout(pause);
    pause = setTimeout(ask, 160);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { if (items.length && input.value.trim().length > 1) show(items); else ask(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      point(current < 0 && step < 0 ? items.length - 1 : (current + step + items.length) % items.length);
    } else if (event.key === "Enter" && !list.hidden && current >= 0) {
      event.preventDefault();
      choose(current);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  // The list must not take the focus, or it would close before the click lands.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
  input.addEventListener("blur", close);
}

// Rows of groups and tables: add, take away, put back, move with the keyboard, paste a block copied from a spreadsheet.
// Needs form-text.js before it. [data-rows="question"] holds [data-row="key"] and one [data-row-template], whose names hold
// `__` for the key. saving.js finds `formRows`.

const { line, readNumber, readMoney, readDate } = globalThis.frenchText;
const LONGEST = 200_000;

const rowsOf = (box) => [...box.querySelectorAll("[data-row]")];
const changed = (box) => box.dispatchEvent(new Event("input", { bubbles: true }));

function add(box, key) {
  const template = box.querySelector("[data-row-template]");
  if (!template || rowsOf(box).length >= Number(box.dataset.most ?? Infinity)) return null;
  if (!key) {
    const numbers = [...box.querySelectorAll("[data-row]"), ...(box.gone ?? [])].map((row) => Number(/^l(\d+)$/u.exec(row.dataset.row)?.[1] ?? 0));
    key = `l${Math.max(0, ...numbers) + 1}`;
  }
  const row = template.cloneNode(true);
  row.removeAttribute("data-row-template");
  row.dataset.row = key;
  row.hidden = false;
  row.disabled = false;
  row.removeAttribute("disabled");
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("__")) element.setAttribute(attribute.name, attribute.value.replaceAll("__", key));
    }
    if (element.matches("input, select, textarea, button")) element.disabled = false;
  }
  for (const hidden of row.querySelectorAll('input[type=hidden][name$=".lignes"]')) hidden.value = key;
  (rowsOf(box).at(-1) ?? template).after(row);
  number(box);
  return row;
}

// « Ligne 3 » where the server wrote it, and in what is read aloud.
function number(box) {
  rowsOf(box).forEach((row, index) => {
    const label = row.querySelector(".row-label, legend");
    const former = label?.textContent;
    const present = `Ligne ${index + 1}`;
    if (!label || !/^Ligne /u.test(former) || former === present) return;
    label.textContent = present;
    for (const control of row.querySelectorAll("[aria-label]")) {
      control.setAttribute("aria-label", control.getAttribute("aria-label").replace(former, present));
    }
    const spoken = row.querySelector("[data-remove-row] .visually-hidden");
    if (spoken) spoken.textContent = ` la ligne ${index + 1}`;
  });
}

function remove(box, row) {
  const after = row.nextElementSibling?.matches("[data-row]") ? row.nextElementSibling : row.previousElementSibling;
  const place = row.previousElementSibling;
  box.gone = [...(box.gone ?? []), row];
  row.remove();
  number(box);
  changed(box);
  tell(box, "Ligne retirée.", ["La remettre", () => {
    if (place?.isConnected) place.after(row); else box.querySelector("tbody, [data-row-template]")?.before(row);
    number(box);
    changed(box);
    row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }]);
  (after?.matches?.("[data-row]") ? after : box).querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}

// The rows are those of the fields: some are made, some go. For a fixed table nothing moves.
function set(box, keys) {
  if (!box.querySelector("[data-row-template]")) return;
  for (const row of rowsOf(box)) if (!keys.includes(row.dataset.row)) row.remove();
  for (const key of keys) if (!rowsOf(box).some((row) => row.dataset.row === key)) add(box, key);
  number(box);
}

globalThis.formRows = { set, keys: (box) => rowsOf(box).map((row) => row.dataset.row) };

function tell(box, text, ...choices) {
  let note = box.querySelector(":scope > .rows-note");
  if (!note) {
    note = document.createElement("div");
    note.className = "rows-note";
    note.setAttribute("role", "status");
    box.append(note);
  }
  note.replaceChildren(...(Array.isArray(text) ? text : [Object.assign(document.createElement("p"), { textContent: text })]));
  for (const [label, action] of choices) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button-small", textContent: label });
    button.addEventListener("click", () => { note.replaceChildren(); action(); });
    note.append(button, " ");
  }
  return note;
}

for (const box of document.querySelectorAll("[data-rows]")) enhance(box);

function enhance(box) {
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-add-row]")) {
      event.preventDefault();
      const row = add(box);
      if (row) {
        changed(box);
        row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      } else tell(box, `Ce tableau a ${box.dataset.most} lignes au plus.`);
    } else if (button.matches("[data-remove-row]")) {
      event.preventDefault();
      remove(box, button.closest("[data-row]"));
    }
  });
  const grid = box.querySelector("table[data-grid]");
  if (grid) enhanceGrid(box, grid);
}

function enhanceGrid(box, grid) {
  const before = new WeakMap();
  const columns = [...grid.querySelectorAll("thead [data-column]")];
  const cell = (row, column) => row?.querySelector(`[name$=".${column}"]`);
  const place = (control) => ({ row: control.closest("[data-row]"), column: control.name.split(".")[2] });
  const go = (control) => { control?.focus(); control?.select?.(); return Boolean(control); };

  grid.addEventListener("focusin", (event) => {
    if (event.target.name) before.set(event.target, event.target.value);
  });
  grid.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!control.matches("input, select") || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const { row, column } = place(control);
    const rows = rowsOf(box), index = rows.indexOf(row);
    const isText = control.matches("input[type=text], input[type=email], input[type=tel], input[type=url]");
    const move = (step) => go(cell(rows[index + step], column));
    const side = (step) => {
      const controls = [...row.querySelectorAll("td input, td select")];
      return go(controls[controls.indexOf(control) + step]);
    };
    let done = false;
    if (event.key === "Enter") {
      done = true;
      if (!move(event.shiftKey ? -1 : 1) && !event.shiftKey) {
        const made = add(box);
        if (made) { changed(box); go(cell(made, column)); }
      }
    } else if (event.key === "Escape" && before.has(control) && control.value !== before.get(control)) {
      control.value = before.get(control);
      changed(control);
      done = true;
    } else if (isText && event.key === "ArrowDown") done = move(1);
    else if (isText && event.key === "ArrowUp") done = move(-1);
    else if (isText && event.key === "ArrowRight" && (control.selectionStart ?? 0) === control.value.length) done = side(1);
    else if (isText && event.key === "ArrowLeft" && (control.selectionEnd ?? 0) === 0) done = side(-1);
    if (done) event.preventDefault();
  });
  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.matches("input, select")) return;
    if (text.length >= LONGEST) {
      event.preventDefault();
      tell(box, `Ce collage est trop long (${LONGEST / 1000}\u00A0ko au plus)\u202F: rien n’a été changé.`);
      return;
    }
    if (!/[\t\n]/u.test(text.replace(/\r?\n$/u, ""))) return;
    event.preventDefault();
    preview(box, columns, event.target, blockOf(text));
  });
}

// Cells between tabs, lines between line ends; a cell in quotes may hold both, as the server reads them (GridPasting).
function blockOf(text) {
  const lines = [[]];
  let own = "", quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (quoted) {
      if (sign !== '"') own += sign;
      else if (text[i + 1] === '"') { own += sign; i += 1; } else quoted = false;
    } else if (sign === '"' && own === "") quoted = true;
    else if (sign === "\t") { lines.at(-1).push(own); own = ""; } else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && text[i + 1] === "\n") i += 1;
      lines.at(-1).push(own);
      own = "";
      lines.push([]);
    } else own += sign;
  }
  lines.at(-1).push(own);
  while (lines.length && lines.at(-1).every((each) => !each.trim())) lines.pop();
  return lines;
}

const bare = (text) => text.toLowerCase().replace(/[\s\u200B]+/gu, "");

// What a control would hold; null with the reason when its column does not understand the text.
function understood(text, control, kind) {
  const flat = line(text);
  if (control.matches("select")) {
    const option = [...control.options].find((each) => each.value && (bare(each.textContent) === bare(flat) || bare(each.value) === bare(flat)));
    return option ? [option.value] : [null, "ce choix n’existe pas"];
  }
  if (kind === "money") return readMoney(flat) === null ? [null, "ce n’est pas un montant"] : [flat];
  if (kind === "number") return readNumber(flat) === null ? [null, "ce n’est pas un nombre"] : [flat];
  if (kind === "date") {
    const date = readDate(flat);
    return date ? [new Date(date.day * 86400000).toISOString().slice(0, 10)] : [null, "ce n’est pas une date"];
  }
  return [flat];
}

// Says what would be placed and what would not, then waits: nothing changes before « Placer ».
function preview(box, columns, first, block) {
  const names = columns.map((column) => column.dataset.column);
  const kinds = new Map(columns.map((column) => [column.dataset.column, column.dataset.kind]));
  const enterable = names.filter((name) => kinds.get(name) !== "computed");
  const start = enterable.indexOf(first.name.split(".")[2]);
  const rows = rowsOf(box), from = rows.indexOf(first.closest("[data-row]"));
  const model = box.querySelector("[data-row-template]") ?? rows[from];
  const room = Number(box.dataset.most ?? rows.length);
  const places = [], refused = [];
  block.forEach((texts, i) => {
    const at = from + i;
    if (at >= room) { refused.push([i, "", texts.join(" "), `le tableau a ${room} lignes au plus`]); return; }
    texts.forEach((text, j) => {
      if (!text.trim()) return;
      const name = enterable[start + j];
      if (!name) { refused.push([i, "", text, "il n’y a plus de colonne à cet endroit"]); return; }
      const control = (rows[at] ?? model).querySelector(`[name$=".${name}"]`);
      const [value, reason] = understood(text, control, kinds.get(name));
      if (value === null) refused.push([i, columns.find((column) => column.dataset.column === name).textContent, text, reason]);
      else places.push([at, name, value]);
    });
  });
  const say = (count, one, many) => `${count} ${count > 1 ? many : one}`;
  const parts = [Object.assign(document.createElement("p"), {
    textContent: `${say(block.length, "ligne collée", "lignes collées")}\u202F: ${say(places.length, "cellule à placer", "cellules à placer")}`
      + (refused.length ? `, ${say(refused.length, "cellule refusée", "cellules refusées")}.` : "."),
  })];
  if (refused.length) {
    const list = document.createElement("ul");
    for (const [i, column, text, reason] of refused.slice(0, 20)) {
      list.append(Object.assign(document.createElement("li"), {
        textContent: `«\u00A0${text.slice(0, 80)}\u00A0» (ligne ${i + 1}${column ? `, ${column}` : ""})\u202F: ${reason}.`,
      }));
    }
    parts.push(list);
  }
  const apply = () => {
    for (const [at, name, value] of places) {
      while (rowsOf(box).length <= at && add(box));
      const control = rowsOf(box)[at]?.querySelector(`[name$=".${name}"]`);
      if (control) control.value = value;
    }
    changed(box);
    first.focus();
    tell(box, `${say(places.length, "cellule placée", "cellules placées")}.`);
  };
  const note = tell(box, parts, ...(places.length ? [["Placer dans le tableau", apply]] : []), ["Ne rien coller", () => first.focus()]);
  note.querySelector("button")?.focus();
}

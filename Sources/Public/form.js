// Shows and hides questions and adds up totals while one types, as the server does (Sources/Forms, docs/FORMS.md).
// Needs form-text.js before it. <form data-form-schema="ID"> … <script type="application/json" id="ID">: FormSchema's JSON.
// [data-question="key"], [data-section="key"], [data-cell="table.row.column"] are hidden when not asked; [data-required]
// is set on them; [data-output="key"] or ("table.column", "table.row.column") receives a number; [data-rule="key"] shows.

const { line, readNumber, readMoney, readDate, readFlag } = globalThis.frenchText;
const UNIT = 1000000n, LIMIT = UNIT * 1000000000000n;
const TOO_LARGE = Symbol("too large");
const within = (value) => (value > LIMIT || value < -LIMIT ? TOO_LARGE : value);

// Half away from zero, as ExactNumber.
function quotient(dividend, divisor) {
  const [top, bottom] = [dividend, divisor].map((value) => (value < 0n ? -value : value));
  const whole = top / bottom + ((top % bottom) * 2n >= bottom ? 1n : 0n);
  return within((dividend < 0n) === (divisor < 0n) ? whole : -whole);
}

// A term is null (nothing), TOO_LARGE, a BigInt (millionths), { day }, a string, a boolean or an array of keys.
function arithmetic(operation, left, right) {
  if (left === TOO_LARGE || right === TOO_LARGE) return TOO_LARGE;
  const first = typeof left === "bigint" ? left : null, second = typeof right === "bigint" ? right : null;
  if (operation === "+" || operation === "-") {
    if (left === null && right === null) return null;
    return within(operation === "+" ? (first ?? 0n) + (second ?? 0n) : (first ?? 0n) - (second ?? 0n));
  }
  if (first === null || second === null) return null;
  if (operation === "*") return quotient(first * second, UNIT);
  return second === 0n ? null : quotient(first * UNIT, second);
}

function plus(sum, term) {
  if (sum === TOO_LARGE || term === TOO_LARGE) return TOO_LARGE;
  return typeof term === "bigint" ? within(sum + term) : sum;
}

function compare(left, operation, right) {
  const day = (term) => term !== null && typeof term === "object" && "day" in term;
  let [first, second] = [left, right];
  if (day(left) && day(right)) [first, second] = [left.day, right.day];
  else if (typeof left !== typeof right || !["bigint", "string", "boolean"].includes(typeof left)) return null;
  if (operation === "=") return first === second;
  if (operation === "≠") return first !== second;
  if (typeof first === "string" || typeof first === "boolean") return null;
  return { "<": first < second, "≤": first <= second, ">": first > second, "≥": first >= second }[operation];
}

// What the fields of one question hold: { answered, term, from, to }.
function read(question, name, fields, attached) {
  const texts = (part = "") => fields.get(part ? `${name}.${part}` : name) ?? [];
  const first = (part) => line(texts(part)[0]);
  const text = first();
  const understood = (term) => ({ answered: term !== null, entered: text !== "", term });
  const kept = (term, entered) => ({ answered: entered, entered, term });
  switch (question.kind) {
    case "number": return understood(text === "" ? null : readNumber(text, (question.decimals ?? 0) < 3));
    case "money": return understood(text === "" ? null : readMoney(text));
    case "date": return understood(text === "" ? null : readDate(text));
    case "yesNo": return understood(text === "" ? null : readFlag(text));
    case "period": {
      const [from, to] = [first("debut"), first("fin")];
      const [start, end] = [from && readDate(from), to && readDate(to)];
      const entered = from !== "" || to !== "", answered = entered && start !== null && end !== null;
      return { answered, entered, term: null, from: answered ? start || null : null, to: answered ? end || null : null };
    }
    case "severalOf": {
      const keys = texts().map(line).filter(Boolean);
      return kept(keys[0] ? keys : null, keys.length > 0);
    }
    case "commune": case "address": {
      const code = first("commune_code").replace(/[\s.]/gu, "").toUpperCase();
      return kept(code || null, ["rue", "code_postal", "commune", "commune_code"].some((part) => first(part) !== ""));
    }
    case "place": {
      const id = (texts("nom_code").length ? first("nom_code") : text).replace(/[\s.]/gu, "");
      return kept(id || null, id !== "" || first("nom") !== "");
    }
    case "person": return kept(null, ["prenom", "nom", "role", "courriel", "telephone"].some((part) => first(part) !== ""));
    case "longText": case "phone": case "url": return kept(null, text !== "");
    case "attachment": return kept(null, attached.has(question.key));
    case "sworn": {
      const agreed = texts().map(line).filter(Boolean).at(-1);
      return { answered: /^-?[0-9]+$/u.test(agreed ?? ""), entered: Boolean(agreed), term: null };
    }
    case "siret": return kept(text.replace(/[\s.]/gu, "") || null, /[^\s.]/u.test(text));
    case "rna": return kept(text.replace(/[\s.]/gu, "").toUpperCase() || null, /[^\s.]/u.test(text));
    default: return kept(text || null, text !== "");
  }
}

/** The state of a form: `fields` maps names to lists of texts, `attached` holds the keys of questions with a file. */
export function evaluate(schema, fields, attached = new Set()) {
  const env = schema.environment, sections = schema.sections.length;
  const shownSections = schema.sections.map(() => false);
  const states = schema.questions.map(() => ({ shown: false, answered: false, term: null, rows: [], totals: [] }));
  const zonings = new Map(Object.entries(env.zonings ?? {}).map(([name, codes]) => [name, new Set(codes)]));
  const suits = (list) => !list || !env.maturity || list.includes(env.maturity);
  const cell = (place, row, column) => states[place].rows.find((known) => known.key === row)?.cells[column];

  function term([kind, a, b, c], row) {
    switch (kind) {
      case "number": return BigInt(a);
      case "date": return { day: a };
      case "text": case "flag": return a;
      case "maturity": case "legalForm": case "placeCommune": return env[kind] ?? null;
      case "today": return env.today === undefined ? null : { day: env.today };
      case "rowKey": return row?.key ?? null;
      case "question": return states[a].term;
      case "column": return row?.cells[a].term ?? null;
      case "total": return states[a].totals[b] ?? null;
      case "cell": return cell(a, b, c)?.term ?? null;
      case "part": return part(states[a], b);
      case "columnSum": return !states[a].shown ? null
        : states[a].rows.reduce((sum, own) => (holds(c, own) === true ? plus(sum, own.cells[b].term) : sum), 0n);
      case "rowCount": return !states[a].shown ? null
        : BigInt(states[a].rows.filter((own) => own.entered && (!b || holds(b, own) === true)).length) * UNIT;
      case "sum": return a.reduce((sum, each) => plus(sum, term(each, row)), 0n);
      case "min": case "max": {
        const all = a.map((each) => term(each, row));
        if (all.includes(TOO_LARGE)) return TOO_LARGE;
        return all.filter((each) => typeof each === "bigint")
          .reduce((best, each) => (best === null || (kind === "min" ? each < best : each > best) ? each : best), null);
      }
      case "empty": return null;
      default: return arithmetic(kind, term(a, row), term(b, row));
    }
  }

  function part(state, name) {
    if (name === "lignes") return state.shown ? BigInt(state.rows.filter((row) => row.entered).length) * UNIT : null;
    if (name === "debut") return state.from ?? null;
    if (name === "fin") return state.to ?? null;
    return state.from && state.to && state.from.day <= state.to.day ? BigInt(state.to.day - state.from.day + 1) * UNIT : null;
  }

  function isAnswered([kind, a, b, c], row) {
    switch (kind) {
      case "question": return states[a].answered || states[a].term !== null;
      case "column": return Boolean(row && (row.cells[a].entered || row.cells[a].term !== null));
      case "total": return states[a].rows.some((own) => own.cells[b].entered);
      case "cell": return Boolean(cell(a, b, c)?.entered);
      default: return term([kind, a, b, c], row) !== null;
    }
  }

  function holds([kind, a, b, c], row) {
    switch (kind) {
      case "constant": return a;
      case "all": case "any": {
        let result = kind === "all";
        for (const each of a) {
          const value = holds(each, row);
          if (value === null) result = null;
          else if (value !== (kind === "all")) return value;
        }
        return result;
      }
      case "not": { const value = holds(a, row); return value === null ? null : !value; }
      case "compare": return compare(term(a, row), b, term(c, row));
      case "oneOf": { const value = term(a, row); return typeof value === "string" ? b.includes(value) : null; }
      case "contains": { const value = term(a, row); return Array.isArray(value) ? value.includes(b) : null; }
      case "answered": return isAnswered(a, row);
      default: {
        const value = term(a, row), known = zonings.get(b);
        return typeof value === "string" && known ? known.has(value) : null;
      }
    }
  }

  const asked = (thing, row) => suits(thing.maturities) && (!thing.shownIf || holds(thing.shownIf, row) === true);

  function rowOf(question, key) {
    const row = { key, cells: question.columns.map(() => ({ shown: false, entered: false, term: null })), entered: false };
    for (const place of question.columnOrder) {
      const column = question.columns[place], own = row.cells[place];
      own.shown = asked(column, row);
      if (!own.shown) continue;
      if (column.formula) own.term = term(column.formula, row);
      else Object.assign(own, read(column, `${question.key}.${key}.${column.key}`, fields, attached));
      if (own.entered) row.entered = true;
    }
    return row;
  }

  for (const node of schema.order) {
    if (node < sections) shownSections[node] = asked(schema.sections[node]);
    if (node < sections) continue;
    const question = schema.questions[node - sections], state = states[node - sections];
    state.shown = shownSections[question.section] && asked(question);
    if (!state.shown) continue;
    if (question.formula) state.term = term(question.formula);
    else if (question.columns) {
      const keys = question.rows ?? (fields.get(`${question.key}.lignes`) ?? []).filter(Boolean);
      state.rows = [...new Set(keys)].map((key) => rowOf(question, key));
      state.answered = state.rows.some((row) => row.entered);
      state.totals = question.columns.map((_, i) => state.rows.reduce((sum, row) => plus(sum, row.cells[i].term), 0n));
    } else Object.assign(state, read(question, question.key, fields, attached));
  }
  const required = schema.questions.map((question, i) => states[i].shown
    && (question.required === true || (Array.isArray(question.required) && holds(question.required) === true)));
  const violated = schema.rules.map((rule) => (!rule.when || holds(rule.when) === true) && holds(rule.condition) === false);
  return { sections: shownSections, questions: states, required, violated };
}

const written = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 6 });
const STYLES = { money: { style: "currency", currency: "EUR" }, percent: { style: "percent", maximumFractionDigits: 1 } };
const show = (term, unit) => (typeof term !== "bigint" ? ""
  : (STYLES[unit] ? new Intl.NumberFormat("fr-FR", STYLES[unit]) : written).format(Number(term) / 1e6));

function attach(form) {
  const schema = JSON.parse(document.getElementById(form.dataset.formSchema).textContent);
  // Answers the form does not show but its rules may read: [name, value] pairs.
  const elsewhere = form.dataset.formAnswers ? JSON.parse(document.getElementById(form.dataset.formAnswers).textContent) : [];
  const place = new Map(schema.questions.map((question, i) => [question.key, i]));
  const set = (element, name, value) => { if (element[name] !== value) element[name] = value; };

  const update = () => {
    const fields = new Map();
    for (const [name, value] of [...elsewhere, ...new FormData(form)]) {
      if (typeof value === "string") fields.set(name, [...(fields.get(name) ?? []), value]);
    }
    const attached = new Set([...form.querySelectorAll("[data-attached]")].map((element) => element.dataset.attached));
    const state = evaluate(schema, fields, attached);
    const find = (key, row, column) => {
      const i = place.get(key), own = state.questions[i], question = schema.questions[i];
      const number = question?.columns?.findIndex((known) => known.key === (column ?? row)) ?? -1;
      if (row === undefined) return [own, question];
      if (column === undefined) return [{ term: own?.totals[number] }, question?.columns?.[number]];
      return [own?.rows.find((known) => known.key === row)?.cells[number], question?.columns?.[number]];
    };
    for (const element of form.querySelectorAll("[data-section], [data-question], [data-cell], [data-output], [data-rule]")) {
      const { section, question, cell, output, rule } = element.dataset;
      if (section) set(element, "hidden", !state.sections[schema.sections.findIndex((known) => known.key === section)]);
      if (question && place.has(question)) {
        set(element, "hidden", !state.questions[place.get(question)].shown);
        element.toggleAttribute("data-required", state.required[place.get(question)]);
      }
      if (cell) set(element, "hidden", !find(...cell.split("."))[0]?.shown);
      if (rule) set(element, "hidden", !state.violated[schema.rules.findIndex((known) => known.key === rule)]);
      if (output) {
        const [own, thing] = find(...output.split("."));
        set(element, "textContent", show(own?.term ?? null, thing?.unit ?? thing?.kind));
      }
    }
  };
  let waiting = 0;
  const later = () => { waiting ||= requestAnimationFrame(() => { waiting = 0; update(); }); };
  for (const event of ["input", "change", "reset"]) form.addEventListener(event, later);
  update();
}

if (typeof document !== "undefined") for (const form of document.querySelectorAll("form[data-form-schema]")) attach(form);

// Reads numbers, amounts and dates as people type them in French, as the server does (FrenchReading in Sources/Forms).
// Loaded before form.js, which finds it as `frenchText`: served names hold a hash, so modules cannot import one another.
// A number is a BigInt of millionths, a date { day } since 1970-01-01; what is not understood is null.

const LIMIT = 1000000n * 1000000000000n;
const BLANK = /[\s\u200B]+/gu;
const line = (text) => (text ?? "").replace(/\r\n?|\n/gu, " ").replace(/[^\P{Cc}\t]/gu, "").replace(/^[\s\u200B]+|\s+$/gu, "");

function readNumber(text, refusesThree = true) {
  const plain = text.replace(BLANK, " ").trim().replace(/^−/u, "-");
  const negative = plain.startsWith("-"), body = (negative ? plain.slice(1) : plain).trim();
  if (!/^[0-9][0-9 .,]*$/u.test(body) || text.length > 64) return null;
  const points = body.split(".").length - 1, commas = body.split(",").length - 1;
  if (points > 1 && commas > 1) return null;
  const decimal = commas === 1 ? "," : points === 1 ? "." : null;
  const group = decimal === "," ? (points ? "." : " ") : decimal === "." ? (commas ? "," : " ") : points ? "." : commas ? "," : " ";
  const [whole, decimals = ""] = decimal ? body.split(decimal) : [body];
  const groups = whole.split(group);
  if (!groups.every((part) => /^[0-9]+$/u.test(part))) return null;
  if (groups.length > 1 && !groups.every((part, i) => (i === 0 ? part.length <= 3 : part.length === 3))) return null;
  if (decimal && !/^[0-9]{1,6}$/u.test(decimals)) return null;
  if (refusesThree && decimals.length === 3 && groups.length === 1 && !whole.includes(" ")) return null;
  const value = BigInt(groups.join("") + decimals.padEnd(6, "0"));
  return value > LIMIT ? null : negative ? -value : value;
}

function readMoney(text) {
  const match = /^(.*?)(k€|m€|€|euros|euro|eur)?$/su.exec(text.toLowerCase().replace(/[\s\u200B]+$/u, ""));
  const factor = { "k€": 1000n, "m€": 1000000n }[match[2]] ?? 1n;
  const value = readNumber(match[1], factor === 1n);
  if (value === null) return null;
  const amount = value * factor;
  return amount % 10000n !== 0n || amount > LIMIT || amount < -LIMIT ? null : amount;
}

const MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");

function readDate(text) {
  const bare = text.replace(BLANK, " ").trim().toLowerCase();
  const iso = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/u.exec(bare);
  let [, year, month, day] = iso ?? [];
  if (!iso) {
    const parts = bare.split(/[ /.-]+/u).filter(Boolean);
    if (parts.length !== 3 || text.length > 64) return null;
    day = parts[0] === "1er" ? "1" : parts[0];
    const named = { fevrier: 2, aout: 8, decembre: 12 }[parts[1]] ?? MONTHS.indexOf(parts[1]) + 1;
    month = /^[0-9]{1,2}$/u.test(parts[1]) ? parts[1] : named ? String(named) : "";
    year = /^[0-9]{2}$/u.test(parts[2]) ? `20${parts[2]}` : parts[2];
    if (!/^[0-9]{1,2}$/u.test(day) || !month || !/^[0-9]{4}$/u.test(year)) return null;
  }
  const date = new Date(0);
  date.setUTCFullYear(Number(year), month - 1, Number(day));
  return date.getUTCMonth() === month - 1 && Number(day) > 0 && Number(year) > 0 ? { day: date.getTime() / 86400000 } : null;
}

function readFlag(text) {
  const word = text.toLowerCase().replace(BLANK, "");
  return ["oui", "on", "true", "1"].includes(word) ? true : ["non", "off", "false", "0"].includes(word) ? false : null;
}

globalThis.frenchText = { line, readNumber, readMoney, readDate, readFlag };

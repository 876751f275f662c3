// Sending documents piece by piece: a bar that fills, an upload that goes on after a cut line, a button that stops it.
// <form data-upload="ADDRESS" data-upload-token="TOKEN" data-question="KEY" data-limit="BYTES"> … <input type="file">
// Without this script, the same form sends everything in one request.

const PIECE = 4 * 1024 * 1024;
const REMEMBERED = "maillage:envoi:";
const INITIAL = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
const ROUND = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

for (const form of document.querySelectorAll("form[data-upload]")) enhance(form);

function enhance(form) {
  const field = form.querySelector("input[type=file]");
  const buttons = form.querySelectorAll("[type=submit]");
  if (!field) return;
  field.addEventListener("change", () => complain(field, fault(form, field)));
  form.addEventListener("submit", async (event) => {
    const files = [...field.files];
    if (!files.length) return;
    event.preventDefault();
    const words = fault(form, field);
    complain(field, words);
    if (words) return field.focus();
    for (const button of buttons) button.disabled = true;
    const refused = [];
    let sent = "";
    for (const file of files) {
      try {
        sent = await new Sending(form, file).run();
      } catch (error) {
        if (error !== cancelled) refused.push(error.message);
      }
    }
    for (const button of buttons) button.disabled = false;
    if (!refused.length && sent) {
      location.hash = form.dataset.anchor;
      return location.reload();
    }
    complain(field, refused.join(" ") + (sent && refused.length ? " Les autres documents sont joints : rechargez la page pour les voir." : ""));
    field.focus();
  });
}

function fault(form, field) {
  const limit = Number(form.dataset.limit);
  for (const file of field.files) {
    if (file.size > limit) return `« ${file.name} » dépasse la limite de ${Math.floor(limit / 1e6)} Mo.`;
    if (!file.size) return `« ${file.name} » est vide.`;
  }
  return "";
}

function complain(field, words) {
  const id = `${field.id}-avis`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("span");
    line.id = id;
    line.className = "error";
    line.setAttribute("role", "alert");
    field.after(line);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  line.hidden = !words;
  line.textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

const cancelled = new Error("annulé");

/// Something that may be better in a moment: the line, a busy server.
class Passing extends Error {}

class Sending {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.key = [REMEMBERED + form.dataset.upload, form.dataset.question, form.elements.partenaire?.value ?? "", file.name, file.size, file.lastModified].join("|");
    this.show();
  }

  async run() {
    try {
      let state = await this.resumed() ?? await this.begin();
      for (let wait = 1; ;) {
        try {
          while (state.offset < state.size) {
            state = await this.piece(state);
            wait = 1;
          }
          this.say("Vérification…");
          const done = await this.finish(state);
          this.forget();
          return done.name;
        } catch (error) {
          if (!(error instanceof Passing)) throw error;
          this.say("La connexion est coupée. L’envoi reprendra tout seul.");
          await this.pause(wait);
          wait = Math.min(wait * 2, 20);
          state = await this.standing(state).catch((error) => {
            if (error instanceof Passing) return state;
            throw error;
          });
        }
      }
    } catch (error) {
      if (!(error instanceof Passing)) this.forget();
      throw error;
    } finally {
      this.box.remove();
    }
  }

  show() {
    this.box = document.createElement("div");
    this.box.className = "sending";
    const label = document.createElement("p");
    label.textContent = this.file.name;
    this.bar = document.createElement("progress");
    this.bar.max = this.file.size;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `Envoi de ${this.file.name}`);
    this.status = document.createElement("p");
    this.status.setAttribute("role", "status");
    const stop = document.createElement("button");
    stop.type = "button";
    stop.className = "button button-small";
    stop.textContent = "Annuler l’envoi";
    stop.addEventListener("click", () => this.cancel());
    this.box.append(label, this.bar, this.status, stop);
    this.form.append(this.box);
  }

  say(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  filled(count) {
    this.bar.value = count;
    const tenths = Math.floor((count / this.file.size) * 10) * 10;
    this.say(tenths < 100 ? `Envoi en cours : ${tenths} %` : "Vérification…");
  }

  cancel() {
    this.isCancelled = true;
    this.request?.abort();
    this.wake?.();
    if (this.state) ask("POST", this.state.address + "/abandon", { jeton: this.state.cancel_token }).catch(() => {});
    this.forget();
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* Nothing was kept. */ }
  }

  /// Where an upload of the same file stands, when it was begun before.
  async resumed() {
    let address = null;
    try { address = localStorage.getItem(this.key); } catch { return null; }
    if (!address) return null;
    try {
      const state = await this.standing({ address });
      return state.size === this.file.size ? state : null;
    } catch (error) {
      if (error instanceof Passing) throw error;
      this.forget();
      return null;
    }
  }

  async begin() {
    const values = {
      jeton: this.form.dataset.uploadToken, question: this.form.dataset.question, nom: this.file.name, taille: this.file.size,
    };
    for (const name of ["partenaire", "remplace", "date"]) {
      const value = this.form.elements[name]?.value;
      if (value) values[name] = value;
    }
    const state = await this.answered(ask("POST", this.form.dataset.upload, values, (request) => (this.request = request)));
    try { localStorage.setItem(this.key, state.address); } catch { /* A reload will begin again. */ }
    return (this.state = state);
  }

  async standing(state) {
    return (this.state = await this.answered(ask("GET", state.address, null, (request) => (this.request = request))));
  }

  async piece(state) {
    const bytes = this.file.slice(state.offset, Math.min(state.offset + PIECE, state.size));
    return (this.state = await this.answered(send(state, bytes, (request) => (this.request = request),
      (count) => this.filled(state.offset + count))));
  }

  async finish(state) {
    const sha256 = await digest(this.file, () => this.isCancelled);
    return this.answered(ask("POST", state.address, { jeton: state.token, sha256 }, (request) => (this.request = request)));
  }

  async answered(asked) {
    // A request that was stopped has nobody left to tell.
    asked.catch(() => {});
    if (this.isCancelled) throw cancelled;
    let answer;
    try {
      answer = await asked;
    } catch {
      throw this.isCancelled ? cancelled : new Passing();
    }
    if (this.isCancelled) throw cancelled;
    const { status, body } = answer;
    // A conflict says where the server stands: the upload goes on from there.
    if (status < 300 || (status === 409 && body.offset !== undefined)) return body;
    if (status === 409 || status === 429 || status >= 502) throw new Passing();
    throw new Error(body.message ?? body.detail ?? "L’envoi a été refusé : rechargez la page et réessayez.");
  }

  pause(seconds) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        removeEventListener("online", end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1000);
      addEventListener("online", end);
      this.wake = end;
    });
  }
}

/// A form, or nothing, answered in JSON.
function ask(method, address, values, hold = () => {}) {
  return exchange((request) => {
    hold(request);
    request.open(method, address);
    request.setRequestHeader("Accept", "application/json");
    if (!values) return request.send();
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.send(new URLSearchParams(values).toString());
  });
}

function send(state, bytes, hold, progress) {
  return exchange((request) => {
    hold(request);
    request.open("PATCH", state.address);
    request.setRequestHeader("Upload-Offset", String(state.offset));
    request.setRequestHeader("X-Maillage-Token", state.token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.send(bytes);
  });
}

function exchange(start) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.timeout = 120_000;
    for (const name of ["error", "abort", "timeout"]) request.addEventListener(name, () => reject(new Error(name)));
    request.addEventListener("load", () => {
      let body = {};
      try { body = JSON.parse(request.responseText || "{}"); } catch { /* A page of the site: its status says enough. */ }
      resolve({ status: request.status, body });
    });
    start(request);
  });
}

/// SHA-256 (FIPS 180-4) of a file, read piece by piece: the browser's own would need it whole in memory.
async function digest(file, isStopped) {
  const state = new Int32Array(INITIAL);
  const words = new Int32Array(64);
  let rest = new Uint8Array(0);
  for (let place = 0; place < file.size; place += PIECE) {
    if (isStopped()) throw cancelled;
    const bytes = new Uint8Array(await file.slice(place, place + PIECE).arrayBuffer());
    const block = new Uint8Array(rest.length + bytes.length);
    block.set(rest);
    block.set(bytes, rest.length);
    const whole = block.length - (block.length % 64);
    compress(state, words, block, whole);
    rest = block.slice(whole);
  }
  const tail = new Uint8Array(rest.length < 56 ? 64 : 128);
  tail.set(rest);
  tail[rest.length] = 0x80;
  new DataView(tail.buffer).setUint32(tail.length - 8, Math.floor(file.size / 0x20000000));
  new DataView(tail.buffer).setUint32(tail.length - 4, (file.size * 8) >>> 0);
  compress(state, words, tail, tail.length);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function compress(state, words, bytes, length) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let block = 0; block < length; block += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const x = words[i - 15];
      const y = words[i - 2];
      const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i += 1) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }
}

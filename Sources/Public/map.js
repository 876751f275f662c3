// The map of places: points and clusters from the server, drawn on one canvas, in step with the list beside it.
//
// <div class="map" data-map data-leaflet="URL of Leaflet's module"
//   data-lat data-lon data-zoom | data-bounds="west,south,east,north"
//   data-tiles="https://…/{z}/{x}/{y}.png" data-tiles-credit="…"   (without them: contours on a plain ground)
//   data-contours="URL of a GeoJSON file"
//   data-points="/api/v1/map/{z}/{x}/{y}"   asked with the current filters
//   data-query="service=fab"                the filters, when they are not those of the page's address
//   data-results="ID"                       the region to keep in step: the same page is asked with bbox=…
//   data-here="latitude,longitude"          one place to mark
// Rows of the list that carry data-place="ID" answer to their point, and the other way round.

const number = new Intl.NumberFormat("fr-FR");
const compact = new Intl.NumberFormat("fr-FR", { notation: "compact", maximumFractionDigits: 1 });
const tileSize = 256, units = 4096;

for (const frame of document.querySelectorAll("[data-map]")) {
  start(frame).catch(() => say(frame, "La carte n’a pas pu se charger. La liste reste à jour."));
}

async function start(frame) {
  const module = await import(new URL(frame.dataset.leaflet, document.baseURI).href);
  const L = module.default?.map ? module.default : module;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, { zoomControl: false, zoomAnimation: !calm, fadeAnimation: !calm, inertia: !calm, minZoom: 3, maxZoom: 19, attributionControl: false });
  L.control.zoom({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" }).addTo(map);
  const { tiles, tilesCredit, contours, bounds, lat, lon, zoom } = frame.dataset;
  if (tiles) {
    const credit = document.createElement("span");
    credit.textContent = tilesCredit ?? "";
    L.tileLayer(tiles, { maxZoom: 19, className: "map-tiles" }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(credit.innerHTML).addTo(map);
  }
  if (bounds) {
    const [west, south, east, north] = bounds.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { animate: false });
  } else {
    map.setView([Number(lat ?? 46.6), Number(lon ?? 2.5)], Number(zoom ?? 6), { animate: false });
  }
  if (contours) drawContours(L, map, contours);
  const layer = new Places(L, map, frame);
  if (frame.dataset.results) keepInStep(map, frame, layer);
}

/** Departments or communes as plain shapes, so that a map without tiles still shows where one is. */
async function drawContours(L, map, address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  map.createPane("contours").style.zIndex = 250;
  const style = getComputedStyle(document.documentElement);
  L.geoJSON(await answer.json(), {
    pane: "contours", interactive: false, renderer: L.canvas({ pane: "contours", padding: 0.3 }),
    style: { color: style.getPropertyValue("--edge"), weight: 1, fillColor: style.getPropertyValue("--surface"), fillOpacity: 0.9 },
  }).addTo(map);
}

class Places {
  constructor(L, map, frame) {
    Object.assign(this, { L, map, frame, tiles: new Map(), items: [], focused: null, drawing: 0 });
    this.query = frame.dataset.query ?? location.search.slice(1);
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.canvas.style.position = "absolute";
    map.getPanes().overlayPane.append(this.canvas);
    this.twin = document.createElement("ul");
    this.twin.className = "visually-hidden";
    this.twin.setAttribute("aria-label", "Lieux visibles sur la carte");
    frame.after(this.twin);

    map.on("moveend resize", () => this.load());
    map.on("move", () => this.redraw());
    // The canvas does not follow the zoom animation: better nothing for a quarter of a second than points in wrong places.
    map.on("zoomstart", () => { this.canvas.style.visibility = "hidden"; });
    map.on("zoomend", () => { this.canvas.style.visibility = ""; this.redraw(); });
    map.on("click", (event) => this.open(this.at(event.containerPoint)));
    map.on("mousemove", (event) => this.hover(this.at(event.containerPoint)));
    map.on("mouseout", () => this.hover(null));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw());
    document.addEventListener("maillage:query", (event) => this.ask(event.detail));
    this.twin.addEventListener("focusin", (event) => this.focus(event.target));
    this.twin.addEventListener("focusout", () => { this.focused = null; this.redraw(); });
    this.twin.addEventListener("keydown", (event) => this.key(event));
    this.load();
  }

  /** Another question: the points known so far answer the old one. */
  ask(query) {
    this.query = query;
    this.tiles.clear();
    this.load();
  }

  /** Asks for the tiles in view that are not known yet. */
  async load() {
    const template = this.frame.dataset.points;
    this.redraw();
    if (!template) return;
    const query = new URLSearchParams(this.query);
    for (const name of ["bbox", "page", "embed"]) query.delete(name);
    const wanted = this.visibleTiles();
    const tiles = this.tiles;
    this.request?.abort();
    const { signal } = this.request = new AbortController();
    await Promise.allSettled(wanted.filter((tile) => !tiles.has(tile.key)).map(async (tile) => {
      const path = template.replace("{z}", tile.z).replace("{x}", tile.x).replace("{y}", tile.y);
      const answer = await fetch(`${path}${query.size ? `?${query}` : ""}`, { signal });
      if (!answer.ok || tiles !== this.tiles) return;
      tiles.set(tile.key, decode(await answer.json()));
      this.redraw();
    }));
    // A long journey must not fill the memory: the oldest tiles go first.
    for (const key of tiles.keys()) { if (tiles.size <= 300) break; tiles.delete(key); }
    if (!signal.aborted) this.updateTwin();
  }

  visibleTiles() {
    const z = Math.round(this.map.getZoom()), side = 2 ** z;
    const view = this.map.getPixelBounds();
    const found = [];
    for (let y = Math.max(0, Math.floor(view.min.y / tileSize)); y <= Math.min(side - 1, Math.floor(view.max.y / tileSize)); y++) {
      for (let column = Math.floor(view.min.x / tileSize); column <= Math.floor(view.max.x / tileSize); column++) {
        const x = ((column % side) + side) % side;
        found.push({ z, x, y, column, key: `${z}/${x}/${y}` });
      }
    }
    return found;
  }

  redraw() {
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.draw());
  }

  draw() {
    const { map, canvas } = this, size = map.getSize(), ratio = Math.min(devicePixelRatio || 1, 2);
    if (canvas.width !== size.x * ratio || canvas.height !== size.y * ratio) {
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this.L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    const tokens = getComputedStyle(document.documentElement);
    const colour = Object.fromEntries(["brand", "on-brand", "accent", "surface", "focus"].map((name) => [name, tokens.getPropertyValue(`--${name}`)]));

    const origin = map.getPixelBounds().min;
    this.items = [];
    for (const tile of this.visibleTiles()) {
      for (const item of this.tiles.get(tile.key) ?? []) {
        const scale = tileSize / units;
        const x = tile.column * tileSize + item.x * scale - origin.x, y = tile.y * tileSize + item.y * scale - origin.y;
        if (x < -30 || y < -30 || x > size.x + 30 || y > size.y + 30) continue;
        this.items.push({ ...item, px: x, py: y, tile, radius: item.count > 1 ? 13 + Math.min(14, 3 * Math.log2(item.count) / 1.6) : 8 });
      }
    }
    const here = this.frame.dataset.here?.split(",").map(Number);
    if (here?.length === 2) {
      const point = map.latLngToContainerPoint(here);
      dot(context, point.x, point.y, 11, colour.accent, colour.surface);
    }
    // A few thousand arcs take some milliseconds; more are shared between frames, so that no key waits.
    const items = this.items, limit = performance.now() + 24;
    const paint = (from, until) => {
      for (let index = from; index < items.length; index++) {
        const item = items[index];
        dot(context, item.px, item.py, item.radius, item.count > 1 ? colour.brand : colour.accent, colour.surface);
        if (item.count > 1) label(context, item, colour["on-brand"]);
        if (index % 256 === 255 && performance.now() > until) {
          this.drawing = requestAnimationFrame(() => paint(index + 1, performance.now() + 24));
          return;
        }
      }
      const marked = items.find((item) => item.name === this.focused);
      if (marked) ring(context, marked, colour.focus);
    };
    paint(0, limit);
  }

  at(point) {
    let best = null, distance = Infinity;
    for (const item of this.items) {
      const away = Math.hypot(item.px - point.x, item.py - point.y);
      // Fingers are thick: small points answer within 14 pixels.
      if (away < Math.max(item.radius, 14) && away < distance) [best, distance] = [item, away];
    }
    return best;
  }

  hover(item) {
    this.frame.style.cursor = item ? "pointer" : "";
    if (this.focused === (item?.name ?? null)) return;
    this.focused = item?.name ?? null;
    for (const row of document.querySelectorAll("[data-place]")) row.classList.toggle("is-current", item?.ids?.[0] === row.dataset.place);
    this.redraw();
  }

  /** A cluster opens by zooming, a place by showing its name and a link. */
  open(item) {
    if (!item) return;
    const { map } = this;
    if (!item.ids) {
      const corner = (x, y) => map.unproject([(item.tile.column + x / units) * tileSize, (item.tile.y + y / units) * tileSize], item.tile.z);
      const centre = corner(item.x, item.y);
      if (!item.box) return map.setView(centre, Math.min(map.getZoom() + 2, 19));
      const box = this.L.latLngBounds(corner(item.box[0], item.box[3]), corner(item.box[2], item.box[1]));
      return map.setView(box.getCenter(), Math.min(Math.max(map.getBoundsZoom(box.pad(0.15)), map.getZoom() + 1), 19));
    }
    const where = map.containerPointToLatLng([item.px, item.py]);
    const body = document.createElement("div");
    body.className = "map-popup";
    for (const id of item.ids) body.append(this.describe(id));
    if (item.count > item.ids.length) body.append(Object.assign(document.createElement("p"), { textContent: `et ${number.format(item.count - item.ids.length)} autres ici` }));
    this.L.popup({ autoPanPadding: [20, 20] }).setLatLng(where).setContent(body).openOn(map);
    return body.querySelector("a");
  }

  /** The name comes at once from the list or the address, the rest when the server has answered. */
  describe(id) {
    const part = document.createElement("p");
    const title = document.createElement("strong"), link = document.createElement("a"), detail = document.createElement("span");
    link.href = `/lieux/${encodeURIComponent(id)}`;
    link.textContent = nameOf(id);
    if (document.body.classList.contains("embed")) link.target = "_top";
    title.append(link);
    part.append(title, detail);
    fetch(`/api/v1/places/${encodeURIComponent(id)}`, { headers: { Accept: "application/json" } })
      .then((answer) => answer.ok ? answer.json() : null)
      .then((place) => {
        if (!place) return;
        link.textContent = place.name;
        detail.textContent = [place.postal_code, place.commune?.name].filter(Boolean).join(" ");
      })
      .catch(() => {});
    return part;
  }

  /** The points in view as a list, for keyboards and screen readers: one stop, arrows to move, Enter to open. */
  updateTwin() {
    const held = this.twin.contains(document.activeElement) ? this.focused : null;
    const shown = [...this.items].sort((one, other) => one.py - other.py || one.px - other.px).slice(0, 100);
    this.twin.replaceChildren(...shown.map((item, index) => {
      const row = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.tabIndex = (held ? item.name === held : index === 0) ? 0 : -1;
      button.textContent = item.ids ? item.ids.map(nameOf).join(", ") : `${number.format(item.count)} lieux, zoomer`;
      button.dataset.item = item.name;
      button.addEventListener("click", () => {
        const link = this.open(this.items.find((other) => other.name === item.name));
        link?.focus?.();
      });
      row.append(button);
      return row;
    }));
    if (!held) return;
    (this.twin.querySelector(`[data-item="${CSS.escape(held)}"]`) ?? this.twin.querySelector("button"))?.focus();
  }

  focus(button) {
    this.focused = button.dataset.item ?? null;
    this.redraw();
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.twin.querySelectorAll("button")];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next?.focus();
  }
}

/** Columns of a tile as items: places (with ids), stacks of places at one address, clusters (without ids). */
function decode(tile) {
  const items = [], where = `${tile.z}/${tile.x}/${tile.y}`;
  const [px, py, ids] = tile.points ?? [[], [], []];
  for (let i = 0; i < px.length; i++) items.push({ x: px[i], y: py[i], count: 1, ids: [ids[i]], name: `p${ids[i]}` });
  const [sx, sy, sizes, members] = tile.stacks ?? [[], [], [], []];
  for (let i = 0; i < sx.length; i++) items.push({ x: sx[i], y: sy[i], count: sizes[i], ids: members[i], name: `s${members[i][0]}` });
  const [cx, cy, counts, cells, west, north, east, south] = tile.clusters ?? [[], [], []];
  for (let i = 0; i < cx.length; i++) {
    items.push({ x: cx[i], y: cy[i], count: counts[i], name: `c${where}/${cells?.[i] ?? i}`, box: west ? [west[i], north[i], east[i], south[i]] : null });
  }
  return items;
}

function dot(context, x, y, radius, fill, edge) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = edge;
  context.stroke();
}

function label(context, item, colour) {
  context.fillStyle = colour;
  context.font = "600 13px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(item.count < 1000 ? String(item.count) : compact.format(item.count), item.px, item.py + 0.5);
}

function ring(context, item, colour) {
  context.beginPath();
  context.arc(item.px, item.py, item.radius + 5, 0, 2 * Math.PI);
  context.lineWidth = 4;
  context.strokeStyle = colour;
  context.stroke();
}

function nameOf(id) {
  const row = document.querySelector(`[data-place="${CSS.escape(id)}"]`);
  return row?.querySelector("h2, h3, a")?.textContent.trim() ?? id.replaceAll("-", " ");
}

/** The list follows the map: after a move, the same page is asked with the frame of the map. */
function keepInStep(map, frame, layer) {
  let pause = 0, request = null, moved = false;
  map.on("dragstart zoomstart keydown", () => { moved = true; });
  map.on("moveend", () => {
    if (!moved) return;
    clearTimeout(pause);
    pause = setTimeout(refresh, 300);
  });
  frame.addEventListener("keydown", () => { moved = true; });

  const rows = (event, isOver) => {
    const row = event.target.closest?.("[data-place]");
    const item = row && isOver ? layer.items.find((other) => other.ids?.includes(row.dataset.place)) : null;
    layer.focused = item?.name ?? null;
    layer.redraw();
  };
  for (const [name, isOver] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.getElementById(frame.dataset.results)?.addEventListener(name, (event) => rows(event, isOver));
  }

  async function refresh() {
    const region = document.getElementById(frame.dataset.results);
    if (!region) return;
    const view = map.getBounds(), address = new URL(location.href);
    address.searchParams.set("bbox", [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((side) => side.toFixed(4)).join(","));
    address.searchParams.delete("page");
    request?.abort();
    request = new AbortController();
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(region.id);
      if (!fresh) throw new Error("no results region");
      region.replaceChildren(...fresh.childNodes);
      history.replaceState(null, "", address);
      say(frame, region.querySelector(".results-head")?.firstElementChild?.textContent.trim() ?? "Liste mise à jour");
      layer.updateTwin();
    } catch (error) {
      if (error.name === "AbortError") return;
      say(frame, "La liste n’a pas pu suivre la carte\u202F: la connexion a manqué.");
    }
    region.removeAttribute("aria-busy");
  }
}

/** One voice per map: polite, and visible only when the page has a place for it. */
function say(frame, text) {
  let voice = frame.parentElement.querySelector(".map-status");
  if (!voice) {
    voice = document.createElement("p");
    voice.className = "map-status visually-hidden";
    voice.setAttribute("role", "status");
    frame.after(voice);
  }
  voice.textContent = text;
}

// The map of places: points and clusters from the server, drawn on one canvas, in step with the list beside it.
//
// <div class="map" data-map data-leaflet="URL of Leaflet's module"
//   data-lat data-lon data-zoom | data-bounds="west,south,east,north"
//   data-tiles="https://…/{z}/{x}/{y}.png" data-tiles-credit="…"   (without them: contours on a plain ground)
//   data-contours="/carte/contours.json"    départements, and near the ground the communes of each square (?tuile=x,y)
//   data-points="/api/v1/map/{z}/{x}/{y}"   asked with the current filters
//   data-colour="#rrggbb" data-ink="#fff"   circles in the colour of the site around
//   data-query="service=fab"                the filters, when they are not those of the page's address
//   data-results="ID"                       the region to keep in step: the same page is asked with bbox=…
//   data-here="latitude,longitude"          one place to mark
// Rows of the list that carry data-place="ID" (the id of the place, as in the API) answer to their point, and the other way round.
// What the server drew inside (an SVG and links to move it) stays until Leaflet is there, and when it never comes.

const number = new Intl.NumberFormat("fr-FR");
const compact = new Intl.NumberFormat("fr-FR", { notation: "compact", maximumFractionDigits: 1 });
const tileSize = 256, units = 4096;

for (const frame of document.querySelectorAll("[data-map][data-leaflet]")) {
  start(frame).catch(() => say(frame, "La carte n’a pas pu se charger. La liste reste à jour."));
}

async function start(frame) {
  const module = await import(new URL(frame.dataset.leaflet, document.baseURI).href);
  // Debian ships Leaflet as a classic script, which leaves its name on the window.
  const L = module.map ? module : module.default?.map ? module.default : globalThis.L;
  const drawn = [...frame.childNodes];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const node of drawn) node.remove();
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

/** Plain shapes under the points, so that a map without tiles still shows where one is: départements at once, communes when near. */
async function drawContours(L, map, address) {
  map.createPane("contours").style.zIndex = 250;
  const renderer = L.canvas({ pane: "contours", padding: 0.3 });
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const add = async (url, style) => {
    const answer = await fetch(url);
    if (!answer.ok) return null;
    const { scale, items } = await answer.json();
    const group = L.layerGroup();
    for (const item of items) L.polygon(rings(item.shape, scale), { pane: "contours", interactive: false, renderer, ...style() }).addTo(group);
    return group.addTo(map);
  };
  const ground = await add(address, () => ({ color: token("--edge"), weight: 1, fillColor: token("--surface"), fillOpacity: 0.9 }));

  const near = 9, squares = new Map();
  const detail = async () => {
    const isNear = map.getZoom() >= near + 1;
    if (isNear) {
      const view = map.getBounds().pad(0.1), [first, last] = [view.getNorthWest(), view.getSouthEast()].map((corner) => map.project(corner, near).divideBy(tileSize).floor());
      for (let y = first.y; y <= last.y; y++) {
        for (let x = first.x; x <= last.x; x++) {
          const key = `${x},${y}`;
          if (squares.has(key) || x < 0 || y < 0) continue;
          squares.set(key, null);
          const group = await add(`${address}?tuile=${key}`, () => ({ color: token("--line"), weight: 1, fill: false })).catch(() => null);
          squares.set(key, group);
        }
      }
    }
    for (const group of squares.values()) if (group) isNear ? group.addTo(map) : group.remove();
  };
  map.on("moveend", detail);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    ground?.eachLayer((shape) => shape.setStyle({ color: token("--edge"), fillColor: token("--surface") }));
    for (const group of squares.values()) group?.eachLayer((shape) => shape.setStyle({ color: token("--line") }));
  });
  await detail();
}

/** Whole numbers, each corner as its difference from the one before, as latitudes and longitudes. */
function rings(shape, scale) {
  return shape.map((polygon) => polygon.map((ring) => {
    const corners = [];
    let longitude = 0, latitude = 0;
    for (let i = 0; i + 1 < ring.length; i += 2) {
      longitude += ring[i];
      latitude += ring[i + 1];
      corners.push([latitude / scale, longitude / scale]);
    }
    return corners;
  }));
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
    const { colour: own, ink } = this.frame.dataset;
    if (own) Object.assign(colour, { brand: own, accent: own, "on-brand": ink ?? colour["on-brand"], surface: ink === "#000000" ? ink : colour.surface });

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
    item.ids.forEach((id, rank) => body.append(this.describe(id, item.names?.[rank])));
    if (item.count > item.ids.length) body.append(Object.assign(document.createElement("p"), { textContent: `et ${number.format(item.count - item.ids.length)} autres ici` }));
    this.L.popup({ autoPanPadding: [20, 20] }).setLatLng(where).setContent(body).openOn(map);
    return body.querySelector("a");
  }

  /** The name comes at once with the point, the rest when the server has answered. */
  describe(id, name) {
    const part = document.createElement("div"), address = `/carte/lieux/${encodeURIComponent(id)}`;
    const aim = () => { if (document.body.classList.contains("embed")) for (const link of part.querySelectorAll("a")) link.target = "_top"; };
    const title = document.createElement("strong"), link = document.createElement("a");
    link.href = address;
    link.textContent = name ?? nameOf(id);
    title.append(link);
    part.append(title);
    aim();
    fetch(address, { headers: { "X-Maillage-Part": "lieu" } })
      .then((answer) => answer.ok ? answer.text() : null)
      .then((text) => {
        if (!text) return;
        const held = part.contains(document.activeElement);
        part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
        aim();
        if (held) part.querySelector("a")?.focus();
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
      button.textContent = item.ids ? item.ids.map((id, rank) => item.names?.[rank] ?? nameOf(id)).join(", ") : `${number.format(item.count)} lieux, zoomer`;
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
  const [px, py, ids, names] = tile.points ?? [[], [], []];
  for (let i = 0; i < px.length; i++) items.push({ x: px[i], y: py[i], count: 1, ids: [ids[i]], names: names && [names[i]], name: `p${ids[i]}` });
  const [sx, sy, sizes, members, called] = tile.stacks ?? [[], [], [], []];
  for (let i = 0; i < sx.length; i++) items.push({ x: sx[i], y: sy[i], count: sizes[i], ids: members[i], names: called?.[i], name: `s${members[i][0]}` });
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
  return row?.querySelector("h2, h3, a")?.textContent.trim() ?? "Un lieu";
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
    address.searchParams.set("bbox", [Math.max(view.getWest(), -180), view.getSouth(), Math.min(view.getEast(), 180), view.getNorth()].map((side) => side.toFixed(4)).join(","));
    address.searchParams.delete("page");
    request?.abort();
    request = new AbortController();
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html", "X-Maillage-Part": region.id }, signal: request.signal });
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

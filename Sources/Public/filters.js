// Facets that answer at once: the form is sent when a box changes, and only the results are replaced.
// <form data-filters="ID of the results region" method="get">; the page works the same without this script.
// Tells the map about the new question with the event "maillage:query" on the document.

for (const form of document.querySelectorAll("form[data-filters]")) enhance(form);

function enhance(form) {
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  form.append(voice);
  let pause = 0, request = null;

  const question = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && value !== "") query.append(name, value);
    // The frame of the map is not a field: it stays while filters change.
    const frame = new URLSearchParams(location.search).get("bbox");
    if (frame && !query.has("bbox")) query.set("bbox", frame);
    return query;
  };

  const refresh = async () => {
    const region = document.getElementById(form.dataset.filters);
    if (!region) return form.requestSubmit();
    const query = question();
    const address = new URL(form.action);
    address.search = query;
    request?.abort();
    request = new AbortController();
    region.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: request.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(region.id);
      if (!fresh) throw new Error("no results region");
      region.replaceChildren(...fresh.childNodes);
      updateCounts(page);
      history.replaceState(null, "", address);
      voice.textContent = region.querySelector(".results-head")?.firstElementChild?.textContent.trim() ?? "Résultats mis à jour";
      // An address was made a point by the server: the map asks with the point.
      const asked = page.querySelector("[data-map]")?.dataset.query ?? String(query);
      document.dispatchEvent(new CustomEvent("maillage:query", { detail: asked }));
      region.removeAttribute("aria-busy");
    } catch (error) {
      if (error.name === "AbortError") return;
      region.removeAttribute("aria-busy");
      form.requestSubmit();
    }
  };

  // Counts change, boxes do not: the focus stays where it was.
  const updateCounts = (page) => {
    for (const box of form.querySelectorAll(".choice input[value]")) {
      const count = box.parentElement.querySelector(".count");
      if (!count) continue;
      const same = [...page.querySelectorAll(`form[data-filters] input[name="${CSS.escape(box.name)}"]`)]
        .find((other) => other.value === box.value);
      const fresh = same?.parentElement.querySelector(".count");
      if (fresh) count.replaceChildren(...fresh.childNodes); else count.textContent = "0";
    }
  };

  form.addEventListener("change", () => {
    clearTimeout(pause);
    pause = setTimeout(refresh, 250);
  });
}

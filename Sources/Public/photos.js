// Sending a photo: says at once what the server would say after the wait, and that it is on its way.
// <form enctype="multipart/form-data"> … <input type="file"> … <span data-sending="words">

const LARGEST = 10_000_000;
const KINDS = ["image/jpeg", "image/png", "image/webp"];

for (const field of document.querySelectorAll("form[enctype] input[type=file]")) {
  const form = field.form;
  const status = form.querySelector("[data-sending]");

  const fault = () => {
    const file = field.files[0];
    if (!file) return "";
    if (file.type && !KINDS.includes(file.type)) return "Ce fichier n’est ni un JPEG, ni un PNG, ni un WebP.";
    if (file.size > LARGEST) return "Cette photo est trop lourde\u202f: la limite est de 10\u00a0Mo.";
    return "";
  };
  const show = (words) => {
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
    field.toggleAttribute("aria-invalid", false);
    if (words) field.setAttribute("aria-invalid", "true");
  };
  field.addEventListener("change", () => show(fault()));
  form.addEventListener("submit", (event) => {
    const words = fault();
    show(words);
    if (words) {
      event.preventDefault();
      field.focus();
    } else if (status) {
      status.textContent = status.dataset.sending;
      // Once: a second press would send it twice. Coming back with the browser's button finds it ready again.
      for (const button of form.querySelectorAll("[type=submit]")) button.disabled = true;
    }
  });
  addEventListener("pageshow", () => {
    if (status) status.textContent = "";
    for (const button of form.querySelectorAll("[type=submit]")) button.disabled = false;
  });
}

// Counts the characters of a text area that has a recommended length. Nothing is ever cut.
// <textarea data-counter="ID"> … <span id="ID" data-limit="300">

const number = new Intl.NumberFormat("fr-FR");

for (const area of document.querySelectorAll("textarea[data-counter]")) {
  const counter = document.getElementById(area.dataset.counter);
  const limit = Number(counter?.dataset.limit);
  if (!counter || !(limit > 0)) continue;

  // Read aloud only after a pause: a count at every key would cover what is being typed.
  const voice = document.createElement("span");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  counter.after(voice);
  let pause = 0;

  const update = () => {
    const length = [...area.value.replaceAll("\r\n", "\n")].length;
    const over = length - limit;
    counter.textContent = over > 0
      ? `${number.format(over)} caractère${over > 1 ? "s" : ""} de trop, sur ${number.format(limit)}`
      : `${number.format(length)} caractère${length > 1 ? "s" : ""} sur ${number.format(limit)}`;
    counter.classList.toggle("counter-over", over > 0);
    clearTimeout(pause);
    if (document.activeElement === area && (over > 0 || over > -limit / 10)) {
      pause = setTimeout(() => { voice.textContent = counter.textContent; }, 1200);
    }
  };
  area.addEventListener("input", update);
  update();
}

// The card of formal check: each row is saved as it is typed. Without this module the button saves the whole card.

const PAUSE = 700;

function rowOf(control) {
  return control.closest("[data-row]");
}

async function save(row, form) {
  const pk = row.dataset.row;
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || name.endsWith(`-${pk}`)) sent.append(name, value);
  }
  sent.append("row", pk);
  const told = row.querySelector("[data-told]");
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body: sent, redirect: "error" });
    const found = await answer.json();
    row.querySelector(`[name="read-${pk}"]`).value = found.number;
    if (answer.ok) row.querySelector(`[name="was-${pk}"]`).value = found.was;
    told.textContent = found.saved || found.conflict;
  } catch {
    told.textContent = form.dataset.unsaved;
  }
}

for (const form of document.querySelectorAll("form[data-card]")) {
  const timers = new Map();
  const queues = new Map();
  const later = (event, pause) => {
    const row = rowOf(event.target);
    if (!row) return;
    clearTimeout(timers.get(row));
    timers.set(
      row,
      setTimeout(() => {
        const before = queues.get(row) || Promise.resolve();
        queues.set(row, before.then(() => save(row, form)));
      }, pause),
    );
  };
  form.addEventListener("change", (event) => later(event, 0));
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) later(event, PAUSE);
  });
}

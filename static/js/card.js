// A card saves itself a moment after the last key; the buttons do the same without this script.
const form = document.querySelector("form[data-card]:not([data-signed])");
const PAUSE = 800;

if (form) {
  const total = form.querySelector("[data-total]");
  const saved = form.querySelector("[data-saved]");
  let timer = null;
  let running = Promise.resolve();

  const show = (answer) => {
    total.textContent = answer.total;
    saved.textContent = answer.saved;
    for (const field of form.querySelectorAll("input[inputmode=decimal]")) {
      const isWrong = Boolean(answer.errors && answer.errors[field.name]);
      field.classList.toggle("is-invalid", isWrong);
      field.setAttribute("aria-invalid", String(isWrong));
      if (isWrong) saved.textContent = `${answer.saved}. ${answer.errors[field.name][0]}`;
    }
  };

  const save = async () => {
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
      });
      if (response.ok && response.headers.get("Content-Type").startsWith("application/json")) {
        show(await response.json());
        return;
      }
      saved.textContent = form.dataset.failed;
    } catch {
      saved.textContent = form.dataset.failed;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { running = running.then(save); }, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

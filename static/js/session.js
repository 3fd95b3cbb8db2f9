// Five minutes before an official's session ends a dialog asks whether the work goes on.
const WARNING_MS = 300_000;
const dialog = document.querySelector("dialog[data-session-end]");
let timer;
let endsAt;

function wait(seconds) {
  endsAt = Date.now() + seconds * 1000;
  clearTimeout(timer);
  timer = setTimeout(() => dialog.showModal(), Math.max(0, seconds * 1000 - WARNING_MS));
}

dialog.querySelector("form[action]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  dialog.close();
  // Too late: nothing is asked of the server, which will keep the form of this page when it is sent.
  if (Date.now() >= endsAt) return;
  const form = event.target;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
  if (answer.ok) wait((await answer.json()).seconds);
});

wait(Number(dialog.dataset.sessionEnd));

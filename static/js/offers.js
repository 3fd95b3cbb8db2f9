// A step of an offer: it saves itself, keeps the text when that fails, counts characters and sums, moves rows.
import { sum } from "./offer-sums.js";

const form = document.querySelector("[data-offer-form]");
const status = document.querySelector("[data-save-status] span");
const rows = form.querySelector("[data-rows]");
const blank = form.querySelector("template[data-blank]");
const words = form.dataset;
const keptAt = `offer:${words.user}:${words.offer}:${words.key}`;
const PAUSE_MS = 1500;
const RETRIES_MS = [4000, 10_000, 30_000, 60_000];
let timer;
let failures = 0;
let isDirty = false;
let isSaving = false;
const number = form.elements.edit_number;

function say(text, link) {
  if (!text || status.textContent === text) return;
  status.textContent = text;
  if (!link) return;
  const anchor = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text });
  status.append(" ", anchor);
}

// --- what is kept in this browser ------------------------------------------------------------------

function entries() {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return [...data].filter(([, value]) => typeof value === "string");
}

function keep() {
  try {
    localStorage.setItem(keptAt, JSON.stringify(entries()));
  } catch {
    // a full or forbidden store: the page itself still holds the text
  }
}

function forget() {
  localStorage.removeItem(keptAt);
}

function restore() {
  const kept = JSON.parse(localStorage.getItem(keptAt) ?? "null");
  if (!kept) return;
  for (const [name, value] of kept) {
    if (name === "row" && rows && !rowOf(value)) addRow(value);
  }
  const known = new Set(kept.filter(([name]) => name === "row").map(([, value]) => value));
  if (blank) rows.querySelectorAll("[data-row]").forEach((row) => known.has(row.dataset.row) || row.remove());
  for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
  for (const [name, value] of kept) put(name, value);
  say(words.restored);
  changed();
}

function put(name, value) {
  const input = name === "row" ? null : form.elements[name];
  if (!(input instanceof HTMLElement)) return;
  if (input.type === "checkbox") input.checked = value === true || value === "on";
  else input.value = value;
  count(input);
}

// --- saving -----------------------------------------------------------------------------------------

function changed() {
  isDirty = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE_MS);
}

async function save() {
  if (isSaving || !isDirty) return isSaving ? false : true;
  isSaving = true;
  isDirty = false;
  say(words.saving);
  const sent = new Map(entries());
  let isStored = false;
  try {
    const answer = await fetch(words.autosave, { method: "POST", body: new FormData(form), redirect: "manual" });
    isStored = await taken(answer, sent);
  } catch {
    failed();
  }
  isSaving = false;
  if (isDirty && isStored) changed();
  return isStored;
}

async function taken(answer, sent) {
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    isDirty = true;
    keep();
    say(words.loggedOut, { href: `${words.login}?next=${encodeURIComponent(location.pathname)}`, text: words.logIn });
    return false;
  }
  if (answer.status === 409) {
    say((await answer.json()).refused.join(" "));
    return false;
  }
  if (!answer.ok) {
    failed();
    return false;
  }
  const told = await answer.json();
  failures = 0;
  number.value = told.number;
  if (!isDirty) forget();
  takeIn(told, sent);
  say(told.conflicts ? words.conflict : [told.merged, told.saved].filter(Boolean).join(" "));
  return true;
}

function failed() {
  isDirty = true;
  keep();
  say(words.offline);
  clearTimeout(timer);
  timer = setTimeout(save, RETRIES_MS[Math.min(failures++, RETRIES_MS.length - 1)]);
}

// What others wrote: into inputs that have not been touched since they were sent, and as new rows.
function takeIn(told, sent) {
  for (const [id, html] of Object.entries(told.rows ?? {})) {
    const parsed = new DOMParser().parseFromString(html, "text/html").querySelector("[data-row]");
    if (parsed && rows && !rowOf(id)) rows.append(document.adoptNode(parsed));
  }
  for (const [name, value] of Object.entries(told.fields ?? {})) {
    const input = form.elements[name];
    if (input instanceof HTMLElement && input.type !== "checkbox" && (sent.get(name) ?? "") === input.value) put(name, value ?? "");
  }
  if (blank && told.order && !isDirty) {
    rows.querySelectorAll("[data-row]").forEach((row) => told.order.includes(row.dataset.row) || row.remove());
    for (const id of told.order) rows.append(rowOf(id));
  }
  if (told.order) renumber();
  sum(form);
}

// --- rows -------------------------------------------------------------------------------------------

function rowOf(id) {
  return rows.querySelector(`[data-row="${CSS.escape(id)}"]`);
}

function addRow(id) {
  const copy = document.createElement("template");
  copy.innerHTML = blank.innerHTML.replaceAll("__ID__", id);
  rows.append(copy.content);
  renumber();
  return rowOf(id);
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function renumber() {
  if (!blank) return;
  rows.querySelectorAll("[data-row]").forEach((row, n) => {
    row.querySelector("[data-row-title]").textContent = `${rows.dataset.rowLabel} ${n + 1}`;
  });
}

function act(button) {
  const [verb, id] = button.value.split(":");
  if (verb === "add") {
    const added = addRow(newId());
    added.querySelector("select, input:not([type=hidden]), textarea").focus();
  } else {
    const row = rowOf(id);
    const after = row.nextElementSibling;
    if (verb === "remove") row.remove();
    if (verb === "up") row.previousElementSibling?.before(row);
    if (verb === "down") after?.after(row);
    const here = verb === "remove" ? (after ?? form.querySelector("[data-add]")) : button;
    here.focus();
  }
  renumber();
  sum(form);
  changed();
}

// --- characters -------------------------------------------------------------------------------------

function count(input) {
  const shown = document.getElementById(`${input.id}-c`);
  if (!shown) return;
  const limit = Number(input.dataset.limit);
  shown.querySelector("[data-used]").textContent = input.value.length.toLocaleString("pl-PL");
  shown.classList.toggle("is-over", input.value.length > limit);
}

// --- wiring -----------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  count(event.target);
  sum(form);
  changed();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=act]");
  if (!button || !rows || button.value === "next") return;
  event.preventDefault();
  act(button);
});

// The button saves the same way first, so that an expired session costs no text.
form.addEventListener("submit", async (event) => {
  if (!isDirty && !isSaving) return;
  event.preventDefault();
  const { submitter } = event;
  clearTimeout(timer);
  while (isSaving) await new Promise((resolve) => setTimeout(resolve, 100));
  if ((await save()) && !isDirty) form.requestSubmit(submitter);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && isDirty) save();
});

restore();
sum(form);

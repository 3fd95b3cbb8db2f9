// Names for what scripts of the admin put in the place of a plain field.

// The text editor writes a style sheet into the page unless it finds one, and the policy would refuse it. Ours is in
// desk.css; this element of no known language stands in for it.
const standIn = document.createElementNS("about:blank", "style");
standIn.setAttribute("data-tiptap-style", "");
document.head.append(standIn);

// The text editor names its tools in English only.
const TOOLS = {
  paragraph: "styl akapitu",
  "heading 3": "śródtytuł",
  "heading 4": "mniejszy śródtytuł",
  "unordered list": "lista punktowana",
  "ordered list": "lista numerowana",
  "list properties": "ustawienia listy",
  bold: "pogrubienie",
  italic: "pochylenie",
  "insert link": "wstaw link",
  "remove link": "usuń link",
  undo: "cofnij",
  redo: "ponów",
};

function nameTools(root) {
  if (document.documentElement.lang !== "pl") return;
  for (const tool of root.querySelectorAll(".prose-menubar__button[title]")) {
    const word = TOOLS[tool.title.toLowerCase()];
    if (!word) continue;
    tool.title = word;
    tool.setAttribute("aria-label", word);
  }
  for (const style of root.querySelectorAll(".prose-menubar__option > *")) {
    const word = style.localName === "p" ? "zwykły akapit" : TOOLS[style.textContent.trim().toLowerCase()];
    if (word && style.textContent !== word) style.textContent = word;
  }
}

function labelOf(control) {
  const label = control.id && document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  if (label) label.id ||= `${control.id}_label`;
  return label;
}

// The text editor: the label of the field it replaces names it and leads to it.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const box = editor.view.dom;
  const frame = box.closest(".prose-editor") || box.parentElement;
  nameTools(frame);
  // the tools come after the editor, and the list of styles shows the chosen one anew after every click
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: ["title"] };
  new MutationObserver(() => nameTools(frame)).observe(frame, changes);
  const label = labelOf(textarea);
  if (label) {
    box.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => box.focus());
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) box.setAttribute(name, textarea.getAttribute(name));
  }
  // A link of the error summary leads to the hidden field: it goes on to the editor.
  textarea.addEventListener("focus", () => box.focus());
});

// The list that is searched while typing: its box shows only the chosen value.
function nameSearchList(select) {
  const box = select.parentElement.querySelector(".select2-selection");
  const label = labelOf(select);
  if (!box || !label) return;
  const shown = box.querySelector(".select2-selection__rendered");
  shown.removeAttribute("role");
  shown.removeAttribute("aria-readonly");
  shown.removeAttribute("title");
  box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  label.addEventListener("click", () => box.focus());
}

function nameSearchLists(root) {
  root.querySelectorAll("select.admin-autocomplete").forEach(nameSearchList);
}

// The lists are put in when jQuery is ready, which may be after the page has loaded: this waits in the same queue.
window.addEventListener("load", () => window.django?.jQuery?.(() => nameSearchLists(document)));
document.addEventListener("formset:added", ({ target }) => setTimeout(() => nameSearchLists(target)));

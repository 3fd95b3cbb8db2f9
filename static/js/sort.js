// Choosing an order shows it at once; without JavaScript there is a button.
for (const select of document.querySelectorAll("form[data-autosubmit] select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// The error summary takes the focus when the page comes back with mistakes.
const summary = document.querySelector(".esum");
if (summary) summary.focus();

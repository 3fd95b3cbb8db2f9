// Sums of the costs as they are typed. The server counts them anew; these only spare the waiting.
const written = new Intl.NumberFormat("pl-PL", { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: "always" });

function grosze(text) {
  const plain = text.replace(/[\s\u00a0\u202f]|zł/g, "").replace(",", ".");
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : 0;
}

function thousandths(text) {
  const plain = text.replace(/\s/g, "").replace(",", ".");
  return /^\d{1,9}(\.\d{1,3})?$/.test(plain) ? Math.round(Number(plain) * 1000) : 0;
}

function zloty(amount) {
  return `${written.format(amount / 100)}\u00a0zł`;
}

function field(row, name) {
  return row.querySelector(`[name$=".${name}"]`)?.value ?? "";
}

function sumYears(row) {
  return [...row.querySelectorAll('[name*=".years."]')].reduce((all, input) => all + grosze(input.value), 0);
}

export function sum(form) {
  const band = document.querySelector("[data-sums]");
  if (!band) return;
  const shown = (name) => band.querySelector(`[data-sum="${name}"]`);
  if (form.dataset.key === "costs") {
    let total = 0;
    let admin = 0;
    for (const row of form.querySelectorAll("[data-row]")) {
      const value = Math.round((grosze(field(row, "unit_cost")) * thousandths(field(row, "quantity"))) / 1000);
      row.querySelector("[data-value]").textContent = zloty(value);
      total += value;
      if (field(row, "place") === "admin") admin += value;
    }
    shown("total").textContent = zloty(total);
    meter(band, "admin", total ? (admin * 100) / total : 0, Number(band.dataset.maxAdmin), (share, most) => share > most);
  }
  if (form.dataset.key === "split") {
    for (const row of form.querySelectorAll("[data-row]")) row.querySelector("[data-value]").textContent = zloty(sumYears(row));
  }
  if (form.dataset.key === "sources") {
    const value = (name) => grosze(form.elements[name]?.value ?? "");
    const total = Math.round(Number(band.dataset.total) * 100);
    const own = value("own_financial") + value("own_in_kind");
    shown("grant").textContent = zloty(value("grant"));
    band.querySelector('[data-meter="grant"]').classList.toggle("is-over", Boolean(band.dataset.maxGrant) && value("grant") > Number(band.dataset.maxGrant) * 100);
    meter(band, "own", total ? (own * 100) / total : 0, Number(band.dataset.minOwn), (share, least) => share < least);
    agree(form, total, value("grant") + own + value("fees"));
  }
}

function meter(band, name, share, limit, isBroken) {
  band.querySelector(`[data-sum="${name}"]`).textContent = `${written.format(share)}%`;
  band.querySelector(`[data-meter="${name}"]`).classList.toggle("is-over", limit > 0 && isBroken(share, limit));
}

function agree(form, costs, sources) {
  const line = form.querySelector("[data-agree]");
  if (!line) return;
  line.textContent = costs === sources ? line.dataset.equal : line.dataset.differs.replace("%s", zloty(Math.abs(costs - sources)));
  line.closest(".note").classList.toggle("note-ok", costs === sources);
}

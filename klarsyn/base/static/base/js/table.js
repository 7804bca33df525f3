// Sorting for tables marked data-sortable; without JavaScript they stay as they were written.
// A cell sorts by data-value if it has one (numbers), else by its text in the page's language.
const collator = new Intl.Collator(document.documentElement.lang || "sv", { numeric: true });

function valueOf(row, at) {
  const cell = row.cells[at];
  const value = cell.dataset.value;
  return value === undefined ? cell.textContent.trim() : value === "" ? null : Number(value);
}

function compare(a, b) {
  if (a === null || b === null) return 0;
  return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
}

function sort(table, header, at) {
  const down = header.getAttribute("aria-sort") === "ascending";
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row, at) }));
  // What has no value stands last whichever way the rest goes.
  rows.sort((a, b) => (a.value === null) - (b.value === null) || (down ? -1 : 1) * compare(a.value, b.value));
  body.append(...rows.map(({ row }) => row));
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  [...table.tHead.rows[0].cells].forEach((header, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "k-sort";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sort(table, header, at));
  });
}

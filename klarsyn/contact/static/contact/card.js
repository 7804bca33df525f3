// A scanned card carries its code after the # of the address, which no server sees: into the field, out of the history.
const field = document.querySelector("[data-from-fragment]");
if (field && /^#[0-9]{25}$/.test(location.hash)) {
  field.value = location.hash.slice(1).replace(/(\d{5})(?=\d)/g, "$1 ");
  history.replaceState(null, "", location.pathname);
}

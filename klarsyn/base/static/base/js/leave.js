// Quick exit: with JavaScript the page also leaves the history, and Esc three times does the same as the button.
// Without it the button is a link to the same address, and for three minutes a cookie keeps Back from leading here.
const leave = document.getElementById("leave");
if (leave) {
  const go = () => {
    document.documentElement.hidden = true;
    document.dispatchEvent(new Event("leaving"));
    window.location.replace(leave.href);
  };
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => event.timeStamp - at < 1500), event.timeStamp];
    if (presses.length >= 3) go();
  });
}
document.querySelector("[data-focus]")?.focus();

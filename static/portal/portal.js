// Small comforts; every page works without them. One listener on the document, so parts that htmx swaps in need no setup.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-theme-toggle]")) {
    const root = document.documentElement;
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.bsTheme);
    } catch {
      // storage may be shut off; the choice then lasts as long as the page
    }
  }
  if (event.target.closest("[data-print]")) window.print();
});

// A choice that changes what else there is to choose sends its form at once; a box for all ticks each.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  const { tickAll } = event.target.dataset;
  if (tickAll) {
    event.target.form.querySelectorAll(`input[name="${tickAll}"]`).forEach((box) => (box.checked = event.target.checked));
  }
});

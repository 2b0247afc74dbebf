// Small comforts; every page works without them.
(() => {
  const root = document.documentElement;

  const dark = () => root.dataset.bsTheme === "dark";
  const toggles = document.querySelectorAll("[data-theme-toggle]");
  const show = () => {
    for (const toggle of toggles) {
      toggle.hidden = false;
      toggle.setAttribute("aria-pressed", String(dark()));
    }
  };
  for (const toggle of toggles) {
    toggle.addEventListener("click", () => {
      root.dataset.bsTheme = dark() ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.bsTheme);
      } catch {
        // storage may be shut off; the choice then lasts as long as the page
      }
      show();
    });
  }
  new MutationObserver(show).observe(root, { attributes: true, attributeFilter: ["data-bs-theme"] });
  show();

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
})();

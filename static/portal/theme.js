// Light or dark, before anything is painted: what the reader chose here last, else what their system asks for.
(() => {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be shut off
    }
  };
  const apply = () => {
    document.documentElement.dataset.bsTheme = chosen() ?? (system.matches ? "dark" : "light");
  };
  apply();
  system.addEventListener("change", apply);
})();

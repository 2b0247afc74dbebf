// What somebody typed outlives a session that ends while they type: a form that is sent is kept in this tab, and filled in again
// when the sign-in leads the same person back to it. Never passwords or files; gone with the next page that is neither.
(() => {
  const KEY = "kept-form";
  const SIGN_IN = "/sign-in";
  const who = () => document.querySelector(".account-name")?.textContent;
  const addressOf = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;

  function keep(form) {
    const kept = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && form.elements[name]?.type !== "password" && name !== "csrfmiddlewaretoken",
    );
    sessionStorage.setItem(KEY, JSON.stringify({ address: addressOf(form), who: who(), kept }));
  }

  function fill(form, kept) {
    for (const field of form.elements) {
      const values = kept.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.options) for (const option of field.options) option.selected = values.includes(option.value);
      else if (values.length && !["hidden", "password", "file", "submit"].includes(field.type)) field.value = values[0];
    }
    const note = document.createElement("p");
    note.className = "alert alert-info";
    note.setAttribute("role", "status");
    note.textContent = document.querySelector("main").dataset.kept;
    form.before(note);
  }

  function restore() {
    if (location.pathname === SIGN_IN) return;
    const { address, who: owner, kept } = JSON.parse(sessionStorage.getItem(KEY)) ?? {};
    sessionStorage.removeItem(KEY);
    const signedIn = document.referrer && new URL(document.referrer).pathname === SIGN_IN;
    if (!signedIn || owner !== who()) return;
    const form = [...document.querySelectorAll("main form[method=post]")].find((one) => addressOf(one) === address);
    if (form) fill(form, kept);
  }

  try {
    restore();
    document.addEventListener("submit", ({ target }) => {
      if (target.matches("main form[method=post]") && who()) keep(target);
    });
  } catch {
    // storage may be shut off; the form is then empty after a sign-in
  }
})();

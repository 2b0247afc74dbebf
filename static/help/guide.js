// Comforts of the guide; it reads without them. Samples become tabs, code can be copied, the contents can be searched.
const remembered = "guide-language";

const stored = () => {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null; // storage may be shut off
  }
};

// One language for all samples of the page, and of the next.
const choose = (name) => {
  for (const samples of document.querySelectorAll(".samples")) {
    for (const sample of samples.querySelectorAll(".sample")) sample.open = sample.dataset.language === name;
    for (const tab of samples.querySelectorAll("[role=tab]")) {
      const chosen = tab.dataset.language === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }
};

const tabsFor = (samples, index) => {
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Language");
  for (const sample of samples.querySelectorAll(".sample")) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.id = `tab-${index}-${sample.dataset.language}`;
    tab.dataset.language = sample.dataset.language;
    tab.textContent = sample.querySelector("summary").textContent;
    const panel = sample.querySelector(".code");
    panel.id = `panel-${index}-${sample.dataset.language}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    list.append(tab);
  }
  samples.prepend(list);
  samples.classList.add("tabbed");
};

const select = (tab) => {
  const before = tab.getBoundingClientRect().top;
  choose(tab.dataset.language);
  window.scrollBy(0, tab.getBoundingClientRect().top - before); // samples above may have changed their height
  try {
    localStorage.setItem(remembered, tab.dataset.language);
  } catch {
    // storage may be shut off; the choice then lasts as long as the page
  }
};

document.querySelectorAll(".samples").forEach(tabsFor);
const first = document.querySelector(".sample")?.dataset.language;
if (first) choose(document.querySelector(`.sample[data-language="${CSS.escape(stored() ?? first)}"]`) ? (stored() ?? first) : first);

for (const box of document.querySelectorAll(".code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  box.append(button);
}

document.addEventListener("click", async (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) select(tab);
  const copy = event.target.closest(".copy");
  if (copy) {
    try {
      await navigator.clipboard.writeText(copy.parentElement.querySelector("code").textContent);
      copy.textContent = "Copied";
    } catch {
      copy.textContent = "Press Ctrl+C";
      getSelection().selectAllChildren(copy.parentElement.querySelector("code"));
    }
    setTimeout(() => (copy.textContent = "Copy"), 2000);
  }
});

document.addEventListener("keydown", (event) => {
  const tab = event.target.closest?.("[role=tab]");
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  const tabs = [...tab.parentElement.children];
  const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
  select(next);
  next.focus();
});

// The contents: a word finds operations by method, address or what they do.
const filter = document.querySelector(".guide-filter");
if (filter) {
  filter.hidden = false;
  const input = filter.querySelector("input");
  const entries = [...document.querySelectorAll("#contents li")];
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (entry) => {
      const text = [...entry.querySelectorAll("a")].map((link) => `${link.textContent} ${link.title}`).join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    };
    document.querySelector("#contents").classList.toggle("searching", words.length > 0);
    for (const entry of entries) entry.hidden = !fits(entry);
    for (const head of document.querySelectorAll("#contents h2")) {
      head.hidden = ![...head.nextElementSibling.children].some((entry) => !entry.hidden);
    }
    filter.querySelector(".guide-none").hidden = entries.some((entry) => !entry.hidden);
  });
}

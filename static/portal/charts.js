// Charts that zoom from years to single reads. The server answers each range in steps that fit it; nothing else is loaded.
// An element with data-chart names the address of its figures, and its first range in data-start, data-end and data-against.
// With data-in-address each range is the page's address too: it can be sent, and "back" returns to the range before.
"use strict";

const DAY = 24 * 3600 * 1000;
const EARLIEST = Date.UTC(1990, 0, 1);
const PALETTES = {
  light: ["#0b7285", "#b54708", "#5f3dc4", "#2b8a3e", "#a61e4d", "#1864ab", "#846100", "#495057"],
  dark: ["#5cc3cf", "#f0a45a", "#b197fc", "#7bd88f", "#f783ac", "#74b7f7", "#e0c050", "#b8c4ca"],
};
// Lines differ by their dashes and marks as well, for those who tell no colours apart, and on paper.
const DASHES = ["solid", [12, 4], [12, 4, 3, 4], [4, 4], [20, 4], [8, 3, 2, 3, 2, 3], [2, 3], [16, 3, 3, 3]];
const MARKS = ["circle", "triangle", "rect", "diamond", "roundRect", "pin", "arrow", "emptyCircle"];

const language = document.documentElement.lang || "en";
const dates = language === "en" ? "en-GB" : language; // the day before the month, as all over the portal
const asDay = (time) => new Date(time).toISOString().slice(0, 10);
const asTime = (label) => Date.parse(label.length === 7 ? `${label}-01` : label.slice(0, 10));
const figure = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
const wordings = { month: { year: "numeric", month: "short" }, day: { day: "numeric", month: "short" } };
wordings.hour = { ...wordings.day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
wordings.read = wordings.hour;

// A label as people read it under the chart; the table has it whole.
function worded(label, step) {
  const time = Date.parse(label.length === 7 ? `${label}-01` : `${label.replace(" ", "T")}${label.length > 10 ? "Z" : ""}`);
  return new Intl.DateTimeFormat(dates, { ...wordings[step], timeZone: "UTC" }).format(time);
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

class ZoomChart {
  constructor(box) {
    this.box = box;
    this.whole = box.parentElement;
    this.source = new URL(box.dataset.chart, location.href);
    this.label = box.getAttribute("aria-label");
    const { start, end, against = "" } = box.dataset;
    this.first = { start: Date.parse(start), end: Date.parse(end), against };
    this.range = { ...this.first };
    this.note = this.whole.querySelector("[data-chart-note]");
    this.table = this.whole.querySelector("[data-chart-table]");
    this.form = document.querySelector("form[data-range]");
    this.chart = echarts.init(box, null, { renderer: "canvas" });
    this.chart.on("datazoom", () => this.zoomed());
    this.chart.getZr().on("click", (event) => this.pointed(event));
    new ResizeObserver(() => this.chart.resize()).observe(box);
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    this.whole.addEventListener("click", (event) => this.clicked(event));
    this.table?.addEventListener("toggle", () => this.tabulate());
    if ("inAddress" in box.dataset) window.addEventListener("popstate", () => this.returned());
    if (this.form?.dataset.range === "chart") {
      this.form.addEventListener("submit", (event) => this.submitted(event));
    }
    this.load();
  }

  // --- What is shown

  // The range as addresses have it.
  query() {
    return { start: asDay(this.range.start), end: asDay(this.range.end), against: this.range.against };
  }

  async load() {
    const asked = (this.asked = (this.asked || 0) + 1);
    const set = (address) => Object.entries(this.query()).forEach(([key, value]) => address.searchParams.set(key, value));
    set(this.source);
    this.whole.querySelectorAll("[data-chart-file]").forEach((link) => {
      const address = new URL(link.href);
      set(address);
      link.href = address;
    });
    this.box.setAttribute("aria-busy", "true");
    let answer;
    try {
      const response = await fetch(this.source, { headers: { Accept: "application/json" } });
      answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
    } catch (error) {
      if (asked === this.asked) this.say([error.message || this.box.dataset.failed]);
      return;
    } finally {
      if (asked === this.asked) this.box.removeAttribute("aria-busy");
    }
    if (asked !== this.asked) return; // a later range was asked for meanwhile
    this.answer = answer;
    const read = answer.series.some((one) => one.data.some((value) => value !== null));
    const present = answer.series.filter((one) => !one.before);
    const totals = present.map((one, place) => {
      const earlier = answer.series[present.length + place];
      return `${one.name}: ${one.total}${earlier ? ` · ${earlier.before}: ${earlier.total}` : ""}`;
    });
    this.say([answer.said, ...(read ? totals : [this.box.dataset.empty])]);
    this.box.setAttribute("aria-label", `${this.label}. ${answer.said}`);
    this.draw();
    this.tabulate();
  }

  say(sentences) {
    this.note?.replaceChildren(...sentences.map((text) => element("div", text)));
  }

  draw() {
    if (!this.answer) return;
    const style = getComputedStyle(document.body);
    const ink = style.color;
    const faint = getComputedStyle(document.documentElement).getPropertyValue("--bs-border-color");
    const dark = document.documentElement.dataset.bsTheme === "dark";
    const { labels, series, step } = this.answer;
    const units = [...new Set(series.map((one) => one.unit))];
    const present = series.filter((one) => !one.before).length;
    const bars = present === 1 && step !== "read";
    this.chart.setOption(
      {
        animation: false,
        color: PALETTES[dark ? "dark" : "light"],
        textStyle: { fontFamily: style.fontFamily, color: ink },
        grid: { left: 8, right: 8, top: series.length > 1 ? 56 : 32, bottom: 48, containLabel: true },
        legend: { show: series.length > 1, type: "scroll", top: 0, itemWidth: 36, textStyle: { color: ink } },
        tooltip: {
          trigger: "axis",
          renderMode: "richText",
          confine: true,
          backgroundColor: dark ? "#192226" : "#fff",
          borderColor: faint,
          textStyle: { color: ink },
          valueFormatter: (value) => (value == null ? "–" : figure.format(value)),
        },
        xAxis: {
          type: "category",
          data: labels,
          axisLabel: { color: ink, hideOverlap: true, formatter: (label) => worded(label, step) },
          axisLine: { lineStyle: { color: faint } },
        },
        yAxis: units.map((unit, place) => ({
          type: "value",
          name: unit,
          position: place ? "right" : "left",
          nameTextStyle: { color: ink },
          axisLabel: { color: ink },
          splitLine: { show: place === 0, lineStyle: { color: faint } },
        })),
        dataZoom: [
          { type: "slider", height: 18, bottom: 8, brushSelect: false, labelFormatter: "", filterMode: "none", borderColor: faint },
        ],
        series: series.map((one, place) => {
          const like = place % present; // an earlier range has the colour and the mark of the line that it stands under
          return {
            name: `${one.name} (${one.unit})`,
            type: bars && !one.before ? "bar" : "line",
            color: PALETTES[dark ? "dark" : "light"][one.before && bars ? 1 : like],
            yAxisIndex: units.indexOf(one.unit),
            data: one.data,
            connectNulls: false,
            symbol: MARKS[like],
            symbolSize: one.before ? 6 : 8,
            showAllSymbol: one.data.length < 40 ? true : "auto",
            sampling: "lttb",
            barMaxWidth: 60,
            lineStyle: { type: one.before ? "dotted" : DASHES[like], width: 2, opacity: one.before ? 0.8 : 1 },
          };
        }),
      },
      { notMerge: true },
    );
  }

  // The same figures as a table, made when it is opened.
  tabulate() {
    if (!this.table || !this.answer) return;
    const { labels, series } = this.answer;
    this.table.hidden = series.every((one) => one.data.every((value) => value === null));
    if (!this.table.open) return;
    const table = element("table", "", { class: "table table-sm table-hover" });
    table.append(element("caption", this.answer.said, { class: "visually-hidden" }));
    const heading = table.createTHead().insertRow();
    heading.append(element("th", this.box.dataset.time, { scope: "col" }));
    series.forEach((one) => heading.append(element("th", `${one.name} (${one.unit})`, { scope: "col", class: "num" })));
    const body = table.createTBody();
    labels.forEach((label, place) => {
      if (series.every((one) => one.data[place] === null)) return;
      const row = body.insertRow();
      row.append(element("th", label, { scope: "row", class: "nowrap" }));
      series.forEach((one) => {
        const value = one.data[place];
        row.append(element("td", value === null ? "–" : figure.format(value), { class: "num" }));
      });
    });
    const last = table.createTFoot().insertRow();
    last.append(element("th", this.box.dataset.total, { scope: "row" }));
    series.forEach((one) => last.append(element("td", one.total, { class: "num" })));
    this.table.querySelector(".chart-figures").replaceChildren(table);
  }

  // --- Where one goes from there

  // The last day that can be shown.
  today() {
    return Math.max(Date.parse(this.box.dataset.today) || asTime(asDay(Date.now())), this.first.end);
  }

  // Another range: shown, and kept in the address and the form.
  show(range) {
    const today = this.today();
    const start = Math.max(EARLIEST, Math.min(range.start, today));
    this.range = { against: this.range.against, ...range, start, end: Math.max(start, Math.min(range.end, today)) };
    if ("inAddress" in this.box.dataset) {
      const address = new URL(location.href);
      Object.entries(this.query()).forEach(([key, value]) => {
        if (value) address.searchParams.set(key, value);
        else address.searchParams.delete(key);
      });
      if (address.href !== location.href) history.pushState(null, "", address);
    }
    this.follow();
  }

  // "Back" and "forward" come here: the range is the address's.
  returned() {
    const asked = new URLSearchParams(location.search);
    const { start, end } = this.first;
    this.range = {
      start: Date.parse(asked.get("start")) || start,
      end: Date.parse(asked.get("end")) || end,
      against: asked.has("start") ? asked.get("against") || "" : this.first.against,
    };
    this.follow();
  }

  follow() {
    if (this.form) {
      Object.entries(this.query()).forEach(([name, value]) => {
        if (this.form.elements[name]) this.form.elements[name].value = value;
      });
    }
    this.load();
  }

  submitted(event) {
    const { start, end, against } = this.form.elements;
    if (!start.value || !end.value || start.value > end.value) return; // the server says what is wrong
    event.preventDefault();
    this.show({ start: Date.parse(start.value), end: Date.parse(end.value), against: against.value });
  }

  zoomed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.narrow(), 350);
  }

  // A window into finer steps is loaded anew, over its own range.
  narrow() {
    const { labels, step } = this.answer;
    const { start, end } = this.chart.getOption().dataZoom[0];
    if (end - start > 90 || step === "read") return;
    const last = labels.length - 1;
    this.showSteps(labels[Math.floor((start / 100) * last)], labels[Math.ceil((end / 100) * last)]);
  }

  // A step that the mouse points at opens into what it is made of; a finger is for looking at its figure.
  pointed(event) {
    if (!this.answer || this.answer.step === "read" || event.event?.zrByTouch) return;
    const at = [event.offsetX, event.offsetY];
    if (!this.chart.containPixel("grid", at)) return;
    const label = this.answer.labels[this.chart.convertFromPixel({ xAxisIndex: 0 }, event.offsetX)];
    if (label) this.showSteps(label, label);
  }

  showSteps(first, last) {
    let end = asTime(last);
    if (this.answer.step === "month") {
      const month = new Date(end);
      end = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0);
    }
    this.show({ start: asTime(first), end });
  }

  clicked(event) {
    const button = event.target.closest("button[data-days], button[data-move], button[data-reset]");
    if (!button) return;
    const { start, end } = this.range;
    const span = end - start + DAY;
    const days = Math.round(span / DAY);
    if ("reset" in button.dataset) this.show({ ...this.first });
    else if (button.dataset.days) this.show({ start: end - (Number(button.dataset.days) - 1) * DAY, end });
    else if (button.dataset.move === "out") this.show({ start: start - span, end: end + span });
    else if (button.dataset.move === "in") {
      const cut = Math.floor(days / 4) * DAY;
      this.show({ start: start + cut, end: Math.max(start + cut, end - cut) });
    } else {
      const by = button.dataset.move === "back" ? -span : Math.min(span, this.today() - end);
      this.show({ start: start + by, end: end + by });
    }
  }
}

document.querySelectorAll("[data-chart]").forEach((box) => new ZoomChart(box));

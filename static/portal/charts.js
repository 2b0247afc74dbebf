// Charts that zoom from years to single reads. The server answers each range in steps that fit it; nothing else is loaded.
// An element with data-chart names the address of its figures, and its first range in data-start and data-end.
"use strict";

const DAY = 24 * 3600 * 1000;
const PALETTE = ["#0b7285", "#c2570c", "#5f3dc4", "#2b8a3e", "#a61e4d", "#1864ab", "#846100", "#495057"];
const DASHES = ["solid", "dashed", "dotted", [10, 4, 2, 4]];

const asDay = (time) => new Date(time).toISOString().slice(0, 10);
const asTime = (label) => Date.parse(label.slice(0, 10).padEnd(10, "-01"));
const fullLabel = (label) => (label.length === 7 ? label + "-01" : label);

class ZoomChart {
  constructor(box) {
    this.box = box;
    this.address = new URL(box.dataset.chart, location.href);
    this.first = { start: Date.parse(box.dataset.start), end: Date.parse(box.dataset.end) };
    this.range = { ...this.first };
    this.note = box.parentElement.querySelector("[data-chart-note]");
    this.chart = echarts.init(box, null, { renderer: "canvas" });
    this.chart.on("datazoom", () => this.zoomed());
    new ResizeObserver(() => this.chart.resize()).observe(box);
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    box.parentElement.addEventListener("click", (event) => this.clicked(event));
    this.load();
  }

  async load() {
    const asked = ++this.asked || (this.asked = 1);
    this.address.searchParams.set("start", asDay(this.range.start));
    this.address.searchParams.set("end", asDay(this.range.end));
    this.box.setAttribute("aria-busy", "true");
    let answer;
    try {
      const response = await fetch(this.address, { headers: { Accept: "application/json" } });
      answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
    } catch (error) {
      if (asked === this.asked) this.say(error.message || this.box.dataset.failed);
      return;
    } finally {
      if (asked === this.asked) this.box.removeAttribute("aria-busy");
    }
    if (asked !== this.asked) return; // a later range was asked for meanwhile
    this.answer = answer;
    this.say(answer.labels.length ? "" : this.box.dataset.empty);
    this.draw();
  }

  say(text) {
    if (this.note) this.note.textContent = text;
  }

  draw() {
    if (!this.answer) return;
    const style = getComputedStyle(document.body);
    const ink = style.color;
    const faint = getComputedStyle(document.documentElement).getPropertyValue("--bs-border-color");
    const { labels, series } = this.answer;
    const units = [...new Set(series.map((one) => one.unit))];
    const single = series.length === 1 && this.answer.step !== "read";
    this.chart.setOption(
      {
        animation: false,
        color: PALETTE,
        textStyle: { fontFamily: style.fontFamily, color: ink },
        grid: { left: 8, right: 8, top: series.length > 1 ? 56 : 32, bottom: 48, containLabel: true },
        legend: { show: series.length > 1, type: "scroll", top: 0, textStyle: { color: ink } },
        tooltip: { trigger: "axis", renderMode: "richText", confine: true, valueFormatter: undefined },
        xAxis: {
          type: "category",
          data: labels,
          axisLabel: { color: ink, hideOverlap: true },
          axisLine: { lineStyle: { color: faint } },
        },
        yAxis: units.slice(0, 2).map((unit, place) => ({
          type: "value",
          name: unit,
          position: place ? "right" : "left",
          nameTextStyle: { color: ink },
          axisLabel: { color: ink },
          splitLine: { show: place === 0, lineStyle: { color: faint } },
        })),
        dataZoom: [
          { type: "inside", filterMode: "none", minValueSpan: 1 },
          { type: "slider", height: 18, bottom: 8, brushSelect: false, labelFormatter: "", filterMode: "none" },
        ],
        series: series.map((one, place) => ({
          name: `${one.name} (${one.unit})`,
          type: single ? "bar" : "line",
          yAxisIndex: Math.min(units.indexOf(one.unit), 1),
          data: one.data,
          connectNulls: false,
          showSymbol: one.data.length < 40,
          sampling: "lttb",
          itemStyle: { opacity: one.before ? 0.65 : 1 },
          lineStyle: { type: one.before ? "dashed" : DASHES[Math.floor(place / 4) % DASHES.length], width: 2 },
        })),
      },
      { notMerge: true },
    );
  }

  zoomed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.follow(), 350);
  }

  // A window into finer steps is loaded anew, over its own range.
  follow() {
    const labels = this.answer.labels;
    const { start, end } = this.chart.getOption().dataZoom[0];
    if (end - start > 90 || this.answer.step === "read") return;
    const last = labels.length - 1;
    const from = asTime(fullLabel(labels[Math.floor((start / 100) * last)]));
    let to = asTime(fullLabel(labels[Math.ceil((end / 100) * last)]));
    if (this.answer.step === "month") to += 30 * DAY;
    this.show({ start: from, end: Math.max(from, to) });
  }

  show(range) {
    this.range = range;
    this.load();
  }

  clicked(event) {
    const button = event.target.closest("button[data-days], button[data-move], button[data-reset]");
    if (!button) return;
    const { start, end } = this.range;
    const span = end - start + DAY;
    if ("reset" in button.dataset) this.show({ ...this.first });
    else if (button.dataset.days) this.show({ start: end - (Number(button.dataset.days) - 1) * DAY, end });
    else if (button.dataset.move === "out") this.show({ start: start - span, end: Math.min(end + span, Date.now()) });
    else {
      const by = button.dataset.move === "back" ? -span : span;
      this.show({ start: start + by, end: end + by });
    }
  }
}

document.querySelectorAll("[data-chart]").forEach((box) => new ZoomChart(box));

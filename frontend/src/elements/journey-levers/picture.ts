/**
 * As it is and with the idea, side by side for each group: a ring, a dot, the range in which the
 * difference lies. Completion stands before waiting, always.
 */

import type { Found } from "../../wasm/comparison";
import { make, shape } from "./make";

export interface Metric {
  key: string;
  label: string;
  scale: number;
  /** Where the track ends at least; one whose end is `fixed` always ends there. */
  most: number;
  fixed: boolean;
}

interface Words {
  now: string;
  idea: string;
  range: string;
  judged(found: Found): string;
  figure(value: number): string;
}

interface Track {
  metric: Metric;
  group: string;
  numbers: HTMLElement;
  told: HTMLElement;
  ring: SVGElement;
  dot: SVGElement;
  band: SVGElement;
  link: SVGElement;
  node: HTMLElement;
}

export class Picture {
  readonly node = make("div", "pairs");
  private readonly tracks: Track[] = [];
  private readonly most = new Map<string, number>();

  constructor(
    groups: { key: string; name: string }[],
    private readonly metrics: Metric[],
    private readonly words: Words,
  ) {
    this.node.append(this.legend());
    for (const { key, name } of groups) {
      const tracks = metrics.map((metric) => this.track(metric, key));
      this.tracks.push(...tracks);
      const title = make("h3", "pair-group", name);
      const both = make("div", "pair-both", ...tracks.map((each) => each.node));
      this.node.append(make("section", "pair", title, both));
    }
  }

  private legend(): HTMLElement {
    const key = (kind: string, words: string): HTMLElement =>
      make("span", "pair-key", make("span", kind), words);
    return make(
      "p",
      "pair-legend",
      key("mark-now", this.words.now),
      key("mark-idea", this.words.idea),
      key("mark-range", this.words.range),
    );
  }

  private track(metric: Metric, group: string): Track {
    const line = shape("line", { class: "pair-axis", x1: "0%", x2: "100%", y1: "14", y2: "14" });
    const band = shape("line", { class: "pair-band", y1: "14", y2: "14" });
    const link = shape("line", { class: "pair-link", y1: "14", y2: "14" });
    // The ring is the larger one: where nothing changes the dot lies in it.
    const ring = shape("circle", { class: "pair-now", cy: "14", r: "9" });
    const dot = shape("circle", { class: "pair-idea", cy: "14", r: "5.5" });
    const attributes = { class: "pair-track", height: "28", "aria-hidden": "true" };
    const picture = shape("svg", attributes, line, link, band, ring, dot);
    const numbers = make("span", "pair-numbers");
    const told = make("span", "pair-told");
    const label = make("p", "pair-label", metric.label);
    const head = make("p", "pair-head", numbers, told);
    const node = make("div", "pair-metric", label, head, make("div", "pair-room", picture));
    node.dataset.metric = metric.key;
    node.dataset.group = group;
    return { metric, group, numbers, told, ring, dot, band, link, node };
  }

  show(rows: readonly Found[]): void {
    for (const metric of this.metrics) this.stretch(metric, rows);
    for (const track of this.tracks) {
      const { metric, group } = track;
      const found = rows.find((row) => row.metric === metric.key && row.group === group);
      if (found) this.draw(track, found);
    }
  }

  /** Tracks only ever grow, so that a dot that moves has really moved. */
  private stretch(metric: Metric, rows: readonly Found[]): void {
    const own = rows.filter((row) => row.metric === metric.key);
    const reach = Math.max(...own.map((row) => Math.max(row.before + row.high, row.before)));
    const most = metric.fixed ? metric.most : round(metric.scale * reach * 1.1);
    this.most.set(metric.key, Math.max(most, this.most.get(metric.key) ?? metric.most));
  }

  private draw(track: Track, found: Found): void {
    const { metric, ring, dot, band, link } = track;
    const most = this.most.get(metric.key) || 1;
    const at = (value: number): string => {
      const share = (100 * metric.scale * value) / most;
      return `${Math.min(100, Math.max(0, share)).toFixed(2)}%`;
    };
    ring.setAttribute("cx", at(found.before));
    dot.setAttribute("cx", at(found.after));
    link.setAttribute("x1", at(found.before));
    link.setAttribute("x2", at(found.after));
    band.setAttribute("x1", at(found.before + found.low));
    band.setAttribute("x2", at(found.before + found.high));
    const { figure } = this.words;
    const [before, after] = [
      figure(metric.scale * found.before),
      figure(metric.scale * found.after),
    ];
    track.numbers.replaceChildren(before, make("span", "pair-arrow", " → "), make("b", "", after));
    const judged = this.words.judged(found);
    track.node.dataset.better = String(found.better);
    const range = `${figure(metric.scale * found.low)} … ${figure(metric.scale * found.high)}`;
    const same = !found.mean && !found.half;
    track.told.replaceChildren(
      make("b", "", judged),
      ...(same ? [] : [" ", make("span", "hint", `(${range})`)]),
    );
  }
}

/** The next of 1, 2, 5, 10, 20, 50 …, so that a track ends at a round number. */
function round(value: number): number {
  if (!(value > 0)) return 1;
  const ten = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((each) => each * ten).find((each) => each >= value) ?? 10 * ten;
}

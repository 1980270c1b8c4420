/**
 * Two journeys under the same luck, as `vuon.journeys.compare` compares them: replications are added
 * until the kernel finds the intervals narrow enough. The server's JSON is `vuon.journeys.portable`.
 */

import { FULL, type Kernel, Slices, type Told, unpacked, type Values } from "./kernel";

type Patch = Record<string, [first: number, values: Told][]>;
type Arrays = Map<string, Values>;

interface Column {
  metric: string;
  group: string;
  at: number;
  needs: number;
  enough: number;
  decides: boolean;
  better: number;
}

export interface Sent {
  base: Record<string, Told>;
  floor: Patch;
  singles: Patch[][];
  rests: (Patch | null)[];
  ideas: number[];
  luck: string[];
  pilot: number;
  cap: number;
  student: number[];
  columns: Column[];
  kernel: {
    replications: number;
    h_replications: number;
    h_phase: number;
    width: number;
    values: number;
    v: Record<"before" | "after" | "mean" | "half" | "needed" | "sure", number>;
  };
}

/** One metric of one group: as it is, with the idea, and how they differ. */
export interface Found {
  metric: string;
  group: string;
  before: number;
  after: number;
  mean: number;
  low: number;
  high: number;
  half: number;
  /** 1 better, -1 worse, 0 cannot tell. */
  better: number;
}

export interface Step {
  rows: Found[];
  replications: number;
  done: boolean;
}

/** The kernels that a comparison runs on; the large one is opened when the small one is full. */
export interface Kernels {
  small: Kernel;
  compare: Kernel;
  large(): Promise<Kernel>;
}

/** One journey: its inputs, and the outcomes of its replications so far. */
class Variant {
  readonly outcomes: Float64Array[] = [];
  large = false;

  constructor(readonly arrays: Arrays) {}
}

const KEPT = 12;
/** Where so few replications take longer than so many milliseconds, they are shown already. */
const FEW = 5;
const SOON = 40;

export class Comparison {
  private readonly base: Variant;
  private readonly kept = new Map<number, Variant>();
  private readonly written = new Map<Kernel, Arrays>();
  private readonly luck: BigInt64Array<ArrayBuffer>;
  private readonly slices = new Slices();

  constructor(
    private readonly sent: Sent,
    private readonly kernels: Kernels,
  ) {
    const arrays: Arrays = new Map();
    for (const [name, told] of Object.entries(sent.base))
      arrays.set(name, unpacked(kernels.small.kind(name), told));
    this.base = new Variant(arrays);
    this.luck = BigInt64Array.from(sent.luck, BigInt);
    kernels.compare.write("student", Float64Array.from(sent.student));
  }

  /** The number of a combination; the last lever moves fastest. */
  number(places: readonly number[]): number {
    return places.reduce((sum, at, n) => sum * (this.sent.singles[n]?.length ?? 1) + at, 0);
  }

  /** The kernel's inputs at a combination; null where the journey cannot run. */
  arrays(places: readonly number[]): Arrays | null {
    const rest = this.sent.rests[this.number(places)];
    if (!rest) return null;
    const singles = places.map((at, n) => this.sent.singles[n]?.[at] ?? {});
    return [this.sent.floor, ...singles, rest].reduce<Arrays>(
      (found, patch) => this.patched(found, patch),
      this.base.arrays,
    );
  }

  private patched(arrays: Arrays, patch: Patch): Arrays {
    const found = new Map(arrays);
    for (const [name, stretches] of Object.entries(patch)) {
      const kind = this.kernels.small.kind(name);
      let values = found.get(name)?.slice() as Values;
      for (const [first, told] of stretches) {
        const cells = unpacked(kind, told);
        if (first < 0) values = cells;
        else if (kind === "i64") (values as BigInt64Array).set(cells as BigInt64Array, first);
        else (values as Float64Array).set(cells as Float64Array, first);
      }
      found.set(name, values);
    }
    return found;
  }

  /**
   * What the levers change: after the first replications, and again whenever there are more. On a
   * slow machine a few of them come before those that `compare` begins with.
   *
   * Ends early if nobody waits for it any more. Throws "journey.cannot" where the journey cannot
   * run, "journey.full" if more people are inside than the kernel holds.
   */
  async *at(places: readonly number[], wanted: () => boolean): AsyncGenerator<Step> {
    const idea = this.variant(places);
    const { pilot, cap } = this.sent;
    const few = Math.min(FEW, pilot);
    if (idea.outcomes.length < few) {
      const started = performance.now();
      for (const each of [this.base, idea]) if (!(await this.ran(each, few, wanted))) return;
      if (performance.now() - started > SOON) yield this.step(idea, few, false);
    }
    for (let count = pilot; ; count = Math.min(2 * count, cap)) {
      for (const each of [this.base, idea]) if (!(await this.ran(each, count, wanted))) return;
      const step = this.step(idea, count, count >= cap);
      yield step;
      if (step.done || !wanted()) return;
    }
  }

  /** What is known from so many replications; `last` if there will be no more. */
  private step(idea: Variant, count: number, last: boolean): Step {
    const table = this.compared(idea, count);
    const wide = this.sent.columns.some(
      (column, n) => column.decides && this.cell(table, n, "needed") > count,
    );
    const done = last || (!wide && count >= this.sent.pilot);
    return { rows: this.rows(table), replications: count, done };
  }

  private variant(places: readonly number[]): Variant {
    const number = this.number(places);
    let found = this.kept.get(number);
    if (!found) {
      const arrays = this.arrays(places);
      if (!arrays) throw new Error("journey.cannot");
      found = new Variant(arrays);
    }
    // Those used last stay.
    this.kept.delete(number);
    this.kept.set(number, found);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return found;
  }

  /** Whether the variant has so many replications now. */
  private async ran(variant: Variant, count: number, wanted: () => boolean): Promise<boolean> {
    const { replications, width, h_phase, h_replications } = this.sent.kernel;
    while (variant.outcomes.length < count) {
      const kernel = variant.large ? await this.kernels.large() : this.kernels.small;
      this.write(kernel, variant.arrays);
      const first = variant.outcomes.length;
      const keys = this.luck.slice(first, Math.min(count, first + replications));
      kernel.write("replication_key", keys);
      kernel.write("header", BigInt64Array.of(BigInt(keys.length)), h_replications);
      kernel.write("header", BigInt64Array.of(BigInt(0)), h_phase);
      const events = await this.slices.run(kernel, wanted);
      if (events === null) return false;
      if (FULL.includes(events) && !variant.large) {
        variant.large = true; // it gives the same as the small one would with more room
        continue;
      }
      if (events < 0) throw new Error(FULL.includes(events) ? "journey.full" : "journey.fault");
      const table = kernel.read("outcomes", 0, keys.length * width) as Float64Array;
      for (let n = 0; n < keys.length; n++)
        variant.outcomes.push(table.slice(n * width, (n + 1) * width));
    }
    return true;
  }

  /** Write the inputs that are not there yet. */
  private write(kernel: Kernel, arrays: Arrays): void {
    const there = this.written.get(kernel);
    for (const [name, values] of arrays)
      if (there?.get(name) !== values) kernel.write(name, values);
    this.written.set(kernel, new Map([...(there ?? []), ...arrays]));
  }

  private compared(idea: Variant, count: number): Float64Array {
    const { columns, kernel } = this.sent;
    const left = new Float64Array(count * columns.length);
    const right = new Float64Array(count * columns.length);
    const used = new BigInt64Array(count * columns.length);
    const one = BigInt(1);
    for (let row = 0, cell = 0; row < count; row++) {
      const before = this.base.outcomes[row] as Float64Array;
      const after = idea.outcomes[row] as Float64Array;
      for (const { at, needs } of columns) {
        left[cell] = before[at] as number;
        right[cell] = after[at] as number;
        const there = needs < 0 || ((before[needs] as number) > 0 && (after[needs] as number) > 0);
        if (there) used[cell] = one;
        cell += 1;
      }
    }
    const module = this.kernels.compare;
    module.write("size", BigInt64Array.of(BigInt(count), BigInt(columns.length)));
    module.write("left", left);
    module.write("right", right);
    module.write("used", used);
    module.write(
      "enough",
      Float64Array.from(columns, (each) => each.enough),
    );
    module.run(0);
    return module.read("values", 0, columns.length * kernel.values) as Float64Array;
  }

  private cell(table: Float64Array, column: number, name: keyof Sent["kernel"]["v"]): number {
    const { values, v } = this.sent.kernel;
    return table[column * values + v[name]] as number;
  }

  private rows(table: Float64Array): Found[] {
    return this.sent.columns.map(({ metric, group, better }, n) => {
      const mean = this.cell(table, n, "mean");
      const half = this.cell(table, n, "half");
      const sure = this.cell(table, n, "sure") > 0;
      return {
        metric,
        group,
        before: this.cell(table, n, "before"),
        after: this.cell(table, n, "after"),
        mean,
        half,
        low: mean - half,
        high: mean + half,
        better: sure && better ? (mean > 0 ? better : -better) : 0,
      };
    });
  }
}

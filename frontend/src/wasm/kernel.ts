/**
 * A kernel of the product (`src/vuon/journeys/built/`) in this thread: its arrays by name, and runs
 * in slices. Scripts only move numbers; every statistic comes from a kernel.
 */

export type Kind = "f64" | "i64";
export type Values = Float64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
/** Values as JSON holds them: whole numbers beyond 2**53 as text, long rows by their differences. */
export type Told = readonly (number | string)[] | { readonly d: readonly number[] };

export interface Layout {
  /** What module and host compare: 63 bits, as text, since a number here has fewer. */
  hash: string;
  arrays: Record<string, [kind: Kind, address: number, length: number]>;
}

/** What `run` gives when it has used its budget, and when it is full. */
export const MORE = -5;
export const FULL = [-1, -2];
const MOST_BYTES = 64 * 1024 * 1024;
/** Milliseconds of a slice: so long a stop waits. */
const SLICE = 60;

export function unpacked(kind: Kind, told: Told): Values {
  const row = "d" in told ? summed(told.d) : told;
  if (kind === "i64") return BigInt64Array.from(row, (each) => BigInt(each));
  return Float64Array.from(row, Number);
}

function summed(differences: readonly number[]): number[] {
  let last = 0;
  return differences.map((each) => (last += each));
}

export class Kernel {
  private constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly call: (budget: bigint) => bigint,
    readonly layout: Layout,
  ) {}

  /**
   * A module that stands alone, laid out as its host believes.
   *
   * Throws if it asks for anything from outside, is laid out otherwise or wants too much memory.
   */
  static async open(wasm: BufferSource, layout: Layout): Promise<Kernel> {
    const module = await WebAssembly.compile(wasm);
    if (WebAssembly.Module.imports(module).length) throw new Error("kernel.asks");
    const { exports } = await WebAssembly.instantiate(module, {});
    const told = exports.layout as WebAssembly.Global | undefined;
    if (!layout.hash || String(told?.value) !== layout.hash) throw new Error("kernel.layout");
    const memory = exports.memory as WebAssembly.Memory;
    if (memory.buffer.byteLength > MOST_BYTES) throw new Error("kernel.memory");
    return new Kernel(memory, exports.run as (budget: bigint) => bigint, layout);
  }

  kind(name: string): Kind {
    return this.place(name)[0];
  }

  write(name: string, values: Values, at = 0): void {
    const [kind, address, length] = this.place(name);
    if (at < 0 || at + values.length > length) throw new RangeError(`${name}: too many values`);
    // A view of its own each time: it would die if the memory grew.
    const first = address + 8 * at;
    if (kind === "i64")
      new BigInt64Array(this.memory.buffer, first, values.length).set(values as BigInt64Array);
    else new Float64Array(this.memory.buffer, first, values.length).set(values as Float64Array);
  }

  /** A copy of the cells from `start` to before `stop`. */
  read(name: string, start = 0, stop = Number.POSITIVE_INFINITY): Values {
    const [kind, address, length] = this.place(name);
    const count = Math.max(0, Math.min(stop, length) - start);
    const first = address + 8 * start;
    const buffer = this.memory.buffer as ArrayBuffer;
    return kind === "i64"
      ? new BigInt64Array(buffer, first, count).slice()
      : new Float64Array(buffer, first, count).slice();
  }

  run(budget: number): number {
    return Number(this.call(BigInt(budget)));
  }

  private place(name: string): [Kind, number, number] {
    const found = this.layout.arrays[name];
    if (!found) throw new RangeError(`${name}: no such array`);
    return found;
  }
}

/** Lets what was sent to this thread be heard. */
function turn(): Promise<void> {
  return new Promise((heard) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      heard();
    };
    port2.postMessage(0);
  });
}

/** Runs kernels by slices of about equal time on whatever machine this is. */
export class Slices {
  private budget = 20_000;
  count = 0;

  /** `fixed`: events of a slice; else as many as fit into its time. */
  constructor(private readonly fixed = 0) {}

  /** What the kernel gives when it has finished; null if nobody waits for it any more. */
  async run(kernel: Kernel, wanted: () => boolean): Promise<number | null> {
    for (;;) {
      const started = performance.now();
      const found = kernel.run(this.fixed || this.budget);
      this.count += 1;
      if (found !== MORE) return found;
      const took = Math.max(1, performance.now() - started);
      const times = Math.min(4, Math.max(0.25, SLICE / took));
      this.budget = Math.min(2_000_000, Math.max(1_000, Math.round(this.budget * times)));
      await turn();
      if (!wanted()) return null;
    }
  }
}

/**
 * The worker in which journeys run. It is opened once with what the server sent; from then on it
 * needs no network.
 *
 * open {sent, modules}        → opened {milliseconds} | failed {why}
 * run {id, places}            → found {id, step}, again with more replications | failed {id, why}
 * stop                        the run at hand ends
 * raw {id, wasm, layout, …}   → raw {id, events, slices, milliseconds, arrays}: any kernel with any
 *                               inputs, by which tests compare machines bit for bit
 */

import { Comparison, type Kernels, type Sent } from "./comparison";
import { Kernel, type Layout, Slices, type Told, unpacked, type Values } from "./kernel";

interface Address {
  wasm: string;
  layout: string;
  hash: string;
}

export type Modules = Record<"small" | "large" | "compare", Address>;

interface Raw {
  do: "raw";
  id: number;
  wasm: BufferSource;
  layout: Layout;
  inputs: [name: string, at: number, values: Told][];
  budget?: number;
  read: string[];
}

type Asked =
  | { do: "open"; sent: Sent; modules: Modules }
  | { do: "run"; id: number; places: number[] }
  | { do: "stop" }
  | Raw;

const worker = self as unknown as {
  onmessage: (event: MessageEvent<Asked>) => void;
  postMessage(message: unknown): void;
};

let comparison: Comparison | null = null;
let latest = 0;

interface Fetched {
  wasm: ArrayBuffer;
  layout: Layout;
  hash: string;
}

async function fetched(address: Address): Promise<Fetched> {
  const answers = await Promise.all([fetch(address.wasm), fetch(address.layout)]);
  if (answers.some((answer) => !answer.ok)) throw new Error("kernel.missing");
  const [wasm, layout] = await Promise.all([answers[0].arrayBuffer(), answers[1].json()]);
  return { wasm, layout: layout as Layout, hash: address.hash };
}

function opened({ wasm, layout, hash }: Fetched): Promise<Kernel> {
  // What the server compiled for must be what is here.
  if (layout.hash !== hash) throw new Error("kernel.layout");
  return Kernel.open(wasm, layout);
}

async function open(sent: Sent, modules: Modules): Promise<void> {
  const started = performance.now();
  // The large one too, while there is a network; it is made ready only if it is needed.
  const [small, large, compare] = await Promise.all([
    fetched(modules.small),
    fetched(modules.large),
    fetched(modules.compare),
  ]);
  let great: Promise<Kernel> | null = null;
  const kernels: Kernels = {
    small: await opened(small),
    compare: await opened(compare),
    large: () => {
      great ??= opened(large);
      return great;
    },
  };
  comparison = new Comparison(sent, kernels);
  worker.postMessage({ did: "opened", milliseconds: performance.now() - started });
}

/** One run after the other on the same memory: who comes later waits until the other has ended. */
let running: Promise<void> = Promise.resolve();

async function run(id: number, places: number[]): Promise<void> {
  if (!comparison) throw new Error("kernel.missing");
  for await (const step of comparison.at(places, () => id === latest)) {
    if (id !== latest) return;
    worker.postMessage({ did: "found", id, step });
  }
}

async function raw(asked: Raw): Promise<void> {
  const kernel = await Kernel.open(asked.wasm, asked.layout);
  for (const [name, at, told] of asked.inputs)
    kernel.write(name, unpacked(kernel.kind(name), told), at);
  const slices = new Slices(asked.budget);
  const started = performance.now();
  const events = await slices.run(kernel, () => true);
  const milliseconds = performance.now() - started;
  const arrays: Record<string, Values> = {};
  for (const name of asked.read) arrays[name] = kernel.read(name);
  const { count } = slices;
  worker.postMessage({ did: "raw", id: asked.id, events, slices: count, milliseconds, arrays });
}

function failed(id: number, error: unknown): void {
  const why = error instanceof Error ? error.message : String(error);
  worker.postMessage({ did: "failed", id, why });
}

worker.onmessage = ({ data }) => {
  if (data.do === "open") open(data.sent, data.modules).catch((error) => failed(0, error));
  else if (data.do === "raw") raw(data).catch((error) => failed(data.id, error));
  else if (data.do === "stop") latest = 0;
  else {
    const { id, places } = data;
    latest = id;
    running = running
      .then(() => (id === latest ? run(id, places) : undefined))
      .catch((error) => failed(id, error));
  }
};

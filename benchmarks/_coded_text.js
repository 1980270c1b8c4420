/** Put into the page before its own scripts: clocks, and the way that the element is compared with. */
window.bench = (() => {
  const clocks = { came: 0, painted: 0 };
  let blocks = [];

  /** Resolves when what was done before has been painted. */
  const paint = () =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("nothing was painted for 20 s")), 20000);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(0);
      });
    });

  const parse = Response.prototype.json;
  Response.prototype.json = async function () {
    const copy = this.clone();
    await copy.arrayBuffer();
    if (!clocks.came) clocks.came = performance.now();
    return parse.call(this);
  };
  document.addEventListener("coded-ready", async () => {
    clocks.painted = await paint();
  });

  const press = (key) => {
    const body = document.querySelector(".coded-body");
    body.focus({ preventScroll: true });
    body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };

  /** Mark the next sentence by keyboard; timed is the press on the code. */
  async function addOne() {
    press("ArrowDown");
    press("Enter");
    await paint();
    const began = performance.now();
    document.querySelector(".coded-code").click();
    return (await paint()) - began;
  }

  /** The text of one paragraph, its passages as spans. */
  function put(block) {
    const edges = new Set([0, block.units.length - 1]);
    for (const { from, to } of block.passages) edges.add(from).add(to);
    const sorted = [...edges].sort((a, b) => a - b);
    const parts = [];
    for (let n = 0; n + 1 < sorted.length; n += 1) {
      const [from, to] = [sorted[n], sorted[n + 1]];
      const over = block.passages.filter((p) => p.from <= from && p.to >= to);
      const text = document.createTextNode(block.text.slice(block.units[from], block.units[to]));
      if (!over.length) parts.push(text);
      else {
        const span = document.createElement("span");
        span.className = over.map((p) => `coded-mark coded-mark-${p.colour}`).join(" ");
        span.append(text);
        parts.push(span);
      }
    }
    block.element.replaceChildren(...parts);
  }

  function blockOf(element) {
    const text = element.textContent;
    const units = [0];
    for (const character of text) units.push(units[units.length - 1] + character.length);
    return { element, text, units, start: Number(element.dataset.start), passages: [] };
  }

  function add(passage, from) {
    let n = from;
    while (n + 1 < blocks.length && blocks[n + 1].start <= passage.start) n += 1;
    for (let m = n; m < blocks.length && blocks[m].start < passage.end; m += 1) {
      const block = blocks[m];
      const most = block.units.length - 1;
      const cut = (point) => Math.max(0, Math.min(most, point - block.start));
      const [from, to] = [cut(passage.start), cut(passage.end)];
      if (from < to) block.passages.push({ from, to, colour: passage.colour });
    }
    return n;
  }

  async function spans(url) {
    blocks = Array.from(document.querySelectorAll("[data-start]"), blockOf);
    const response = await fetch(url);
    const data = await response.text();
    const began = performance.now();
    const columns = JSON.parse(data);
    let [start, at] = [0, 0];
    columns.starts.forEach((delta, n) => {
      start += delta;
      const { colour } = columns.codes[columns.codes_at[n]];
      at = add({ start, end: start + columns.lengths[n], colour }, at);
    });
    for (const block of blocks) if (block.passages.length) put(block);
    return (await paint()) - began;
  }

  let next = 0;
  async function addSpan() {
    const block = blocks[(next += 1)];
    await paint();
    const began = performance.now();
    block.passages.push({ from: 0, to: 20, colour: "leaf" });
    put(block);
    return (await paint()) - began;
  }

  /** Milliseconds from each of `count` pushes of most of a screen until it is painted. */
  async function scroll(count) {
    const took = [];
    for (let n = 0; n < count; n += 1) {
      await paint();
      const began = performance.now();
      window.scrollBy(0, 700);
      took.push((await paint()) - began);
    }
    return took;
  }

  return Object.assign(clocks, { addOne, addSpan, spans, scroll });
})();

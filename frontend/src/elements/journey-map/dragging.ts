/**
 * A box drawn to another place, and a way drawn from the handle of a box to another box.
 *
 * With a mouse a box follows at once; with a finger after it has rested on it, so that the map can
 * still be scrolled. Escape, or letting go outside, changes nothing.
 */
import { type Box, boxAt, type Plan, placeAt, pointOf } from "./plan";

export interface Drawn {
  /** A box was let go at place `at`, in the lane of `office`. */
  placed(box: Box, at: number, office: string): void;
  /** A way was drawn from one box to another. */
  joined(from: Box, to: Box): void;
}

const RESTS = 300;
const STRAYS = 8;
const SVG = "http://www.w3.org/2000/svg";

interface Drag {
  box: Box;
  way: boolean;
  id: number;
  x: number;
  y: number;
  moving: boolean;
  timer: number;
  line?: SVGPathElement;
}

export function dragging(plan: Plan, told: Drawn): void {
  let drag: Drag | null = null;
  const { svg } = plan;

  const clear = (): void => {
    if (!drag) return;
    clearTimeout(drag.timer);
    drag.line?.remove();
    drag.box.node.removeAttribute("transform");
    for (const each of svg.querySelectorAll(".map-aim")) each.classList.remove("map-aim");
    svg.classList.remove("map-moving");
    drag = null;
  };

  const begin = (): void => {
    if (!drag || drag.moving) return;
    drag.moving = true;
    svg.classList.add("map-moving");
    if (drag.way) {
      drag.line = document.createElementNS(SVG, "path");
      drag.line.setAttribute("class", "map-drawing");
      svg.append(drag.line);
    } else {
      svg.append(drag.box.node); // above the others
    }
    try {
      svg.setPointerCapture(drag.id);
    } catch {
      // the finger has gone meanwhile: its end comes as an event of its own
    }
  };

  const aim = (event: PointerEvent): void => {
    if (!drag) return;
    const point = pointOf(svg, event.clientX, event.clientY);
    for (const each of svg.querySelectorAll(".map-aim")) each.classList.remove("map-aim");
    if (drag.way) {
      const { x, y } = drag.box;
      drag.line?.setAttribute(
        "d",
        `M ${x + plan.width} ${y + plan.height / 2} L ${point.x} ${point.y}`,
      );
      const target = boxAt(plan, point);
      if (target && target !== drag.box) target.node.classList.add("map-aim");
      return;
    }
    const from = pointOf(svg, drag.x, drag.y);
    drag.box.node.setAttribute("transform", `translate(${point.x - from.x} ${point.y - from.y})`);
    placeAt(plan, drag.box, point).lane?.node.classList.add("map-aim");
  };

  svg.addEventListener("pointerdown", (event) => {
    const node = (event.target as Element).closest<SVGGElement>("g[data-step]");
    const box = plan.boxes.find((each) => each.node === node);
    if (!box || event.button !== 0) return;
    const way = !!(event.target as Element).closest(".map-handle");
    const touch = event.pointerType !== "mouse";
    drag = {
      box,
      way,
      id: event.pointerId,
      x: event.clientX,
      y: event.clientY,
      moving: false,
      timer: 0,
    };
    if (touch && !way) drag.timer = window.setTimeout(begin, RESTS);
    else if (way) event.preventDefault();
  });

  svg.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > STRAYS;
    if (!drag.moving && far) {
      // a finger that strays before it has rested scrolls the map
      if (event.pointerType !== "mouse" && !drag.way) return clear();
      begin();
    }
    if (drag?.moving) aim(event);
  });

  svg.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { box, way, moving } = drag;
    const point = pointOf(svg, event.clientX, event.clientY);
    clear();
    if (!moving) return;
    // the click that ends a drag opens nothing
    svg.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
    if (way) {
      const target = boxAt(plan, point);
      if (target && target !== box) told.joined(box, target);
      return;
    }
    const { at, lane } = placeAt(plan, box, point);
    const office = lane?.office ?? box.office;
    if (at !== box.at || office !== box.office) told.placed(box, at, office);
  });

  svg.addEventListener("pointercancel", clear);
  svg.addEventListener("lostpointercapture", () => {
    if (drag?.moving) clear();
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  svg.addEventListener(
    "touchmove",
    (event) => {
      if (drag?.moving || drag?.way) event.preventDefault();
    },
    { passive: false },
  );
  svg.addEventListener("contextmenu", (event) => {
    if (drag) event.preventDefault();
  });
}

/** Where the boxes and lanes of a drawn map are, and where something let go would come to stand. */
export interface Box {
  key: string;
  title: string;
  at: number;
  office: string;
  x: number;
  y: number;
  node: SVGGElement;
  link: HTMLAnchorElement;
}

export interface Lane {
  office: string;
  y: number;
  node: SVGRectElement;
}

export interface Plan {
  svg: SVGSVGElement;
  boxes: Box[];
  lanes: Lane[];
  width: number;
  height: number;
  lane: number;
}

const number = (node: Element, name: string): number => Number(node.getAttribute(name));

/** The map as it is drawn below `root`; null where nothing is drawn. */
export function planOf(root: ParentNode): Plan | null {
  const svg = root.querySelector<SVGSVGElement>("svg.map");
  if (!svg) return null;
  const boxes = [...svg.querySelectorAll<SVGGElement>("g[data-step]")].flatMap((node) => {
    const rect = node.querySelector("rect");
    const link = node.querySelector<HTMLAnchorElement>("a");
    if (!rect || !link) return [];
    return {
      key: node.dataset.step ?? "",
      title: link.textContent?.trim() ?? "",
      at: Number(node.dataset.at),
      office: node.dataset.office ?? "",
      x: number(rect, "x"),
      y: number(rect, "y"),
      node,
      link,
    };
  });
  const lanes = [...svg.querySelectorAll<SVGRectElement>("rect[data-lane]")].map((node) => ({
    office: node.dataset.lane ?? "",
    y: number(node, "y"),
    node,
  }));
  const first = boxes[0]?.node.querySelector("rect");
  return {
    svg,
    boxes,
    lanes,
    width: first ? number(first, "width") : 0,
    height: first ? number(first, "height") : 0,
    lane: lanes[0] ? number(lanes[0].node, "height") : 0,
  };
}

/** A point of the screen in the units of the drawing. */
export function pointOf(svg: SVGSVGElement, x: number, y: number): DOMPoint {
  const matrix = svg.getScreenCTM();
  return matrix ? new DOMPoint(x, y).matrixTransform(matrix.inverse()) : new DOMPoint(x, y);
}

/** The box at a point. */
export function boxAt(plan: Plan, point: DOMPoint): Box | undefined {
  return plan.boxes.find(
    (box) =>
      point.x >= box.x &&
      point.x <= box.x + plan.width &&
      point.y >= box.y &&
      point.y <= box.y + plan.height,
  );
}

/** The place in the order, from 0, and the lane that a box let go in a point would have. */
export function placeAt(plan: Plan, moved: Box, point: DOMPoint): { at: number; lane?: Lane } {
  const middle = (box: Box): number => box.x + plan.width / 2;
  const others = plan.boxes.filter((box) => box !== moved);
  const at = others.filter((box) => middle(box) < point.x).length;
  const lane = plan.lanes.find((each) => point.y >= each.y && point.y < each.y + plan.lane);
  return { at, lane };
}

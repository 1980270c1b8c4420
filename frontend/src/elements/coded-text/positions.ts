/**
 * Positions in a text. The server counts code points of the whole version; the browser counts
 * UTF-16 units within one paragraph. Only characters beyond the first plane (🌱) tell them apart.
 */

/** From (included) and to (excluded). */
export type Span = readonly [number, number];

export interface Stretch {
  readonly text: string;
  /** Code point of its first character in the whole version. */
  readonly start: number;
  /** In code points. */
  readonly length: number;
  /** Code points, from its own beginning, that take two units; null where there are none. */
  readonly astral: readonly number[] | null;
}

const PAIR = /[\ud800-\udbff]/;

export function measure(text: string, start: number): Stretch {
  if (!PAIR.test(text)) return { text, start, length: text.length, astral: null };
  const astral: number[] = [];
  let length = 0;
  for (const character of text) {
    if (character.length === 2) astral.push(length);
    length += 1;
  }
  return { text, start, length, astral };
}

/** The first of `count` indexes for which `holds` is true (false before it, true after). */
export function firstThat(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const within = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** Unit within the stretch for a code point of the version; outside it, its nearer end. */
export function toUnit(stretch: Stretch, point: number): number {
  const own = within(point - stretch.start, stretch.length);
  const astral = stretch.astral;
  if (!astral) return own;
  return own + firstThat(astral.length, (k) => (astral[k] as number) >= own);
}

/** Code point of the version for a unit within the stretch. */
export function toPoint(stretch: Stretch, unit: number): number {
  const own = within(unit, stretch.text.length);
  const astral = stretch.astral;
  if (!astral) return stretch.start + own;
  return stretch.start + own - firstThat(astral.length, (k) => (astral[k] as number) + k >= own);
}

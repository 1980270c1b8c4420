/** Where sentences begin and end, in UTF-16 units of one paragraph, without the blanks around. */
import type { Span } from "./positions";

interface Segmenter {
  segment(text: string): Iterable<{ index: number; segment: string }>;
}
type Segmenters = new (language: string, options: { granularity: "sentence" }) => Segmenter;

// a full stop after these ends no sentence: "TP. Thủ Đức", "TS. Lan"
const SHORT = /(?:^|[\s(])(?:T[PpXT]|KP|Q|P|Th?S|PGS|[GBK]S|[Vv]d|VD)\.\s*$/;
const END = /[.!?…]+["”’»)\]]*\s+(?=[^\p{Ll}\s])|\n+/gu;

let segmenter: Segmenter | null | undefined;

function found(): Segmenter | null {
  if (segmenter === undefined) {
    const has = (Intl as unknown as { Segmenter?: Segmenters }).Segmenter;
    segmenter = has ? new has("vi", { granularity: "sentence" }) : null;
  }
  return segmenter;
}

/** Ends of sentences by punctuation alone, for browsers that cannot tell. */
export function endsByPunctuation(text: string): number[] {
  const ends = Array.from(text.matchAll(END), (match) => match.index + match[0].length);
  return [...ends, text.length];
}

function ends(text: string): number[] {
  const by = found();
  if (!by) return endsByPunctuation(text);
  return Array.from(by.segment(text), ({ index, segment }) => index + segment.length);
}

export function sentences(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const end of ends(text)) {
    const piece = text.slice(from, end);
    if (end < text.length && SHORT.test(piece)) continue;
    const kept = piece.trim();
    if (kept) {
      const first = from + piece.indexOf(kept);
      spans.push([first, first + kept.length]);
    }
    from = end;
  }
  return spans;
}

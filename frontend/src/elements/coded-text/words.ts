/** What the element says, given by the template: `data-words-<name>`, with {places} to fill. */
export type Word =
  | "text"
  | "reading"
  | "previous"
  | "next"
  | "undo"
  | "letters"
  | "bar"
  | "chosen"
  | "recent"
  | "which"
  | "new"
  | "name"
  | "save"
  | "mark"
  | "against"
  | "clear"
  | "uncode"
  | "codings"
  | "coding"
  | "counter"
  | "unnamed"
  | "marked"
  | "unmarked"
  | "none"
  | "here"
  | "sent"
  | "kept"
  | "waiting"
  | "signedOut"
  | "refused"
  | "again"
  | "drop"
  | "failed";

export type Say = (word: Word, fill?: Record<string, string | number>) => string;

export function wordsOf(host: HTMLElement): Say {
  return (word, fill = {}) => {
    const key = `words${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    const sentence = host.dataset[key] ?? "";
    return sentence.replace(/\{(\w+)\}/g, (_, place: string) => String(fill[place] ?? ""));
  };
}

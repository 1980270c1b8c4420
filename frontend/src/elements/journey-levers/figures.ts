/** Numbers as the server's pages write them: rounded to even at a tie, 1.234,5 in Vietnamese. */
export function fixed(value: number, digits: number, language: string): string {
  const size = Math.abs(value);
  let [whole = "0", part = ""] = toEven(size, digits).split(".");
  whole = whole.replace(/\B(?=(\d{3})+$)/g, language === "vi" ? "." : ",");
  if (part) part = (language === "vi" ? "," : ".") + part;
  const said = whole + part;
  return value < 0 && /[1-9]/.test(said) ? `-${said}` : said;
}

/** `toFixed`, but a half goes to the even digit, as Python has it. */
function toEven(size: number, digits: number): string {
  const up = size.toFixed(digits);
  // Only multiples of a quarter or a half lie exactly between two such numbers.
  const tie = digits === 0 ? size % 1 === 0.5 : digits === 1 && (size * 4) % 2 === 1;
  if (!tie || Number(up.slice(-1)) % 2 === 0) return up;
  return (size - (digits === 0 ? 0.5 : 0.05)).toFixed(digits);
}

/**
 * Milliseconds to wait before the next attempt: doubling from one second to at most 30, with
 * jitter so that a room of phones does not return at once; what the server asks for comes first.
 */
export function waitBefore(attempt: number, retryAfter: string | null): number {
  const asked = Number(retryAfter) * 1000;
  if (retryAfter && Number.isFinite(asked) && asked > 0) return asked + Math.random() * 1000;
  const most = Math.min(30000, 1000 * 2 ** (attempt - 1));
  return most / 2 + Math.random() * (most / 2);
}

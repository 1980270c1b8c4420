/** One person of a sheet: by ticket, never by name. A time is "" where nobody saw it. */
export interface Row {
  ticket: string;
  group: string;
  arrived: string;
  called: string;
  done: string;
  left: string;
  reason: string;
  desks: string;
}

export type Moment = "arrived" | "called" | "done" | "left";

export const COLUMNS = "sitting,ticket,group,arrived,called,done,left,reason,open_desks";

/** What time it is here, as a sheet writes it: 2026-11-30T07:45:10, without a zone. */
export function now(date = new Date()): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60000);
  return local.toISOString().slice(0, 19);
}

/** Rows as a CSV text with its head. */
export function csv(sitting: string, rows: Row[]): string {
  const cell = (text: string): string =>
    /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  const lines = rows.map((row) =>
    [
      sitting,
      row.ticket,
      row.group,
      row.arrived,
      row.called,
      row.done,
      row.left,
      row.reason,
      row.desks,
    ]
      .map(cell)
      .join(","),
  );
  return [COLUMNS, ...lines].join("\n");
}

/** "7:45" of a time of a sheet. */
export function clock(time: string): string {
  return time.slice(11, 16).replace(/^0/, "");
}

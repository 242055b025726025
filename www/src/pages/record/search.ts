import type { HistoryFilter } from "access-engine";
import { momentOf } from "../../words/time.ts";

/** What the address says of the entries that are wanted; days as `2025-11-03`. */
export interface RecordSearch {
  text?: string;
  by?: string;
  kind?: string;
  request?: string;
  from?: string;
  until?: string;
}

/** What the engine is asked; the last day is meant to its end. */
export function historyFilter({ text = "", by, request, from, until }: RecordSearch): HistoryFilter {
  const start = from === undefined ? undefined : momentOf(from, "00:00");
  const last = until === undefined ? undefined : momentOf(until, "00:00");
  return {
    ...(text.trim() === "" ? {} : { text: text.trim() }),
    ...(by === undefined ? {} : { by: { subject: by } }),
    ...(request === undefined ? {} : { requestId: request }),
    ...(start === undefined ? {} : { from: start }),
    ...(last === undefined ? {} : { until: new Date(last).setHours(24, 0, 0, 0) }),
  };
}

import { timeLeft } from "./duration.ts";

// The page is in British English, and so are its days; the times are those of the visitor's time zone.
const dayAndTime = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const dayAlone = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const exactly = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });

/** A point in time as a list shows it: `Mon 3 Nov, 14:05`. */
export function when(at: number): string {
  return dayAndTime.format(at);
}

/** A day as a list shows it: `Mon, 3 Nov 2025`. */
export function dayWords(at: number): string {
  return dayAlone.format(at);
}

/** A point in time in full, to the second. */
export function exactTime(at: number): string {
  return exactly.format(at);
}

/** A text of the engine, which writes times in UTC, with the visitor's. */
export function withLocalTimes(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/gu, (time) => when(Date.parse(time)));
}

/** How far a point in time is from now: `2 hours ago`, `in 15 minutes`. */
export function fromNow(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance < 45_000) return at > now ? "in a moment" : "just now";
  const words = roughly(distance);
  return at < now ? `${words} ago` : `in ${words}`;
}

function roughly(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 60) return timeLeft(minutes * 60_000);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return timeLeft(hours * 3_600_000);
  return timeLeft(Math.round(hours / 24) * 86_400_000);
}

/** A day as a form keeps it: `2025-11-03`. */
export function dayField(at: number): string {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((it) => String(it).padStart(2, "0")).join("-");
}

/** A time of day as a form keeps it: `14:05`. */
export function clockField(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes()].map((it) => String(it).padStart(2, "0")).join(":");
}

/** The instant that the two fields say; nothing while they say none. */
export function momentOf(day: string, time: string): number | undefined {
  if (!/^\d{1,2}:\d{2}$/u.test(time.trim())) return undefined;
  const at = new Date(`${day}T${time.trim().padStart(5, "0")}`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

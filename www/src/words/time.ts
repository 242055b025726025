import { timeLeft } from "./duration.ts";

const dayAndTime = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const exactly = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });

/** A point in time as a list shows it: `Mon 3 Nov, 14:05`. */
export function when(at: number): string {
  return dayAndTime.format(at);
}

/** A point in time in full, to the second. */
export function exactTime(at: number): string {
  return exactly.format(at);
}

/** How far a point in time is from now: `2 hours ago`, `in 15 minutes`. */
export function fromNow(at: number, now: number): string {
  const distance = Math.abs(at - now);
  if (distance < 45_000) return "just now";
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

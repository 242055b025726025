const CLOSES = 18;
const NOON = 12;

/** A time of day on the working day so many before that of an instant; behind it where the number is negative. */
export function workday(from: number, daysBefore: number, time: string): number {
  const date = new Date(from);
  const step = daysBefore > 0 ? -1 : 1;
  for (let left = Math.abs(daysBefore); left > 0; ) {
    date.setDate(date.getDate() + step);
    if (isWorkday(date)) left -= 1;
  }
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return date.setHours(hours, minutes, 0, 0);
}

/** The last moment of an afternoon at work, which the instant itself may be. */
export function lastAtWork(instant: number): number {
  const date = new Date(instant);
  if (!isWorkday(date) || date.getHours() < NOON) return workday(instant, 1, `${CLOSES}:00`);
  return Math.min(instant, date.setHours(CLOSES, 0, 0, 0));
}

function isWorkday(date: Date): boolean {
  return date.getDay() % 6 !== 0;
}

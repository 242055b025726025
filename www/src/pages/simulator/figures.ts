const HOUR = 3_600_000;

/** Virtual time as days, hours and minutes; seconds where it takes less than an hour. */
export function clockOf(milliseconds: number): string {
  const [days, hours] = [Math.floor(milliseconds / HOUR / 24), Math.floor(milliseconds / HOUR) % 24];
  const clock = `${two(hours)}:${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}`;
  return days > 0 ? `${days} d ${clock}` : clock;
}

function two(count: number): string {
  return String(Math.floor(count)).padStart(2, "0");
}

const COUNT = new Intl.NumberFormat("en", { maximumSignificantDigits: 3, notation: "compact" });

export function countOf(count: number): string {
  return COUNT.format(count);
}

/** A source of chance that gives the same numbers for the same seed (mulberry32), with what is drawn from it. */
export function seeded(seed) {
  let state = seed >>> 0;
  /** A whole number from 0 up to `below`, which is excluded. */
  const below = (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
  const pick = (list) => list[below(list.length)];
  /** Some of a list, in another order. */
  const sample = (list, count) => {
    const left = [...list];
    for (let place = 0; place < Math.min(count, left.length); place += 1) {
      const other = place + below(left.length - place);
      [left[place], left[other]] = [left[other], left[place]];
    }
    return left.slice(0, count);
  };
  return { below, pick, sample };
}

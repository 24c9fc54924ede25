const FIRST_MS = 300;
// A longer cap keeps a restarted node calmer, a shorter one keeps an agent's caller waiting less.
const LONGEST_MS = 8_000;

/** How long to wait before the n-th try (from 0): doubling, capped, and spread so that a floor of agents does not knock at once. */
export function backOff(tries: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10));
  return Math.round(full / 2 + (full / 2) * random);
}

/** Does one of the names hold every written word, in any order and any case? */
export function matches(written: string, names: string[]): boolean {
  const all = names.join(' ').toLowerCase();
  return written
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

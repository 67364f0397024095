/** Where two values of JSON first differ, and how; null where they are equal. */
export function differenceOf(a: unknown, b: unknown, path = "$"): string | null {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b) ? null : `${path}: ${JSON.stringify(a)} and ${JSON.stringify(b)}`;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [own, other] = [a, b].map((each) => (each as Record<string, unknown>)[key]);
    const found = differenceOf(own, other, `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

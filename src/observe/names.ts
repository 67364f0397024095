const OTHER = "other";

/**
 * Keeps what clients can name from growing without bound: the first names are kept as they are, for as long as the
 * process lives, and all later ones are one and the same.
 */
export function boundedNames(limit: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= limit) return OTHER;
    known.add(name);
    return name;
  };
}

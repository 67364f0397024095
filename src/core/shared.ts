/**
 * `ask`, for many at once: who calls while it is under way waits for the next one, with all others who do, so that each
 * gets an answer that was asked for after its call.
 */
export function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let current: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;
  const begin = () => {
    const asked = ask();
    current = asked
      .catch(() => {})
      .finally(() => {
        current = undefined;
      });
    return asked;
  };
  return () => {
    if (current === undefined) return begin();
    next ??= current.then(() => {
      next = undefined;
      return begin();
    });
    return next;
  };
}

/** What `work` comes to, or null where that takes longer; then nobody waits for it any more. */
export async function withinTime<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, milliseconds, null);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

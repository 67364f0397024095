/**
 * Calls `onLate` after so many milliseconds, unless the function that it returns was called before. What has arrived
 * by then is read first: a timer comes before it, however far the event loop is behind.
 */
export function startDeadline(milliseconds: number, onLate: () => void): () => void {
  let reading: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    reading = setImmediate(onLate);
  }, milliseconds);
  return () => {
    clearTimeout(timer);
    clearImmediate(reading);
  };
}

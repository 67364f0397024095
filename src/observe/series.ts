import type { Metric, Registry } from "prom-client";

type Labels = Readonly<Record<string, string>>;

interface Family {
  readonly name: string;
  readonly help: string;
}

interface Sample {
  readonly labels: Labels;
  readonly value: number;
  readonly metricName?: string;
}

/**
 * Counters and histograms of prom-client's registry, whose series are kept by who counts: prom-client's own make a text
 * of the labels on every call, and one request has twenty of them.
 */
export function counters(registry: Registry, family: Family): (labels: Labels) => () => void {
  const series: { readonly labels: Labels; value: number }[] = [];
  register(registry, { ...family, type: "counter" }, () => series);
  return (labels) => {
    const one = { labels, value: 0 };
    series.push(one);
    return () => {
      one.value++;
    };
  };
}

/** @param buckets upper bounds, in ascending order */
export function histograms(
  registry: Registry,
  family: Family,
  buckets: readonly number[],
): (labels: Labels) => (value: number) => void {
  const series: { readonly labels: Labels; readonly counts: number[]; sum: number }[] = [];
  const samplesOf = ({ labels, counts, sum }: (typeof series)[number]): Sample[] => {
    let count = 0;
    const cumulative = counts.map((inBucket, at) => {
      count += inBucket;
      const le = at < buckets.length ? String(buckets[at]) : "+Inf";
      return { metricName: `${family.name}_bucket`, labels: { le, ...labels }, value: count };
    });
    return [
      ...cumulative,
      { metricName: `${family.name}_sum`, labels, value: sum },
      { metricName: `${family.name}_count`, labels, value: count },
    ];
  };
  register(registry, { ...family, type: "histogram" }, () => series.flatMap(samplesOf));
  return (labels) => {
    const counts = Array.from({ length: buckets.length + 1 }, () => 0);
    const one = { labels, counts, sum: 0 };
    series.push(one);
    return (value) => {
      let at = 0;
      while (at < buckets.length && value > buckets[at]!) at++;
      counts[at]!++;
      one.sum += value;
    };
  };
}

function register(
  registry: Registry,
  family: Family & { readonly type: string },
  read: () => Sample[],
): void {
  const metric = { ...family, get: async () => ({ ...family, aggregator: "sum", values: read() }) };
  registry.registerMetric(metric as unknown as Metric<string>);
}

/** Makes it once for each key. The keys are for the caller to bound. */
export function once<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const one = make(key);
    made.set(key, one);
    return one;
  };
}

import { expect } from "vitest";
import { PUBLIC_URL, type TestApp } from "../setup/app.ts";

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

/** What `/metrics` serves. */
export async function scrape(app: Pick<TestApp, "fetch">) {
  const response = await app.fetch(new Request(`${PUBLIC_URL}/metrics`));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
  return read(await response.text());
}

export function read(text: string) {
  const lines = text.split("\n").filter((line) => line !== "");
  const samples = lines.filter((line) => !line.startsWith("#")).map(sampleOf);
  return {
    text,
    samples,
    families: lines.flatMap((line) => /^# TYPE (\w+)/.exec(line)?.[1] ?? []),
    value: (name: string, labels: Labels) =>
      samples.find((sample) => sample.name === name && same(sample.labels, labels))?.value,
  };
}

function sampleOf(line: string): Sample {
  const [, name, labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, text]) => [key, text]);
  return { name: name!, labels: Object.fromEntries(pairs), value: Number(value) };
}

function same(one: Labels, other: Labels): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

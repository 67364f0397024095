import { spreadOf } from "../measure/spread.ts";
import type { MeasuredGroup } from "../works/measure.ts";

const WIDTH = 900;
const LABELS = 190;
const BAR = 480;
const LINE = 26;
const COLOURS = { own: "#3b6fd4", other: "#9aa5b4" };

/** Requests per second of everyone, with quartiles as whiskers, and beside them the server's CPU for a request. */
export function chartOf(groups: readonly MeasuredGroup[]): string {
  let top = 20;
  const parts: string[] = [];
  for (const { title, entries } of groups) {
    parts.push(text(10, top, title, "font-weight='bold'"));
    top += 12;
    const all = entries.map(({ label, samples }) => ({
      label,
      rate: spreadOf(samples.map((each) => each.requestsPerSecond)),
      cpu: spreadOf(samples.map((each) => each.cpu)).median,
    }));
    const most = Math.max(...all.map(({ rate }) => rate.upper));
    for (const { label, rate, cpu } of all) {
      const at = (value: number) => LABELS + (value / most) * BAR;
      const middle = top + LINE / 2;
      const colour = label.startsWith("Parley") ? COLOURS.own : COLOURS.other;
      parts.push(
        text(10, middle + 4, label),
        `<rect x='${LABELS}' y='${top + 4}' width='${(at(rate.median) - LABELS).toFixed(1)}' height='${LINE - 8}' fill='${colour}'/>`,
        `<path d='M${at(rate.lower).toFixed(1)} ${middle}H${at(rate.upper).toFixed(1)}' stroke='#1c2430' stroke-width='2'/>`,
        text(LABELS + BAR + 12, middle + 4, `${rate.median.toFixed(0)} req/s, ${cpu.toFixed(2)} ms CPU`),
      );
      top += LINE;
    }
    top += 30;
  }
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${top}' font-family='system-ui, sans-serif' font-size='13'>
<rect width='100%' height='100%' fill='white'/>
${parts.join("\n")}
</svg>
`;
}

function text(x: number, y: number, content: string, style = ""): string {
  return `<text x='${x}' y='${y}' ${style}>${content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}

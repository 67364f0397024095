import { TOPICS } from "../core/catalogue.ts";
import { PROTOCOL_ERRORS } from "../graphql/protocol.ts";
import type { File } from "./file.ts";
import { escaped, page, prose, STYLESHEET } from "./page.ts";

/** An error as its page tells of it. */
interface Entry {
  /** What the page is found by: Twilio's number, or the name where there is none. */
  readonly key: string;
  readonly name: string;
  readonly status: number;
  /** Null where it is made for each case. */
  readonly message: string | null;
  readonly cause: string;
  readonly remedy: string;
  readonly from: string;
  readonly doors: string;
}

const ENTRIES: readonly Entry[] = [
  ...TOPICS.flatMap(({ from, rows }) =>
    Object.entries(rows).map(([name, { code, only, ...row }]) => {
      const doors = only === "v1" ? "v1" : "v1 and GraphQL";
      return { ...row, key: String(code), name, from, doors };
    }),
  ).sort((one, other) => Number(one.key) - Number(other.key) || one.status - other.status),
  ...Object.entries(PROTOCOL_ERRORS).map(([name, row]) => {
    return { ...row, key: name, name, message: null, from: "any request", doors: "GraphQL" };
  }),
];

const SPELLING = `<p class="faint">Parameters are spelt as on v1. GraphQL has the same in camel case:
<code>MessagingBinding.ProxyAddress</code> is <code>messagingBinding.proxyAddress</code>.</p>`;

/** The table of all errors, and a page for each code, made of the catalogue; by path. */
export function errorFiles(): [path: string, file: File][] {
  const pages = new Map<string, Entry[]>();
  for (const entry of ENTRIES) pages.set(entry.key, [...(pages.get(entry.key) ?? []), entry]);
  return [
    STYLESHEET,
    ["/docs/errors", page("Error codes", table(ENTRIES))],
    ...[...pages].map(([key, entries]): [string, File] => [
      `/docs/errors/${key}`,
      page(`Error ${key}`, sections(entries)),
    ]),
  ];
}

function table(entries: readonly Entry[]): string {
  const rows = entries.map(
    ({ key, name, status, message }) => `<tr>
<td>${key === name ? "" : link(key)}</td>
<td>${key === name ? link(key) : `<code>${escaped(name)}</code>`}</td>
<td>${status}</td>
<td>${escaped(message ?? "")}</td>
</tr>`,
  );
  return `<p>Every error that Parley answers with. v1 tells the number, in <code>code</code>; GraphQL tells the name,
in <code>code</code>, and the number in <code>twilioCode</code>. Each has a page with its cause and its remedy, which
<code>more_info</code> and <code>moreInfo</code> lead to.</p>
<table>
<thead><tr><th>Number</th><th>Name</th><th>Status</th><th>Message</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function sections(entries: readonly Entry[]): string {
  const sections = entries.map(
    ({ name, status, message, cause, remedy, from, doors }) => `<section>
<h2 id="${escaped(name)}"><code>${escaped(name)}</code></h2>
<dl>
<dt>HTTP status</dt><dd>${status}</dd>
${message === null ? "" : `<dt>Message</dt><dd>${escaped(message)}</dd>\n`}<dt>Cause</dt><dd>${prose(cause)}</dd>
<dt>Remedy</dt><dd>${prose(remedy)}</dd>
<dt>Comes from</dt><dd>${escaped(from)}; ${doors}</dd>
</dl>
</section>`,
  );
  return `${sections.join("\n")}\n${SPELLING}`;
}

function link(key: string): string {
  return `<a href="/docs/errors/${escaped(key)}">${escaped(key)}</a>`;
}

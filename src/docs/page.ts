import { type File, fileOf } from "./file.ts";

/** An hour: long enough to read on, short enough to see a new release. */
const CACHING = "public, max-age=3600";

const STYLE = `:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --faint: light-dark(#59636e, #9198a1);
  --link: light-dark(#0757ba, #6cb6ff); --ground: light-dark(#fff, #15191f); --text: light-dark(#1f2328, #e6edf3); }
body { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; font: 1rem/1.55 system-ui, sans-serif;
  background: var(--ground); color: var(--text); }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding-bottom: .75rem; border-bottom: 1px solid var(--line); }
a { color: var(--link); }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 1.25rem 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
dl { display: grid; grid-template-columns: 8rem 1fr; gap: .4rem 1rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--faint); font-weight: 600; }
.faint { color: var(--faint); }
@media (max-width: 40rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .6rem; }
  thead { display: none; }
  tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  td { display: block; padding: 0; border: 0; }
}
`;

export const STYLESHEET: [path: string, file: File] = [
  "/docs/page.css",
  fileOf("text/css; charset=utf-8", STYLE, { caching: CACHING }),
];

/** A page to be read without a script; `body` is HTML. */
export function page(title: string, body: string): File {
  const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escaped(title)} – Parley</title>
    <link rel="stylesheet" href="/docs/page.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <nav>
      <a href="/">Parley</a>
      <a href="/docs/errors">Error codes</a>
      <a href="/docs">v1 REST API</a>
      <a href="/graphql">GraphQL API</a>
    </nav>
    <main>
      <h1>${escaped(title)}</h1>
${body}
    </main>
  </body>
</html>
`;
  const allowed = ["style-src 'self'", "img-src 'self'"];
  return fileOf("text/html; charset=utf-8", html, { allowed, caching: CACHING });
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A sentence whose `code` stands in backticks. */
export function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

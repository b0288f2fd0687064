/**
 * The report of an audit, for people: one HTML file that needs nothing from anywhere. Pure.
 */

import { type AuditRow, answerInWords, countVerdicts, type Verdict } from "./verdict.js";

/** What a report says of its audit. */
export interface ReportHead {
  readonly space: string;
  /** In ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly version: string;
}

const meanings: Readonly<Record<Verdict, string>> = {
  EXPOSED: "The switch is on, and yet anybody is served.",
  BROKEN: "The project's own credentials do not open it.",
  PUBLIC: "The switch is off: anybody who has a URL is served.",
  UNKNOWN: "Nothing could be tried, or no answer told.",
  MUTED: "A finding that somebody answers for, until a day.",
  PROTECTED: "Denied without credentials, opened with them.",
};

const advice: Partial<Record<Verdict, string>> = {
  EXPOSED:
    "Tell the platform's support with the evidence below; until then treat these media as public, and take links to them back.",
  BROKEN: "Check the token's scopes and its project; players and jobs of your own are denied, too.",
  PUBLIC:
    "Turn the switch on: media-protection set recordings=on --project ID. Let players go through a server of yours first.",
  UNKNOWN: "Try again when there are media, or when the platform answers.",
};

const names = { recordings: "Recordings", messageMedia: "Message media", faxMedia: "Fax media" };

/** The whole page. */
export function htmlReport(head: ReportHead, rows: readonly AuditRow[]): string {
  const counts = countVerdicts(rows);
  // The keys of a const object are exactly its literal names.
  const verdicts = Object.keys(meanings) as Verdict[];
  const found = verdicts.filter((one) => counts[one] > 0);
  const order = (row: AuditRow) => verdicts.indexOf(row.verdict);
  const sorted = [...rows].sort((first, second) => order(first) - order(second));
  const projects = new Set(rows.map(({ projectId }) => projectId)).size;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Media protection audit, ${escaped(head.space)}</title>
<style>${styles}</style>
</head>
<body>
<main>
<h1>Media protection audit</h1>
<p>${escaped(head.space)}: ${projects} projects, ${rows.length} kinds of media, tried from ${time(head.startedAt)} to ${time(head.endedAt)} by media-protection ${escaped(head.version)}. The switches were not believed: media were asked for without and with credentials.</p>
<h2>Summary</h2>
<ul class="counts">
${verdicts.map((one) => `<li><strong>${counts[one]}</strong> ${badge(one)} ${meanings[one]}</li>`).join("\n")}
</ul>
<h2>What to do</h2>
${todo(found, sorted)}
<h2>Evidence</h2>
${sorted.map(section).join("\n")}
</main>
</body>
</html>
`;
}

/** How many kinds of projects are named beside an advice; all are in the evidence. */
const mostNamed = 40;

function todo(found: readonly Verdict[], rows: readonly AuditRow[]): string {
  const items = found.flatMap((one) =>
    advice[one] ? [`<li>${badge(one)} ${escaped(advice[one])}${where(one, rows)}</li>`] : [],
  );
  return items.length === 0 ? "<p>Nothing: all is protected.</p>" : `<ul>${items.join("\n")}</ul>`;
}

/** Where an advice is to be followed: each project with its kinds. */
function where(verdict: Verdict, rows: readonly AuditRow[]): string {
  const kinds = new Map<string, { readonly name: string; readonly kinds: string[] }>();
  for (const row of rows) {
    if (row.verdict !== verdict) continue;
    const project = kinds.get(row.projectId) ?? { name: row.name, kinds: [] };
    project.kinds.push(names[row.kind]);
    kinds.set(row.projectId, project);
  }
  const named = [...kinds.values()].slice(0, mostNamed);
  const lines = named.map((one) => `<li>${escaped(one.name)}: ${one.kinds.join(", ")}</li>`);
  const more = kinds.size - named.length;
  if (more > 0) lines.push(`<li>and ${more} more, in the evidence</li>`);
  return `<ul>${lines.join("")}</ul>`;
}

function section(row: AuditRow): string {
  const { name, projectId, kind, verdict, found, isOn, media, sample, tries, note } = row;
  const table =
    tries.length === 0
      ? ""
      : `<table><thead><tr><th scope="col">When (UTC)</th><th scope="col">Medium</th><th scope="col">Anybody</th><th scope="col">With credentials</th></tr></thead><tbody>${tries
          .map(
            (one) =>
              `<tr><td data-label="When">${time(one.time)}</td><td data-label="Medium"><code>${escaped(one.path)}</code></td><td data-label="Anybody">${escaped(answerInWords(one.anonymous))}</td><td data-label="With credentials">${escaped(answerInWords(one.credentialed))}</td></tr>`,
          )
          .join("")}</tbody></table>`;
  return `<section>
<h3>${escaped(name)}: ${names[kind]} ${badge(verdict)}</h3>
<p>Project <code>${escaped(projectId)}</code>; the switch is ${isOn ? "on" : "off"}; ${sample} of ${media} media tried${verdict === found ? "" : `; found ${found}`}.${note ? ` ${escaped(note)}` : ""}</p>
${table}
</section>`;
}

function badge(verdict: Verdict): string {
  return `<span class="verdict ${verdict.toLowerCase()}">${verdict}</span>`;
}

function time(iso: string): string {
  return `<time datetime="${escaped(iso)}">${escaped(iso.slice(0, 19).replace("T", " "))}</time>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}

const styles = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2127; --muted: #565f6b; --line: #d9dde2; --bad: #a3281c; --bad-ground: #fbe9e7; --warn: #8a4b00; --warn-ground: #fdf0dc; --good: #17693a; --good-ground: #e4f3e9; --plain: #eceff2; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --text: #e4e8ec; --muted: #a0a9b4; --line: #303740; --bad: #ff9d92; --bad-ground: #421d1a; --warn: #f2b661; --warn-ground: #3a2a12; --good: #74cf95; --good-ground: #173324; --plain: #272e36; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2rem; font-size: 1.2rem; } h3 { margin: 0; font-size: 1rem; }
ul { padding-left: 1.2rem; } .counts { padding: 0; list-style: none; } li { margin: .3rem 0; }
.verdict { padding: .05rem .5rem; border-radius: 99px; background: var(--plain); color: var(--muted); font-size: .8rem; font-weight: 600; }
.exposed, .broken { background: var(--bad-ground); color: var(--bad); } .public { background: var(--warn-ground); color: var(--warn); } .protected { background: var(--good-ground); color: var(--good); }
section { padding: .9rem 0; border-top: 1px solid var(--line); } section p { margin: .3rem 0; color: var(--muted); }
table { width: 100%; border-collapse: collapse; font-size: .87rem; } th, td { padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: baseline; } th { color: var(--muted); font-weight: 500; } td { border-top: 1px solid var(--line); }
code { font: .87em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
time { white-space: nowrap; }
@media (max-width: 40rem) { thead { display: none; } tr { display: block; padding: .4rem 0; border-top: 1px solid var(--line); } td { display: block; border: 0; } td::before { content: attr(data-label) ": "; color: var(--muted); } }
@media print { :root { color-scheme: light; --ground: #fff; --text: #000; --muted: #444; --line: #bbb; --bad: #900; --bad-ground: #fff; --warn: #750; --warn-ground: #fff; --good: #050; --good-ground: #fff; --plain: #fff; } .verdict { border: 1px solid currentcolor; } main { max-width: none; padding: 0; } h2, h3, h3 + p, thead { break-after: avoid; } tr { break-inside: avoid; } }
@page { margin: 16mm 14mm; }
`;

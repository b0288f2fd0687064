// The live page: what a browser gets, as text. It asks for /progress once a second, and for nothing else.

export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Media export</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<main>
<header><h1>Media export</h1><p id="state" role="status">Connecting…</p></header>
<section aria-labelledby="shards-title">
<h2 id="shards-title">Shards</h2>
<p><strong id="shards">0</strong> <span id="listing"></span></p>
<progress id="bar" aria-label="Shards done"></progress>
</section>
<dl id="numbers">
<div><dt>Saved</dt><dd id="saved">0</dd></div>
<div><dt>Moved</dt><dd id="bytes">0 B</dd></div>
<div><dt>Were there</dt><dd id="there">0</dd></div>
<div><dt>Gone</dt><dd id="gone">0</dd></div>
<div><dt>Failed</dt><dd id="failed">0</dd></div>
<div><dt>Time left</dt><dd id="left">–</dd></div>
</dl>
<section aria-labelledby="rate-title">
<h2 id="rate-title">The last two minutes</h2>
<figure><figcaption>Bytes a second: <b id="bytes-rate">0 B</b></figcaption>
<svg id="bytes-chart" class="bytes" viewBox="0 0 600 120" preserveAspectRatio="none" role="img" aria-label="Bytes a second"><path class="area"/><path class="line"/></svg>
<p class="scale"><span>2 min ago</span><span>at most <span id="bytes-most">0 B</span>/s</span><span>now</span></p></figure>
<figure><figcaption>Media a second: <b id="media-rate">0</b></figcaption>
<svg id="media-chart" class="media" viewBox="0 0 600 120" preserveAspectRatio="none" role="img" aria-label="Media a second"><path class="area"/><path class="line"/></svg>
<p class="scale"><span>2 min ago</span><span>at most <span id="media-most">0</span>/s</span><span>now</span></p></figure>
</section>
<section id="lost" aria-labelledby="lost-title" hidden>
<h2 id="lost-title">Not got</h2>
<table><thead><tr><th scope="col">Reason</th><th scope="col">Media</th></tr></thead><tbody id="reasons"></tbody></table>
</section>
<section aria-labelledby="running-title">
<h2 id="running-title">Under way</h2>
<ul id="running"></ul>
</section>
</main>
</body>
</html>
`;

export const css = `:root{color-scheme:light dark;--ink:#1c2230;--soft:#566072;--ground:#f6f7f9;--card:#fff;--rim:#d9dee7;--bytes:#0b5fc4;--media:#8a3fb8}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebf1;--soft:#a5afc0;--ground:#12161e;--card:#1b212c;--rim:#313a49;--bytes:#6db0ff;--media:#d69bff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1rem;display:grid;gap:1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;justify-content:space-between}
h1{font-size:1.4rem;margin:0}h2{font-size:1rem;margin:0 0 .5rem}
p{margin:0}#state,#listing,dt,.scale{color:var(--soft)}
section,#numbers>div{background:var(--card);border:1px solid var(--rim);border-radius:.6rem;padding:1rem;min-width:0}
progress{width:100%;height:.8rem;accent-color:var(--bytes);margin-top:.5rem}
#numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1rem;margin:0}
dd{margin:0;font-size:1.2rem;white-space:nowrap;font-variant-numeric:tabular-nums}
figure{margin:0 0 1rem}figure:last-child{margin:0}
svg{display:block;width:100%;height:7.5rem;margin-top:.25rem;border-bottom:1px solid var(--rim)}
.line{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}.area{opacity:.18;stroke:none}
.bytes .line{stroke:var(--bytes)}.bytes .area{fill:var(--bytes)}
.media .line{stroke:var(--media)}.media .area{fill:var(--media)}
.scale{display:flex;justify-content:space-between;font-size:.85rem}
table{border-collapse:collapse}th,td{text-align:left;padding:.2rem 1.5rem .2rem 0}td{font-variant-numeric:tabular-nums}
ul{margin:0;padding:0;list-style:none;font-size:.9rem}li{overflow-wrap:anywhere;padding:.2rem 0;color:var(--soft)}
`;

export const script = `const $ = (id) => document.getElementById(id);
const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };
const count = (n) => Math.round(n).toLocaleString("en-US");
const draw = (id, values, most) => {
  const step = 600 / 119, start = 120 - values.length;
  const points = values.map((v, i) => ((start + i) * step).toFixed(1) + "," + (118 - 114 * v / (most || 1)).toFixed(1));
  const line = points.length ? "M" + points.join("L") : "";
  $(id).querySelector(".line").setAttribute("d", line);
  $(id).querySelector(".area").setAttribute("d", line && line + "L600,120L" + (start * step).toFixed(1) + ",120Z");
};
const items = (list, texts, make) => {
  const same = list.children.length === texts.length && [...list.children].every((one, i) => one.textContent === texts[i].flat().join(""));
  if (!same) list.replaceChildren(...texts.map(make));
};
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
async function look() {
  try {
    const { progress: p, samples, words } = await (await fetch("/progress")).json();
    set("state", p.isOver ? (p.failed ? "Ended, with media that could not be got" : "Done") : p.isPaused ? "Paused: what is under way ends" : "Running");
    set("shards", count(p.shardsDone) + " of " + count(p.shardsPlanned));
    set("listing", p.isListed ? "" : "planned so far, still listing");
    if (p.isListed) { $("bar").max = p.shardsPlanned || 1; $("bar").value = p.shardsPlanned ? p.shardsDone : 1; }
    else $("bar").removeAttribute("value");
    set("saved", count(p.saved)); set("there", count(p.kept + p.known)); set("gone", count(p.gone)); set("failed", count(p.failed));
    set("bytes", words.bytes); set("left", words.left); set("bytes-rate", words.bytesRate); set("media-rate", words.mediaRate);
    set("bytes-most", words.bytesMost); set("media-most", words.mediaMost);
    draw("bytes-chart", samples.map((s) => s.bytes), Math.max(0, ...samples.map((s) => s.bytes)));
    draw("media-chart", samples.map((s) => s.media), Math.max(0, ...samples.map((s) => s.media)));
    $("bytes-chart").setAttribute("aria-label", "Bytes a second over two minutes, now " + words.bytesRate);
    $("media-chart").setAttribute("aria-label", "Media a second over two minutes, now " + words.mediaRate);
    const reasons = Object.entries(p.reasons);
    $("lost").hidden = reasons.length === 0;
    items($("reasons"), reasons.map(([r, n]) => [r, count(n)]), (texts) => { const row = document.createElement("tr"); row.append(...texts.map((t) => element("td", t))); return row; });
    items($("running"), words.running.length ? words.running.map((t) => [t]) : [["Nothing at the moment."]], ([t]) => element("li", t));
  } catch { set("state", "The export does not answer: it has ended, or its machine is away."); }
}
look(); setInterval(look, 1000);
`;

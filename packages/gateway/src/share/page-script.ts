/**
 * The script of share pages: opens without a click where nothing is asked, and puts a fresh link in
 * place before the old one ends, where the player was. Pages work without it.
 */
export const pageScript = `
const main = document.querySelector("main");
const status = document.getElementById("status");
let body = "";
const ask = () => fetch(location.pathname, {
  method: "POST",
  headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
  body,
});
const say = (text) => { status.textContent = text; };
const make = (name, fields) => Object.assign(document.createElement(name), fields);
function show(opened, title) {
  const shown = make("div", { className: "shown" });
  const { element, play } = opened;
  if (element === "audio" || element === "video") {
    const player = make(element, { id: "medium", controls: true, preload: "metadata", src: play });
    player.setAttribute("aria-label", title);
    player.playsInline = true;
    shown.append(player);
  } else if (element === "image") shown.append(make("img", { id: "medium", src: play, alt: title }));
  else if (element === "pdf") shown.append(make("iframe", { id: "medium", src: play, title }));
  else shown.append(make("p", { textContent: "This file cannot be shown here. You can download it." }));
  const link = make("a", { id: "download", className: "button", href: opened.download, textContent: "Download" });
  link.setAttribute("download", "");
  for (const old of main.querySelectorAll("form, p:not(#status)")) old.remove();
  status.before(shown, link);
  renewLater(opened.renewIn);
}
function renewLater(seconds) {
  if (seconds > 0) setTimeout(renew, seconds * 1000);
}
async function renew() {
  const answer = await ask().catch(() => undefined);
  if (!answer || answer.status >= 500) return renewLater(15);
  if (!answer.ok) return say("This link has ended.");
  const opened = await answer.json();
  document.getElementById("download").href = opened.download;
  const player = document.querySelector("audio, video");
  if (player) {
    const { currentTime, paused, playbackRate } = player;
    player.src = opened.play;
    player.currentTime = currentTime;
    player.playbackRate = playbackRate;
    if (!paused) player.play().catch(() => undefined);
  }
  renewLater(opened.renewIn);
}
async function open() {
  say("Opening…");
  const answer = await ask().catch(() => undefined);
  if (answer?.ok) {
    say("");
    show(await answer.json(), main.dataset.title);
    return;
  }
  const busy = "It cannot be opened right now. Try again in a moment.";
  if (!answer || answer.status >= 500) return say(busy);
  if (answer.status === 429) return say("Too many tries. Wait a quarter of an hour.");
  if (answer.status === 403) {
    say("That is not the passcode.");
    const field = document.getElementById("passcode");
    field.setAttribute("aria-invalid", "true");
    field.focus();
    field.select();
    return;
  }
  say(answer.status === 410 ? "This link has ended." : "There is nothing behind this link.");
}
const form = document.querySelector("form");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  body = new URLSearchParams(new FormData(form)).toString();
  open();
});
if (main.hasAttribute("data-opens")) open();
const opened = document.querySelector("[data-renew]");
if (opened && Number(opened.dataset.renew) > 0) renewLater(Number(opened.dataset.renew));
`;

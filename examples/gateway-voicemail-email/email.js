import { createLinks } from "@media-protection/gateway/links";

// Keys alone: whoever writes e-mail needs no credentials of the platform.
const links = createLinks({
  keys: process.env.MEDIA_GATEWAY_KEYS,
  publicUrl: process.env.MEDIA_GATEWAY_URL,
});

const week = 7 * 24 * 60 * 60;

/** @returns the whole message, for `sendmail -t` or a library that takes a raw one */
export async function voicemailEmail({ to, mailbox, caller, recordingUrl }) {
  const { url, expiresAt } = await links.mint(recordingUrl, {
    share: true,
    ttl: week,
    audience: `mailbox-${mailbox}`,
  });
  // A caller can call himself anything: only what is a number goes into headers and HTML.
  const number = caller.replace(/[^+\d]/g, "") || "an unknown number";
  const until = expiresAt.toUTCString();
  const boundary = crypto.randomUUID();
  return [
    "From: Voicemail <voicemail@example.com>",
    `To: ${to.replace(/[\r\n]/g, "")}`,
    `Subject: Voicemail from ${number}`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    "",
    `--${boundary}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    `Listen, until ${until}:`,
    url,
    `--${boundary}`,
    "Content-Type: text/html; charset=utf-8",
    "",
    `<p>A message from ${number}.</p>`,
    `<p><a href="${url}">Listen</a>, until ${until}.</p>`,
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

if (import.meta.filename === process.argv[1]) {
  const [to, mailbox, caller, recordingUrl] = process.argv.slice(2);
  process.stdout.write(await voicemailEmail({ to, mailbox, caller, recordingUrl }));
}

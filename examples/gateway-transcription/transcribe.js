import { createLinks } from "@media-protection/gateway/links";

const { MEDIA_GATEWAY_KEYS, MEDIA_GATEWAY_URL, TRANSCRIBER_URL, TRANSCRIBER_KEY } = process.env;
const links = createLinks({ keys: MEDIA_GATEWAY_KEYS, publicUrl: MEDIA_GATEWAY_URL });

/** Has a recording transcribed by a service that fetches it: now, or when its queue is there. */
export async function transcribe(recordingUrl) {
  const { url } = await links.mint(recordingUrl, {
    ttl: 6 * 60 * 60,
    audience: "transcriber",
  });
  const answer = await fetch(`${TRANSCRIBER_URL}/transcripts`, {
    method: "POST",
    headers: { authorization: TRANSCRIBER_KEY, "content-type": "application/json" },
    body: JSON.stringify({ audio_url: url }),
  });
  if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
  return answer.json();
}

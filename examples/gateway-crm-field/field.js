import { createLinks } from "@media-protection/gateway/links";

const { MEDIA_GATEWAY_KEYS, MEDIA_GATEWAY_URL, MEDIA_GATEWAY_ADMIN_TOKEN } = process.env;
const links = createLinks({ keys: MEDIA_GATEWAY_KEYS, publicUrl: MEDIA_GATEWAY_URL });

const month = 30 * 24 * 60 * 60;
const audienceOf = (recordId) => `crm-${recordId}`;

/** The fields of a record: the link fits into a text field of 255 characters. */
export async function recordingFields(recordId, recordingUrl) {
  const { url, expiresAt } = await links.mint(recordingUrl, {
    share: true,
    ttl: month,
    audience: audienceOf(recordId),
    revocable: true,
  });
  return { recording_link: url, recording_link_ends: expiresAt.toISOString() };
}

/** Takes back every link of a record, such as one whose person asked to be forgotten. */
export async function takeBack(recordId) {
  const answer = await fetch(`${MEDIA_GATEWAY_URL}/revocations`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${MEDIA_GATEWAY_ADMIN_TOKEN}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ audience: audienceOf(recordId) }),
  });
  if (!answer.ok) throw new Error(`The gateway answered ${answer.status}: nothing was taken back.`);
}

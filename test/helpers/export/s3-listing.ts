/**
 * A page of `ListObjectsV2`: in the order of the keys' bytes, as Amazon's.
 *
 * @param objects bytes by path, `/bucket/key`, as URLs have it
 * @param bucket the path of the bucket
 */
export function listObjects(
  objects: ReadonlyMap<string, number>,
  bucket: string,
  query: URLSearchParams,
  pageSize: number,
): string {
  const root = bucket.endsWith("/") ? bucket : `${bucket}/`;
  const prefix = query.get("prefix") ?? "";
  const after = Buffer.from(query.get("continuation-token") ?? "", "base64url").toString();
  const all = [...objects]
    .filter(([path]) => path.startsWith(root))
    .map(([path, size]) => ({ key: decodeURIComponent(path.slice(root.length)), size }))
    .filter(({ key }) => key.startsWith(prefix) && (after === "" || compare(key, after) > 0))
    .sort((one, two) => compare(one.key, two.key));
  const page = all.slice(0, pageSize);
  const last = page.at(-1)?.key ?? "";
  const isTruncated = all.length > page.length;
  const contents = page.map(
    ({ key, size }) => `<Contents><Key>${escaped(key)}</Key><Size>${size}</Size></Contents>`,
  );
  const token = `<NextContinuationToken>${Buffer.from(last).toString("base64url")}</NextContinuationToken>`;
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${isTruncated}</IsTruncated>${isTruncated ? token : ""}<KeyCount>${page.length}</KeyCount>${contents.join("")}</ListBucketResult>`;
}

function compare(one: string, two: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(two));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

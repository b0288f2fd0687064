import { asWritten, type Decoded, readings, unescaped } from "./decoded.js";
import type { Redact } from "./masking.js";
import { squeezed, unpacked } from "./packed.js";

/** So many characters of a secret in a row are told from other text, wherever in it they stand. */
const piece = 12;

/** A part of a text, from its first character to that behind the last. */
type Place = readonly [start: number, end: number];

/** What a credential is known by. */
interface Known {
  /** Every piece of it, in each of its encodings. */
  readonly pieces: ReadonlySet<string>;
  /** The pieces that end the token itself: what follows them is other text. */
  readonly ends: ReadonlySet<string>;
  /** Ways to write the token, of which the beginning tells it. */
  readonly tokens: readonly string[];
  /** The least beginning that tells it. */
  readonly least: number;
  /** A token too short to be told by a part of it, where it stands alone. */
  readonly alone: RegExp | undefined;
}

/**
 * What replaces everything in a text that shows a credential by `***`: the token and the Basic
 * credentials, whole, or a part of them that tells them, since a server may have cut them short; as
 * they are, with white space or invisible marks in it, in base64 at any place of a longer text, in
 * hexadecimal, as numbers; percent-encoded, quoted-printable, escaped as JSON or HTML, wholly or in
 * part, in layers. A token too short to be told by a part of it is replaced
 * where it stands alone.
 */
export function createRedact(projectId: string, token: string): Redact {
  let known: Known | undefined;
  return (text) => {
    known ??= knowledgeOf(projectId, token);
    const found: Place[] = [];
    const views = [...readings(asWritten(text))];
    for (const view of views) {
      findAlone(view, known, found);
      find(view, known, found);
      findPieces(squeezed(view), known, found);
    }
    for (const view of unpacked(views)) {
      const unbroken = squeezed(view);
      find(unbroken, known, found);
      findPieces(unbroken, known, found);
    }
    return cover(text, found);
  };
}

function knowledgeOf(projectId: string, token: string): Known {
  const user = `${projectId}:${token}`;
  // What looks like an escape in a token is taken for one in a text, too; unless nothing is left.
  const decoded = unescaped(token);
  const tokens = decoded === token || decoded.length < 4 ? [token] : [token, decoded];
  const long = tokens.map(fold).filter((text) => text.length >= piece);
  const encoded = [user, token, btoa(user), btoa(token)].flatMap(inBase64).map(fold);
  const hexadecimal = [...user].map((one) => one.charCodeAt(0).toString(16)).join("");
  // An escape undone may leave less than a piece of a token that has one.
  const few = tokens.filter((text) => text.length < piece);
  const literal = few.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const short = token.length < piece;
  return {
    pieces: new Set([
      ...long.flatMap(piecesOf).filter((text) => isTelling(text, projectId)),
      ...[...encoded, hexadecimal].flatMap(piecesOf),
    ]),
    ends: new Set(long.map((text) => text.slice(-piece))),
    tokens: short ? [] : long,
    least: Math.min(piece, Math.max(6, Math.floor(token.length / 4))),
    alone: few.length > 0 ? new RegExp(`(?<!\\w)(?:${literal.join("|")})(?!\\w)`, "g") : undefined,
  };
}

/** As texts are compared: URL parsers change the case of a host and turn `\` round, and base64 has two alphabets. */
function fold(text: string): string {
  return text
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll("-", "+")
    .replace(/[_\\]/g, "/");
}

/** Whether a piece of a token is no text that ids have, too: `-8000-0000000`, or one of the project's. */
function isTelling(text: string, projectId: string): boolean {
  return new Set(text).size > 5 && !fold(projectId).includes(text);
}

function piecesOf(text: string): string[] {
  const count = Math.max(0, text.length - piece + 1);
  return Array.from({ length: count }, (_, start) => text.slice(start, start + piece));
}

/** What base64 always shows of a text, after none, one or two bytes of a group (RFC 4648 §4). */
function inBase64(text: string): string[] {
  return [0, 2, 3].map((shared, before) => {
    const whole = btoa("\0".repeat(before) + text).replace(/=+$/, "");
    // The last character holds bits of what follows, unless a group ends there.
    return whole.slice(shared, (before + text.length) % 3 === 0 ? undefined : -1);
  });
}

/** Adds where in the source a token too short to be told by a part of it stands alone. */
function findAlone(view: Decoded, { alone }: Known, found: Place[]): void {
  for (const { index, 0: whole } of alone ? view.text.matchAll(alone) : []) {
    found.push(placeOf(view, index, index + whole.length));
  }
}

/** Adds where in the source the view shows what is known. */
function find(view: Decoded, known: Known, found: Place[]): void {
  const add = (start: number, end: number) => found.push(placeOf(view, start, end));
  const folded = fold(view.text);
  // What follows a part may belong to it: an end that was encoded otherwise, or again.
  const restOf = (end: number) => end + (/^[^\s"'<>,;]*/.exec(folded.slice(end))?.[0].length ?? 0);
  for (const [start, end] of piecesIn(folded, known)) {
    add(start, known.ends.has(folded.slice(end - piece, end)) ? end : restOf(end));
  }
  for (const token of known.tokens) {
    const beginning = token.slice(0, known.least);
    for (let start = folded.indexOf(beginning); start >= 0; ) {
      let length = known.least;
      while (length < token.length && folded[start + length] === token[length]) length++;
      const end = start + length;
      add(start, length < token.length ? restOf(end) : end);
      start = folded.indexOf(beginning, end);
    }
  }
}

/** Adds where in the source the view shows pieces, and nothing of what follows them. */
function findPieces(view: Decoded, known: Known, found: Place[]): void {
  for (const [start, end] of piecesIn(fold(view.text), known)) {
    found.push(placeOf(view, start, end));
  }
}

/** Where in the source a part of a view was written. */
function placeOf({ from, to }: Decoded, start: number, end: number): Place {
  return [from[start] ?? 0, to[end - 1] ?? 0];
}

/** Where a folded text consists of pieces, one grown into the next. */
function piecesIn(folded: string, { pieces }: Known): Place[] {
  const places: Place[] = [];
  for (let start = 0; start + piece <= folded.length; start++) {
    if (!pieces.has(folded.slice(start, start + piece))) continue;
    let end = start + piece;
    while (end < folded.length && pieces.has(folded.slice(end + 1 - piece, end + 1))) end++;
    places.push([start, end]);
    start = end - 1;
  }
  return places;
}

/** The text with `***` in the place of what was found. */
function cover(text: string, found: Place[]): string {
  let shown = "";
  let covered = 0;
  for (const [start, end] of found.sort(([one], [other]) => one - other)) {
    if (start > covered || shown === "") shown += `${text.slice(covered, start)}***`;
    covered = Math.max(covered, end);
  }
  return shown + text.slice(covered);
}

import { checkId } from "./file-id.js";
import { latin1 } from "./latin1.js";
import { type MediaFile, mediaFile } from "./media-file.js";

/** What {@link pdfFile} needs to know. */
export interface PdfOptions {
  /** Names the document: it stands in the header line of every page. Printable ASCII, at most 200. */
  readonly id: string;
  /** Number of pages, 1 to 10,000. @default 1 */
  readonly pages?: number | undefined;
  /** Heading of the first page, and title in the metadata. @default "Fax" */
  readonly title?: string | undefined;
  readonly lastModified: Date;
}

const FORMAT = { contentType: "application/pdf", extension: "pdf" };

const MOST_PAGES = 10_000;
/** US letter in points: the paper of a North American fax. */
const WIDTH = 612;
const HEIGHT = 792;
const MARGIN = 54;
/** Objects before the pages: catalog, page tree, two fonts, information. */
const FIRST_PAGE = 6;

const LETTER = [
  "To whom it may concern,",
  "",
  "This page was made by a mock of the platform, so that software which handles",
  "faxes has something to fetch, to show and to file. Nobody sent it, and it says",
  "nothing that anyone would want to keep to themselves.",
  "",
  "What matters about it is that it opens in every reader, that it has exactly the",
  "pages it should have, and that each of them tells its number.",
  "",
  "Sincerely,",
  "the mock",
];

/**
 * A fax: pages of text on US letter paper, in PDF 1.4 with a plain cross-reference table.
 *
 * @throws RangeError when the id or the number of pages is out of range
 */
export function pdfFile(options: PdfOptions): MediaFile {
  const { id, pages = 1, title = "Fax", lastModified } = options;
  checkId(id);
  if (!Number.isInteger(pages) || pages < 1 || pages > MOST_PAGES) {
    throw new RangeError(`A document has 1 to ${MOST_PAGES} pages, not ${pages}`);
  }
  return mediaFile(
    FORMAT,
    lastModified,
    () => {
      const pattern = latin1(pdf(objects(id, pages, title)));
      return { head: new Uint8Array(0), pattern, size: pattern.length };
    },
    { recipe: { id, pages, title } },
  );
}

function objects(id: string, pages: number, title: string): string[] {
  const kids = Array.from({ length: pages }, (_, index) => `${FIRST_PAGE + 2 * index} 0 R`);
  const list = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${kids.join(" ")}] >>`,
    font("Helvetica"),
    font("Courier"),
    `<< /Title ${textString(title)} /Subject ${textString(id)} >>`,
  ];
  for (let page = 1; page <= pages; page++) {
    const content = drawPage(id, page, pages, title);
    list.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] ` +
        `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${list.length + 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  return list;
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function drawPage(id: string, page: number, pages: number, title: string): string {
  const heading = page === 1 ? title : `Page ${page}`;
  return [
    write("F2", 8, HEIGHT - 30, [`FAX ${id.slice(0, 80)}  PAGE ${page} OF ${pages}`]),
    write("F1", 28, HEIGHT - 110, [heading]),
    write("F1", 12, HEIGHT - 160, LETTER),
  ].join("\n");
}

/** Lines of text from the left margin down, the first at height `y`. */
function write(fontName: string, size: number, y: number, lines: readonly string[]): string {
  const shown = lines.map((line) => `${literal(line)} Tj T*`).join("\n");
  return `BT /${fontName} ${size} Tf ${Math.round(size * 1.4)} TL ${MARGIN} ${y} Td\n${shown}\nET`;
}

/** Text as a page shows it; what the standard fonts cannot show becomes a question mark. */
function literal(text: string): string {
  const shown = text.replace(/[^\x20-\x7e\xa0-\xff]/gu, "?");
  return `(${shown.replace(/[\\()]/g, "\\$&")})`;
}

/** Text as metadata holds it, in UTF-16: any character. */
function textString(text: string): string {
  let hex = "FEFF";
  for (let i = 0; i < text.length; i++) hex += text.charCodeAt(i).toString(16).padStart(4, "0");
  return `<${hex}>`;
}

/** The file around the objects: header, cross-reference table, trailer (ISO 32000-1 §7.5). */
function pdf(list: readonly string[]): string {
  // The second line tells transfer programs that the file is binary.
  let file = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  const offsets = list.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  // Each entry is exactly 20 bytes, hence the space before the line end.
  const entries = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  const size = list.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries.join("")}`;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>`;
  return `${file}${table}${trailer}\nstartxref\n${file.length}\n%%EOF\n`;
}

import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "./notice.js";

/** The most pages that are drawn; the rest is in the file. */
const mostPages = 20;

/**
 * A PDF, drawn by PDF.js: a browser's own viewer shows none in a page whose policy (CSP) allows nothing
 * but what it needs, and some browsers have none.
 */
export function Pdf({ blob, name }: { readonly blob: Blob; readonly name: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<number>();
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  useEffect(() => {
    let isShown = true;
    let end = () => {};
    const draw = async () => {
      // Loaded when there is a PDF: it is larger than all the rest of the page.
      const { openPdf } = await import("../state/open-pdf.js");
      const document = await openPdf(await blob.arrayBuffer());
      end = () => void document.destroy();
      if (!isShown) return end();
      setPages(document.numPages);
      const numbers = Array.from(
        { length: Math.min(document.numPages, mostPages) },
        (_, at) => at + 1,
      );
      // Before the first is drawn: asked for between two of them, a page was now and then never given.
      const all = await Promise.all(numbers.map((number) => document.getPage(number)));
      for (const [at, page] of all.entries()) {
        const number = at + 1;
        const canvas = window.document.createElement("canvas");
        const viewport = page.getViewport({ scale: 1.5 });
        canvas.width = viewport.width;
        canvas.height = viewport.height;
        canvas.setAttribute("role", "img");
        canvas.setAttribute("aria-label", `${name}, page ${number}`);
        // As for a printer: otherwise it waits for frames, of which a page out of sight has none.
        await page.render({ canvas, viewport, intent: "print" }).promise;
        if (!isShown) return;
        box.current?.append(canvas);
      }
    };
    draw().catch((error: unknown) => {
      if (isShown) setFailed({ error });
    });
    return () => {
      isShown = false;
      end();
      box.current?.replaceChildren();
    };
  }, [blob, name]);
  return (
    <>
      {failed && <Failure error={failed.error} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboards */}
      <section class="pdf" ref={box} tabIndex={0} aria-label={`${name}, its pages`} />
      {pages !== undefined && pages > mostPages && (
        <p class="muted small-text">
          The first {mostPages} of {pages} pages.
        </p>
      )}
    </>
  );
}

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

/** A link back to the page above. */
export interface Crumb {
  readonly text: string;
  readonly href: string;
}

/**
 * The heading of a page. It takes the focus when the page appears, as after a real navigation, so
 * that keyboards and screen readers begin there.
 */
export function PageHeading({
  title,
  crumbs = [],
  children,
}: {
  /** Of the document; also the heading, unless `children` says more. */
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · Media protection mock`;
  }, [title]);
  return (
    <>
      {crumbs.length > 0 && (
        <nav aria-label="Breadcrumb">
          <ol class="crumbs">
            {crumbs.map(({ text, href }) => (
              <li key={href}>
                <a href={href}>{text}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {children ?? title}
      </h1>
    </>
  );
}

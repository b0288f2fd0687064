import { PageHeading } from "../parts/page-heading.js";

/** What is shown where an address names no page. */
export function NotFoundPage({ address }: { readonly address: string }) {
  return (
    <>
      <PageHeading title="There is no such page" />
      <p>
        <code>{address}</code> leads nowhere. The platform's own paths begin with <code>/api/</code>
        ; the pages of this dashboard are in the menu above.
      </p>
      <p>
        <a class="button" href="/#/projects">
          To the projects
        </a>
      </p>
    </>
  );
}

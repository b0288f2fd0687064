/** A lock, closed or open: whether a medium is protected can be seen without reading. */
export function Lock({ closed }: { readonly closed: boolean }) {
  return (
    <svg class="lock" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="3" y="7" width="10" height="7.5" rx="1.5" />
      <path d={closed ? "M5 7V5a3 3 0 0 1 6 0v2" : "M5 7V4.5a3 3 0 0 1 5.8-1"} />
    </svg>
  );
}

const dateAndTime = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "UTC",
});

/** A moment, in UTC as the platform writes it. */
export function Moment({ at }: { readonly at: Date }) {
  return <time dateTime={at.toISOString()}>{dateAndTime.format(at)} UTC</time>;
}

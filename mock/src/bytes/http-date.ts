const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const TIME = "(?<time>\\d\\d:\\d\\d:\\d\\d)";

/** The three forms that a recipient must accept: IMF-fixdate, RFC 850, asctime. */
const FORMS = [
  `^\\w{3}, (?<day>\\d\\d) (?<month>\\w{3}) (?<year>\\d{4}) ${TIME} GMT$`,
  `^\\w{6,9}, (?<day>\\d\\d)-(?<month>\\w{3})-(?<year>\\d\\d) ${TIME} GMT$`,
  `^\\w{3} (?<month>\\w{3}) (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`,
].map((form) => new RegExp(form));

/**
 * Reads an HTTP-date (RFC 9110 §5.6.7). `Date.parse` would take forms that are none, and asctime for
 * local time. Two-digit years from 70 on are of the last century.
 *
 * @returns milliseconds since 1970, or undefined for anything that is not an HTTP-date
 */
export function parseHttpDate(text: string): number | undefined {
  for (const form of FORMS) {
    const { day, month, year, time } = form.exec(text)?.groups ?? {};
    if (!day || !month || !year || !time) continue;
    const [hour, minute, second] = time.split(":").map(Number);
    const fullYear =
      year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
    const date = Date.UTC(fullYear, MONTHS.indexOf(month), Number(day), hour, minute, second);
    // Rolls over when the month, the day or the time is none.
    const rolled = new Date(date);
    const same = rolled.getUTCDate() === Number(day) && rolled.toUTCString().slice(17, 25) === time;
    return MONTHS.includes(month) && same ? date : undefined;
  }
  return undefined;
}

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Such as `5 minutes ago`; the date when it is long ago. */
export function when(at: number, now: number): string {
  const ago = Math.max(0, now - at);
  if (ago < minute) return 'just now';
  if (ago < hour) return relative.format(-Math.floor(ago / minute), 'minute');
  if (ago < day) return relative.format(-Math.floor(ago / hour), 'hour');
  if (ago < 7 * day) return relative.format(-Math.floor(ago / day), 'day');
  return date.format(at);
}

export function exactly(at: number): string {
  return exact.format(at);
}

// Durations as people write them in tags and props: `90d`, `12h`, `2w`, and ISO 8601 (`P90D`, `PT12H`).

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const SHORT: Readonly<Record<string, number>> = { s: SECOND, m: 60 * SECOND, h: HOUR, d: DAY, w: 7 * DAY };

/** Milliseconds of a duration; months count 30 days, years 365. Undefined for anything else, and for zero. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 40) return undefined;
  const total = shortForm(trimmed.toLowerCase()) ?? isoForm(trimmed.toUpperCase());
  return total !== undefined && total > 0 && total < 1000 * 365 * DAY ? total : undefined;
}

function shortForm(text: string): number | undefined {
  if (!/^(?:\d{1,9}[smhdw])+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g))
    total += Number(count) * (SHORT[unit ?? ''] ?? 0);
  return total;
}

/** ISO 8601-1, 5.5.2.3 */
function isoForm(text: string): number | undefined {
  const parts =
    /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?$/.exec(
      text,
    );
  if (!parts || /[PT]$/.test(text)) return undefined;
  const units = [365 * DAY, 30 * DAY, 7 * DAY, DAY, HOUR, 60 * SECOND, SECOND];
  return units.reduce((total, unit, index) => total + Number(parts[index + 1] ?? 0) * unit, 0);
}

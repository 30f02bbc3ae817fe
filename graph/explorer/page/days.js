/* Days: as numbers on a line, as the page holds them (2014-10-01), and as people type them. */
const DAY = 86400000;

/* Whole days since 1970. */
function number(isoDay) {
  return Date.parse(`${isoDay}T00:00:00Z`) / DAY;
}

function iso(days) {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

/* Whether this is a day that there is, written as the page holds days. */
function valid(isoDay) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(isoDay)) return false;
  const at = number(isoDay);
  return !Number.isNaN(at) && iso(at) === isoDay;
}

/* The last day of a month. */
function monthEnd(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/* What was typed as a day: of a month or a year its first or its last. Null where that is no day, undefined where it is
   not understood. Day.month.year, month.year, year, and the same with hyphens from the year down. */
function typed(words, last) {
  const clean = words.trim().replace(/\s+/g, "");
  const forms = [/^(?<y>\d{4})(-(?<m>\d{1,2})(-(?<d>\d{1,2}))?)?$/, /^((?<d>\d{1,2})\.)?((?<m>\d{1,2})\.)(?<y>\d{4})$/];
  const result = forms.map((form) => form.exec(clean)?.groups).find(Boolean);
  if (!result) return undefined;
  const month = result.m ? Number(result.m) : last ? 12 : 1;
  if (month < 1 || month > 12) return null;
  const day = result.d ? Number(result.d) : last ? monthEnd(Number(result.y), month) : 1;
  const isoDay = `${result.y}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return valid(isoDay) ? isoDay : null;
}

/* A month on or back: to the next first day of one, or to the next last day. */
function monthStep(days, step, last) {
  const at = new Date((last ? days + 1 : days) * DAY);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  const first = Date.UTC(year, step > 0 ? month + 1 : day > 1 ? month : month - 1, 1) / DAY;
  return last ? first - 1 : first;
}

export { number, iso, valid, typed, monthStep, monthEnd };

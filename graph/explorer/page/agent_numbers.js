/* How many meetings somebody has a part in: counted from records, or from the columns where the records are on a server. */
import * as aggregates from "./aggregates.js";
import * as counts from "./counts.js";
import * as data from "./data.js";
import * as days from "./days.js";
import * as meetings from "./meetings.js";

/** The numbers of an agent, and the first and last year of its meetings, whatever filters are on.
 * @param {string} id @returns {{certain: number, planned: number, possible: number, first: string, last: string}} */
function of(id) {
  return data.served && counts.canCount() ? fromColumns(data.numberOf(id)) : meetings.numbers(meetings.of(id));
}

function fromColumns(row) {
  const { agents } = aggregates.overview({});
  const [certain, planned, possible] = [agents.certain, agents.planned, agents.possible].map((column) => column[row] ?? 0);
  const isDated = certain + planned + possible > (agents.undated[row] ?? 0);
  const [first, last] = isDated ? [agents.first[row], agents.last[row]].map((day) => days.iso(day).slice(0, 4)) : ["", ""];
  return { certain, planned, possible, first, last };
}

export { of };

/* The choice of a span of time, which the range slider and the histogram share. */
import * as state from "./state.js";

/** The days that are chosen; an empty word where that end is open. @returns {[string, string]} */
function chosen(now = state.now) {
  return now.filters.span ?? ["", ""];
}

/** Chooses from one day to another; empty words leave an end open. Moving on is one step in the history, not a step a day. */
function set(from, to) {
  const filters = { ...state.now.filters };
  const before = filters.span;
  delete filters.span;
  if (from || to) filters.span = [from, to];
  state.set({ filters }, { again: Boolean(before && filters.span) });
}

export { chosen, set };

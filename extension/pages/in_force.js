// The administrator's policy as it holds: every value in force, and every value
// that was left out and why. For the options page and the status page.

import { make, text } from './parts.js';

/**
 * @param {import('../background/settings.js').Settings} state
 * @returns {HTMLElement[]}
 */
export function inForce({ source, administrator, dropped }) {
  const rows = Object.entries(administrator).flatMap(([key, value]) => [make('dt', {}, [key]), make('dd', {}, words(key, value))]);
  const late = source === 'waiting' || source === 'last' ? [make('p', { class: 'trouble', id: 'late' }, [`${text('ui_status_source')}: ${text(`ui_status_source_${source}`)}`])] : [];
  const values = rows.length ? make('dl', { id: 'policy', class: 'values' }, rows) : make('p', {}, [text('ui_options_no_policy')]);
  return [...late, values, ...dropped.map(({ key, reason }) => make('p', { class: 'trouble dropped' }, [text('ui_options_dropped', [key, reason])]))];
}

/** A value as one reads it: a list has a line for each item. @param {string} key @param {unknown} value @returns {HTMLElement[]} */
function words(key, value) {
  // Whoever looks over a shoulder need not see it.
  if (key === 'reportingToken') return [make('span', {}, ['•••'])];
  const lines = Array.isArray(value) ? value : [value];
  return lines.map((line) => make('div', {}, [typeof line === 'string' ? line : JSON.stringify(line)]));
}

// Charts as SVG: bars with their words and numbers beside them. A screen reader
// gets the same as a table; nothing is told by colour alone.

import { make, text } from './parts.js';

const SVG = 'http://www.w3.org/2000/svg';
const COLUMNS_HEIGHT = 140;
const FOOT = 22;

/** Below this width a name stands over its bar: a drawing that shrinks could not be read. */
export const NARROW = matchMedia('(max-width: 520px)');
const shape = () => (NARROW.matches ? { row: 44, label: 0, bars: 220, number: 60, top: 22, text: 15 } : { row: 26, label: 190, bars: 380, number: 70, top: 4, text: 17 });

/** @typedef {{ name: string, count: number, part?: number }} Bar `part` of the count is drawn darker */

/**
 * Horizontal bars, one a name.
 * @param {string} title @param {Bar[]} bars @param {string} [partTitle] what the darker part is
 */
export function barChart(title, bars, partTitle = '') {
  const most = Math.max(1, ...bars.map((one) => one.count));
  const { row, label, bars: length, number: room, top, text: base } = shape();
  const drawing = svg('svg', { viewBox: `0 0 ${label + length + room} ${Math.max(1, bars.length) * row}`, 'aria-hidden': 'true', class: 'chart' });
  bars.forEach(({ name, count, part = 0 }, at) => {
    const y = at * row;
    drawing.append(
      svg('text', label ? { x: label - 8, y: y + base, 'text-anchor': 'end' } : { x: 0, y: y + base }, shortened(name)),
      svg('rect', { x: label, y: y + top, width: Math.max(1, (count / most) * length), height: 18, class: 'bar' }),
      svg('rect', { x: label, y: y + top, width: (part / most) * length, height: 18, class: 'part' }),
      svg('text', { x: label + (count / most) * length + 6, y: y + top + 13 }, part ? `${number(part)} / ${number(count)}` : number(count)),
    );
  });
  return figure(title, drawing, bars, partTitle);
}

/**
 * Columns, one a stretch of time.
 * @param {string} title @param {Bar[]} bars @param {string} partTitle
 */
export function columnChart(title, bars, partTitle) {
  const most = Math.max(1, ...bars.map((one) => one.count));
  const { label, bars: length, number: room } = shape();
  const width = label + length + room;
  const step = width / Math.max(1, bars.length);
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${COLUMNS_HEIGHT + FOOT}`, 'aria-hidden': 'true', class: 'chart' });
  const column = (/** @type {number} */ at, /** @type {number} */ count, /** @type {string} */ kind) => {
    const height = (count / most) * (COLUMNS_HEIGHT - 20);
    return svg('rect', { x: at * step + 1, y: COLUMNS_HEIGHT - height, width: Math.min(40, Math.max(1, step - 2)), height, class: kind });
  };
  bars.forEach(({ count, part = 0 }, at) => drawing.append(column(at, count, 'bar'), column(at, part, 'part')));
  const ends = bars.length > 1 ? [bars[0], bars[bars.length - 1]] : bars;
  ends.forEach(({ name }, at) => drawing.append(svg('text', { x: at ? width : 0, y: COLUMNS_HEIGHT + 17, 'text-anchor': at ? 'end' : 'start' }, name)));
  drawing.append(svg('text', { x: 0, y: 12 }, number(most)));
  return figure(title, drawing, bars, partTitle);
}

/** @param {string} title @param {SVGElement} drawing @param {Bar[]} bars @param {string} partTitle */
function figure(title, drawing, bars, partTitle) {
  if (!bars.length) return make('figure', {}, [make('figcaption', {}, [title]), make('p', { class: 'soft' }, [text('ui_records_none')])]);
  const heads = [text('ui_records_what'), text('ui_records_count'), ...(partTitle ? [partTitle] : [])];
  const rows = bars.map(({ name, count, part = 0 }) =>
    make('tr', {}, [make('th', { scope: 'row' }, [name]), make('td', {}, [number(count)]), ...(partTitle ? [make('td', {}, [number(part)])] : [])]));
  const table = make('table', {}, [make('caption', {}, [title]), make('thead', {}, [make('tr', {}, heads.map((head) => make('th', { scope: 'col' }, [head])))]), make('tbody', {}, rows)]);
  const legend = partTitle ? [make('p', { class: 'soft' }, [make('span', { class: 'key' }), text('ui_records_part', partTitle)])] : [];
  return make('figure', {}, [make('figcaption', {}, [title]), drawing, ...legend, make('details', {}, [make('summary', {}, [text('ui_records_table')]), table])]);
}

/** @param {string} name @param {Record<string, string | number>} attributes @param {string} [words] */
function svg(name, attributes, words) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 10) / 10) : value);
  if (words !== undefined) element.textContent = words;
  return element;
}

/** @param {string} name */
function shortened(name) {
  return name.length > 26 ? `${name.slice(0, 25)}…` : name;
}

/** @param {number} value */
function number(value) {
  return value.toLocaleString();
}

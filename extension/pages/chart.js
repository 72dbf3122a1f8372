// Charts as SVG: bars with their words and numbers beside them. A screen reader
// gets the same as a table; nothing is told by colour alone.

import { make, text } from './parts.js';

const SVG = 'http://www.w3.org/2000/svg';
const ROW = 26;
const LABEL = 190;
const BARS = 380;
const NUMBER = 70;
const COLUMNS_HEIGHT = 140;
const FOOT = 22;

/** @typedef {{ name: string, count: number, part?: number }} Bar `part` of the count is drawn darker */

/**
 * Horizontal bars, one a name.
 * @param {string} title @param {Bar[]} bars @param {string} [partTitle] what the darker part is
 */
export function barChart(title, bars, partTitle = '') {
  const most = Math.max(1, ...bars.map((one) => one.count));
  const width = LABEL + BARS + NUMBER;
  const drawing = svg('svg', { viewBox: `0 0 ${width} ${Math.max(1, bars.length) * ROW}`, 'aria-hidden': 'true', class: 'chart' });
  bars.forEach(({ name, count, part = 0 }, at) => {
    const y = at * ROW;
    drawing.append(
      svg('text', { x: LABEL - 8, y: y + 17, 'text-anchor': 'end' }, shortened(name)),
      svg('rect', { x: LABEL, y: y + 4, width: Math.max(1, (count / most) * BARS), height: ROW - 8, class: 'bar' }),
      svg('rect', { x: LABEL, y: y + 4, width: (part / most) * BARS, height: ROW - 8, class: 'part' }),
      svg('text', { x: LABEL + (count / most) * BARS + 6, y: y + 17 }, part ? `${number(part)} / ${number(count)}` : number(count)),
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
  const width = LABEL + BARS + NUMBER;
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
  const legend = partTitle ? [make('p', { class: 'soft' }, [text('ui_records_darker', partTitle)])] : [];
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

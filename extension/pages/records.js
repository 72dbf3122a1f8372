// The records: what they add up to, whether they are whole, and as files.

import { recordTools } from '../background/core.js';
import { readHead, readLines } from '../background/records.js';
import { NARROW, barChart, columnChart } from './chart.js';
import { ask, button, main, make, text } from './parts.js';

/** Longer lists are cut: the file has all. */
const SHOWN = 12;

NARROW.addEventListener('change', () => void show());
await show();

async function show() {
  const { policy } = await ask({ type: 'state' });
  const [lines, head] = [await readLines(), await readHead()];
  const sum = recordTools().summary(lines);
  main.replaceChildren(
    make('h1', {}, [text('ui_records_title')]),
    make('p', {}, [`${text('ui_records_intro')} ${policy.reportingEndpoint ? text('ui_records_reported', policy.reportingEndpoint) : text('ui_records_here')}`]),
    make('p', { id: 'total' }, [text('ui_records_total', sum.records.toLocaleString())]),
    ways(policy, lines),
  );
  const choices = sum.choices.map(({ name, count }) => ({ name: text(`ui_choice_${name}`) || name, count }));
  main.append(
    barChart(text('ui_records_helped'), choices),
    columnChart(text('ui_records_weeks'), sum.weeks.map(({ from, records, released }) => ({ name: from, count: records, part: released })), text('ui_choice_anyway')),
    barChart(text('ui_records_kinds'), sum.kinds.slice(0, SHOWN).map(({ name, count }) => ({ name: text(`ui_kind_${name}`) || name, count }))),
    barChart(text('ui_records_sites'), sum.sites.slice(0, SHOWN)),
    barChart(text('ui_records_rules'), sum.rules.slice(0, SHOWN).map(({ name, count, set_aside: part }) => ({ name, count, part })), text('ui_records_set_aside')),
  );
  const place = make('section');
  main.append(place);
  document.body.dataset.ready = 'yes';
  // Every hash is made again: after the page is there.
  setTimeout(() => chain(place, lines, head));
}

/** @param {Record<string, any>} policy @param {string} lines */
function ways(policy, lines) {
  const row = make('div', { class: 'row' });
  if (policy.userMayExport !== false) {
    row.append(
      button('ui_records_json', () => save(recordTools().jsonLines(lines, new Date().toISOString()), 'primum-records.jsonl', 'application/jsonl')),
      button('ui_records_csv', () => save(recordTools().csv(lines), 'primum-records.csv', 'text/csv')),
    );
  } else row.append(make('p', { class: 'soft' }, [text('ui_records_no_export')]));
  if (policy.userMayClearRecords !== false) {
    row.append(button('ui_options_records_clear', async () => {
      await ask({ type: 'clearRecords' });
      await show();
    }));
  } else row.append(make('p', { class: 'soft' }, [text('ui_records_no_clear')]));
  return row;
}

/** @param {HTMLElement} place @param {string} lines @param {Head} head */
function chain(place, lines, head) {
  const report = recordTools().verify(lines, head);
  const whole = report.wrong === 0;
  place.append(make('h2', {}, [text('ui_records_chain')]), make('p', { id: 'chain', class: whole ? 'clean' : 'trouble' }, [text(whole ? 'ui_records_whole' : 'ui_records_broken', String(report.wrong))]));
  if (!whole) place.append(make('ul', {}, report.faults.slice(0, SHOWN).map(({ what }) => make('li', {}, [what]))));
  if (head.hash) place.append(make('p', { class: 'soft' }, [text('ui_records_head', [String(head.number), head.hash])]));
}

/** @param {string} words @param {string} name @param {string} type */
function save(words, name, type) {
  const url = URL.createObjectURL(new Blob([words], { type }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

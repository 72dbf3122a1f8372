// The drafts of the benches: of our own corpus where it lies beside the
// project, else of the few below; and how times are taken.

import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const CORPUS = '../shared/corpus/posts-dev.jsonl';
const STORIES = [
  'Long night. My patient, a 47yo firefighter from Tulsa, came in at 3 am with a pulmonary embolism and we coded him twice. His wife Carol brought cookies for the whole unit this morning. Proud of this team, and please, if your leg swells after a flight, do not wait for Monday. #nightshift #er',
  'Flu shots this Saturday, 9 to 1, in the lobby. No appointment, no cost, bring the kids. Our pharmacists will answer questions about the new booster as well. Parking behind the building is free, and the coffee is on us.',
  'Reminder to colleagues: the residency match talk moved to Thursday at noon in the auditorium. Dr. Feld speaks about burnout, boundaries and asking for help. Bring lunch, bring a friend, and bring your honest questions.',
];

/** @returns {{ name: string, texts: string[], text: string, runs: number }[]} */
export function drafts() {
  const posts = existsSync(CORPUS)
    ? readFileSync(CORPUS, 'utf8').split('\n').filter(Boolean).map((line) => /** @type {string} */ (JSON.parse(line).text))
    : STORIES;
  const all = posts.join('\n\n');
  const cut = (/** @type {number} */ length, /** @type {number} */ pieces) =>
    Array.from({ length: pieces }, (_, at) => {
      const from = (at * length * 7) % Math.max(1, all.length - length);
      return all.repeat(Math.ceil((from + length) / all.length)).slice(from, from + length);
    });
  const of = (/** @type {string} */ name, /** @type {number} */ length, /** @type {number} */ pieces, /** @type {number} */ runs) => {
    const texts = cut(length, pieces);
    return { name, texts, text: texts[0], runs };
  };
  return [
    of('40 characters', 40, 200, 20_000),
    of('280 characters', 280, 200, 20_000),
    of('3,000 characters', 3000, 25, 2000),
    of('11,000 characters', 11_000, 7, 500),
    of('1 MB', 1_000_000, 1, 8),
  ];
}

/** Microseconds of each run, sorted; a tenth more runs come before, to warm up.
 *  @param {number} runs @param {(at: number) => unknown} run */
export function times(runs, run) {
  for (let at = 0; at < Math.max(runs / 10, 1); at++) run(at);
  const found = new Float64Array(runs);
  for (let at = 0; at < runs; at++) {
    const start = performance.now();
    run(at);
    found[at] = (performance.now() - start) * 1000;
  }
  return found.sort();
}

/** @param {Float64Array} sorted @param {number} percent */
export function percentile(sorted, percent) {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}

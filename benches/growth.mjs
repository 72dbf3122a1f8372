// How time and bytes grow with the number of claims: the core as it is beside one
// whose table has 1,500, most of them made up.
// Call: node benches/growth.mjs; ./build.sh bench calls it.
//
// Made-up claims are said by the rules of real ones, with other things for their
// first, so that drafts touch them as often as claims of their own.

import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ALL = 1500;
const RUNS = 5;
const CORPUS = ['tests/corpus/stance-open.jsonl', 'tests/corpus/posts-dev.jsonl'].filter(existsSync);
const CLAIMS = 'src/data/misinformation/claims.toml';
const project = 'target/growth/project';

const listed = (readFileSync(CLAIMS, 'utf8').match(/^\[\[claim\]\]/gm) ?? []).length;
const now = measured('.');
copyProject();
appendFileSync(join(project, CLAIMS), madeUp(ALL - listed));
const then = measured(project);

const row = (/** @type {unknown[]} */ ...cells) =>
  cells.map((cell, at) => (at ? String(cell).padStart(16) : String(cell).padEnd(10))).join('');
console.log(row('claims', 'us a draft', 'bytes (native)'));
console.log(row(listed, now.time.toFixed(1), now.bytes));
console.log(row(ALL, then.time.toFixed(1), then.bytes));
console.log(
  `${(ALL / listed).toFixed(1)} times the claims: ${(then.time / now.time).toFixed(2)} times the time, ` +
    `${((then.bytes - now.bytes) / (ALL - listed)).toFixed(0)} bytes a claim more`,
);

/** Microseconds a draft (the least of several runs) and the size of the program. */
function measured(/** @type {string} */ folder) {
  execFileSync('cargo', ['build', '--release', '--quiet'], { cwd: folder, stdio: 'inherit' });
  const program = join(folder, 'target/release/primum');
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) {
    let time = 0;
    let drafts = 0;
    for (const file of CORPUS) {
      for (const line of answers(program, file)) {
        time += JSON.parse(line).scan_us;
        drafts++;
      }
    }
    least = Math.min(least, time / drafts);
  }
  return { time: least, bytes: statSync(program).size };
}

/** @returns {string[]} */
function answers(/** @type {string} */ program, /** @type {string} */ file) {
  const options = { encoding: /** @type {const} */ ('utf8'), maxBuffer: 2 ** 28 };
  try {
    return execFileSync(program, ['check', '--format', 'jsonl', file], options).trim().split('\n');
  } catch (error) {
    // Exit status 1: something was found.
    const { status, stdout } = /** @type {{ status: number, stdout: string }} */ (error);
    if (status !== 1) throw error;
    return stdout.trim().split('\n');
  }
}

function copyProject() {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  for (const part of ['Cargo.toml', 'Cargo.lock', 'build.rs', 'src', 'extension/_locales', 'extension/policies']) {
    cpSync(part, join(project, part), { recursive: true });
  }
}

function madeUp(/** @type {number} */ count) {
  const text = readFileSync(CLAIMS, 'utf8');
  const rules = [...text.matchAll(/^ {2}"([a-z_]+(?:\|[a-z_]+)* [>+&] [^"]+)",$/gm)].map((match) => match[1]);
  const firsts = [...new Set(rules.map((rule) => rule.split(' ')[0]))];
  const references = /^references = .*$/m.exec(text)?.[0];
  let made = '';
  for (let at = 0; at < count; at++) {
    const [, ...rest] = rules[(at * 17) % rules.length].split(' ');
    const says = [firsts[(at * 7) % firsts.length], ...rest].join(' ');
    made += `\n[[claim]]\nid = "made_up_${at}"\ntopic = "made_up"\nkind = "other"\nlevel = "notice"\nverdict = "unsupported"\n`;
    made += `statement = "Made-up claim ${at}."\ncorrection = "It is made up."\nreviewed_on = "2026-11-24"\n${references}\nsays = ["${says}"]\n`;
  }
  return made;
}

// How fast the core is where it runs, in WebAssembly.
// Call: node benches/wasm.mjs [CORE_FOLDER] [NAIVE_WASM]; ./build.sh bench builds both.
// "node benches/wasm.mjs start CORE_FOLDER" prints the times of one cold start.
//
// Times on shared machines are noisy, so each stands beside two others of the
// same run: the floor (the draft copied into the module and freed again) and a
// naive scanner of 40 patterns, run by the regex crate in a module of its own.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { drafts, percentile, times } from './drafts.mjs';

const cold = process.argv[2] === 'start';
const core = process.argv[cold ? 3 : 2] ?? 'target/core';
const naive = process.argv[3] ?? 'target/naive/wasm32-unknown-unknown/release/naive.wasm';
/** Processes that a cold start is taken from. */
const STARTS = 7;

const bytes = readFileSync(join(core, 'primum_bg.wasm'));
if (cold) {
  console.log(JSON.stringify((await start()).times));
  process.exit();
}
printBytes();
printStart();
const { glue, exports } = await start();
const { Core } = glue;
const naiveScan = await naiveScanner();
printScans();

function printBytes() {
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).length;
  const kB = (/** @type {number} */ n) => `${(n / 1000).toFixed(0)} kB`;
  console.log(`WebAssembly module: ${kB(bytes.length)}, gzip ${kB(gzip)}, brotli ${kB(brotli)}`);
}

/** From the bytes to the first answer, and to the second. */
async function start() {
  const glue = await import(pathToFileURL(join(core, 'primum.js')).href);
  const marks = [performance.now()];
  const module = await WebAssembly.compile(bytes);
  marks.push(performance.now());
  const exports = glue.initSync({ module });
  const engine = new glue.Core(undefined);
  marks.push(performance.now());
  // The engine compiles a function when it is called first: most of this is its time.
  for (const text of drafts().slice(0, 2).map((draft) => draft.text)) {
    engine.assess({ text });
    marks.push(performance.now());
  }
  return { glue, exports, times: marks.slice(1).map((mark, at) => mark - marks[at]) };
}

/** Each in a process of its own: nothing is warm. */
function printStart() {
  const runs = Array.from({ length: STARTS }, () => {
    const line = execFileSync(process.execPath, [fileURLToPath(import.meta.url), 'start', core], { encoding: 'utf8' });
    return /** @type {number[]} */ (JSON.parse(line));
  });
  const middle = (/** @type {number} */ at) => runs.map((times) => times[at]).sort((a, b) => a - b)[STARTS >> 1].toFixed(1);
  console.log(
    `cold start in Node (middle of ${STARTS}): compile ${middle(0)} ms, instantiate ${middle(1)} ms, ` +
      `first answer ${middle(2)} ms, second ${middle(3)} ms\n`,
  );
}

/** The draft into the module's memory and out again: what no scan can go below. */
function floor(/** @type {string} */ text) {
  const encoder = new TextEncoder();
  const room = text.length * 3;
  return () => {
    const at = exports.__wbindgen_malloc(room, 1) >>> 0;
    encoder.encodeInto(text, new Uint8Array(exports.memory.buffer, at, room));
    exports.__wbindgen_free(at, room, 1);
  };
}

/** @returns {Promise<((text: string) => () => number) | null>} Nothing where the module is not built. */
async function naiveScanner() {
  let file;
  try {
    file = readFileSync(naive);
  } catch {
    console.log(`(no ${naive}: ./build.sh bench builds the naive scanner)`);
    return null;
  }
  const { instance } = await WebAssembly.instantiate(file);
  const scanner = /** @type {any} */ (instance.exports);
  const start = performance.now();
  const patterns = scanner.compile();
  console.log(`naive scanner: ${(file.length / 1000).toFixed(0)} kB; its ${patterns} patterns compile in ${(performance.now() - start).toFixed(0)} ms\n`);
  const encoder = new TextEncoder();
  return (text) => {
    const room = encoder.encode(text).length;
    const at = scanner.room(room);
    return () => {
      encoder.encodeInto(text, new Uint8Array(scanner.memory.buffer, at, room));
      return scanner.scan(at, room);
    };
  };
}

function printScans() {
  const engine = new Core(undefined);
  const head = ['draft', 'p50 us', 'p99 us', 'ns/character', 'floor us', 'naive us', 'naive / ours'];
  console.log(head.map((cell, at) => (at ? cell.padStart(13) : cell.padEnd(22))).join(''));
  for (const { name, texts, runs } of drafts()) {
    const turn = (/** @type {((text: string) => () => unknown)} */ make) => {
      const calls = texts.map(make);
      return times(runs, (at) => calls[at % calls.length]());
    };
    const ours = turn((text) => () => engine.assess({ text }));
    const least = turn(floor);
    const theirs = naiveScan ? turn(naiveScan) : null;
    const length = texts.reduce((sum, text) => sum + text.length, 0) / texts.length;
    const p50 = percentile(ours, 50);
    const cells = [
      p50.toFixed(1),
      percentile(ours, 99).toFixed(1),
      ((p50 * 1000) / length).toFixed(0),
      percentile(least, 50).toFixed(1),
      theirs ? percentile(theirs, 50).toFixed(1) : '-',
      theirs ? (percentile(theirs, 50) / p50).toFixed(1) : '-',
    ];
    console.log(name.padEnd(22) + cells.map((cell) => cell.padStart(13)).join(''));
  }
  console.log(`time a character, 1 MB against 10 kB: ${linear(engine).toFixed(2)} times`);
  const memory = exports.memory.buffer.byteLength;
  console.log(`memory of the module after all this: ${(memory / 2 ** 20).toFixed(1)} MB`);
}

/** The least times of several runs: a busy machine only adds. */
function linear(/** @type {{ assess: (draft: { text: string }) => unknown }} */ engine) {
  const all = drafts().map((draft) => draft.text);
  const long = all[all.length - 1];
  const perCharacter = (/** @type {string} */ text, /** @type {number} */ runs) =>
    times(runs, () => engine.assess({ text }))[0] / text.length;
  return perCharacter(long, 5) / perCharacter(long.slice(0, 10_000), 200);
}

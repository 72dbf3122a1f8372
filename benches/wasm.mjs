// How fast the core is where it runs: in WebAssembly, in Node and in Chromium.
// Call: node benches/wasm.mjs [CORE_FOLDER] [NAIVE_WASM]; ./build.sh bench builds both.
//
// Times on shared machines are noisy, so each stands beside two others of the
// same run: the floor (the draft copied into the module and freed again) and a
// naive scanner of 40 patterns, run by the regex crate in a module of its own.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { drafts, percentile, times } from './drafts.mjs';

const core = process.argv[2] ?? 'target/core';
const naive = process.argv[3] ?? 'target/naive/wasm32-unknown-unknown/release/naive.wasm';

const bytes = readFileSync(join(core, 'primum_bg.wasm'));
printBytes();
const { glue, exports } = await printStart();
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

async function printStart() {
  const glue = await import(pathToFileURL(join(core, 'primum.js')).href);
  const marks = [performance.now()];
  const module = await WebAssembly.compile(bytes);
  marks.push(performance.now());
  const exports = glue.initSync({ module });
  marks.push(performance.now());
  const first = new glue.Core(undefined).assess({ text: drafts()[1].text });
  marks.push(performance.now());
  const [compile, instantiate, answer] = marks.slice(1).map((mark, at) => (mark - marks[at]).toFixed(2));
  console.log(
    `start in Node: compile ${compile} ms, instantiate ${instantiate} ms, first answer ${answer} ms (${first.decision})\n`,
  );
  return { glue, exports };
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
  const memory = exports.memory.buffer.byteLength;
  console.log(`\nmemory of the module after all this: ${(memory / 2 ** 20).toFixed(1)} MB`);
}

// The JavaScript peers of the privacy part. Reads {"text"} a line from standard
// input; writes, for each (peer, setting), one line with the spans of every text
// in UTF-16 units (null where the peer threw) and the milliseconds each took.
//
// usage: node privacy_peers.mjs FOLDER_WITH_NODE_MODULES < texts.jsonl

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const require = createRequire(pathToFileURL(resolve(process.argv[2], 'peers.cjs')));

// What peers that only return redacted text are asked to write instead of it.
const MARK = '\u27E6\u27E7';

const PEERS = [
  ['redact-pii', 'default', 'redact-pii', (library) => {
    const redactor = new library.SyncRedactor({ globalReplaceWith: MARK });
    return (text) => removed(text, redactor.redact(text));
  }],
  // Its documented switches only turn patterns off: here the two that take any
  // number and any word after "user".
  ['redact-pii', 'no digits, no user names', 'redact-pii', (library) => {
    const redactor = new library.SyncRedactor({
      globalReplaceWith: MARK,
      builtInRedactors: { digits: { enabled: false }, username: { enabled: false } },
    });
    return (text) => removed(text, redactor.redact(text));
  }],
  ['compromise', 'people and places', 'compromise', (nlp) => (text) => {
    const doc = nlp(text);
    return [doc.people(), doc.places()].flatMap(offsets);
  }],
  ['compromise', 'and phones, mail, links', 'compromise', (nlp) => (text) => {
    const doc = nlp(text);
    return [doc.people(), doc.places(), doc.phoneNumbers(), doc.emails(), doc.urls()].flatMap(offsets);
  }],
  ['openredaction', 'default', 'openredaction', (library) => {
    const redactor = new library.OpenRedaction();
    return async (text) => (await redactor.detect(text)).detections.map((d) => d.position);
  }],
  ['openredaction', 'hipaa preset', 'openredaction', (library) => {
    const redactor = new library.OpenRedaction({ preset: 'hipaa' });
    return async (text) => (await redactor.detect(text)).detections.map((d) => d.position);
  }],
  ['@redactpii/node', 'default', '@redactpii/node', (library) => {
    const redactor = new library.Redactor({ globalReplaceWith: MARK });
    return (text) => removed(text, redactor.redact(text));
  }],
  ['@coffeeandfun/remove-pii', 'default', '@coffeeandfun/remove-pii', (library) => (text) =>
    library.detectPII(text).detectedItems.flatMap((item) => item.positions.map((at) => [at.start, at.end]))],
  ['@arcjet/redact', 'default', '@arcjet/redact', (library) => async (text) =>
    removed(text, (await library.redact(text, { replace: () => MARK }))[0])],
];

const texts = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text);

for (const [peer, setting, name, build] of PEERS) {
  try {
    process.stdout.write(`${JSON.stringify({ peer, setting, ...(await run(build, name)) })}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ peer, setting, missing: String(error.message).split('\n')[0] })}\n`);
  }
}

async function run(build, name) {
  const library = await load(name);
  const once = build(library);
  const detect = async (text) => once(text);
  // The first calls compile and fill caches.
  for (const text of texts.slice(0, 50)) await detect(text).catch(() => []);
  const spans = [];
  const ms = [];
  for (const text of texts) {
    const start = performance.now();
    spans.push(await detect(text).catch(() => null));
    ms.push(performance.now() - start);
  }
  return { spans, ms, version: version(name) };
}

async function load(name) {
  const folder = resolve(process.argv[2], 'node_modules', name);
  const about = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));
  if (about.type !== 'module') return require(name);
  const entry = about.exports?.['.']?.import ?? about.main ?? 'index.js';
  const library = await import(pathToFileURL(resolve(folder, entry?.default ?? entry)));
  return name === 'compromise' ? library.default : library;
}

function version(name) {
  return JSON.parse(readFileSync(resolve(process.argv[2], 'node_modules', name, 'package.json'), 'utf8')).version;
}

function offsets(view) {
  return view.json({ offset: true, terms: false }).map(({ offset }) => [offset.start, offset.start + offset.length]);
}

/** The spans of `text` that were replaced by MARK in `redacted`. */
function removed(text, redacted) {
  const kept = redacted.split(MARK);
  if (kept.length === 1) return [];
  const pattern = kept.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('([^]*?)');
  const match = new RegExp(`^${pattern}$`, 'd').exec(text);
  // Text was changed elsewhere too: no span can be given, and the whole is taken.
  return match ? match.indices.slice(1).filter(([from, to]) => to > from) : [[0, text.length]];
}

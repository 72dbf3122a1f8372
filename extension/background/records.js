// Where records are kept: one line of JSON each, as the core makes it.
//
// storage.local holds 10 MB, which 100,000 records with their hashes do not fit;
// the database of the extension's own origin does. A thousand lines become one
// block there, since reading 100,000 entries one by one takes seconds. The end
// of the chain is noted in storage.local too: a database that was emptied or set
// back shows.

import { makeRecord } from './core.js';

const DATABASE = 'primum';
/** Lines by number, until they make a block. */
const LINES = 'lines';
/** A thousand lines in one text, by the number of the last. */
const BLOCKS = 'blocks';
const BLOCK = 1000;
/** Without a policy: a year, and no more than this. */
const DAYS = 365;
const MOST = 100_000;
const DAY_MS = 86_400_000;
/** Old records are looked for once in so many. */
const TIDY_EVERY = 50;

/** Writes are queued: two tabs may post at once. @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @typedef {{ policy: Record<string, any>, locale: string }} Rules */

/**
 * Adds a record. What the core does not know never gets in.
 * @param {Record<string, unknown>} entry @param {Rules} rules
 */
export function addRecord(entry, rules) {
  const { policy, locale } = rules;
  if (policy.auditDays === 0) return queue;
  return inTurn(async () => {
    const head = await readHead();
    const { number, hash, line } = makeRecord(policy, locale, entry, head);
    await write((lines) => lines.put(line, number));
    await note({ ...head, number, hash });
    if (number % BLOCK === 0) await makeBlock(number);
    if (number % TIDY_EVERY === 0) await tidy(policy);
  });
}

/** Every record, oldest first, as lines of JSON. */
export async function readLines() {
  const { lines, blocks } = await stores();
  const [old, late] = await Promise.all([done(blocks.getAll()), done(lines.getAll())]);
  return [...old, ...late].join('\n');
}

/** Records after a number, no more than so many. @param {number} number @param {number} most @returns {Promise<string[]>} */
export async function linesFrom(number, most) {
  const after = IDBKeyRange.lowerBound(number, true);
  const { lines, blocks } = await stores();
  const [old, late] = await Promise.all([done(blocks.getAll(after, Math.ceil(most / BLOCK) + 1)), done(lines.getAll(after, most))]);
  return [...split(old).filter((line) => numberOf(line) > number), ...late].slice(0, most);
}

/** @returns {Promise<Record<string, any>[]>} */
export async function readRecords() {
  return split([await readLines()]).map((line) => JSON.parse(line));
}

/** Deletes all. The chain goes on where it was, so that the gap shows. */
export function clearRecords() {
  return inTurn(async () => {
    const head = await readHead();
    await note({ ...head, deleted: head.number });
    await write((lines, blocks) => (lines.clear(), blocks.clear()));
  });
}

/** Deletes what is too old, in its turn. @param {Record<string, any>} policy */
export function tidyRecords(policy) {
  return inTurn(() => tidy(policy)).catch(() => undefined);
}

/** The end of the chain as it was noted at the last write. @returns {Promise<Head>} */
export async function readHead() {
  const { records } = /** @type {any} */ (await chrome.storage.local.get('records'));
  /** @type {Head} */
  const noted = { number: 0, hash: '', deleted: 0, ...records };
  // The browser may have been stopped between the two writes.
  const later = (await linesFrom(noted.number, BLOCK)).findLast((line) => numberOf(line) > noted.number);
  if (!later) return noted;
  const { number, hash } = JSON.parse(later);
  return { ...noted, number, hash };
}

/** @param {number} last */
async function makeBlock(last) {
  const range = IDBKeyRange.bound(last - BLOCK + 1, last);
  const { lines } = await stores();
  const block = (await done(lines.getAll(range))).join('\n');
  // After a deletion there may be none left.
  if (block) await write((lines, blocks) => (blocks.put(block, last), lines.delete(range)));
}

/** Deletes what the policy does not want kept any longer. @param {Record<string, any>} policy */
async function tidy(policy) {
  const head = await readHead();
  const tooOld = new Date(Date.now() - (policy.auditDays ?? DAYS) * DAY_MS).toISOString();
  const last = Math.max(head.number - (policy.auditMost ?? MOST), await lastBefore(tooOld));
  if (last <= head.deleted) return;
  // Noted first: what is deleted without a note is missing.
  await note({ ...head, deleted: last });
  const { blocks } = await stores();
  const [cut] = await done(blocks.getAll(IDBKeyRange.lowerBound(last, true), 1));
  const rest = split(cut ? [cut] : []).filter((line) => numberOf(line) > last);
  await write((lines, blocks) => {
    lines.delete(IDBKeyRange.upperBound(last));
    blocks.delete(IDBKeyRange.upperBound(last));
    if (rest.length) blocks.put(rest.join('\n'), numberOf(rest[rest.length - 1]));
  });
}

/** Number of the last record before a moment; 0 for none. Records stand in the order of time. @param {string} moment */
async function lastBefore(moment) {
  for (let last = 0; ; ) {
    const next = await linesFrom(last, BLOCK);
    const old = next.filter((line) => JSON.parse(line).time < moment);
    if (old.length) last = numberOf(old[old.length - 1]);
    if (old.length < next.length || !next.length) return last;
  }
}

/** 0 for a line that a fault has spoiled: it keeps nothing after it from being written. @param {string} line */
function numberOf(line) {
  try {
    return Number(JSON.parse(line).number) || 0;
  } catch {
    return 0;
  }
}

/** @param {string[]} texts */
function split(texts) {
  return texts.flatMap((text) => text.split('\n')).filter(Boolean);
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
function inTurn(work) {
  const result = queue.then(work);
  queue = result.catch(() => undefined);
  return result;
}

/** @param {Head} head */
function note(head) {
  return chrome.storage.local.set({ records: head });
}

/** @type {Promise<IDBDatabase> | undefined} */
let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => [LINES, BLOCKS].forEach((name) => request.result.createObjectStore(name));
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onclose = () => (opened = undefined);
      resolve(request.result);
    };
  });
  return opened.catch((error) => {
    opened = undefined;
    throw error;
  });
}

async function stores() {
  const transaction = (await open()).transaction([LINES, BLOCKS]);
  return { lines: transaction.objectStore(LINES), blocks: transaction.objectStore(BLOCKS) };
}

/** All of it or nothing. @param {(lines: IDBObjectStore, blocks: IDBObjectStore) => unknown} how @returns {Promise<void>} */
async function write(how) {
  const transaction = (await open()).transaction([LINES, BLOCKS], 'readwrite');
  how(transaction.objectStore(LINES), transaction.objectStore(BLOCKS));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Where records are kept: one line of JSON each, as the core makes it.
//
// storage.local holds 10 MB, which 100,000 records with their hashes do not fit;
// the database of the extension's own origin does. The end of the chain is kept
// in storage.local too: a database that was emptied or set back shows.

import { makeRecord } from './core.js';

const DATABASE = 'primum';
const STORE = 'records';
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
  const added = queue.then(async () => {
    const head = await readHead();
    const { number, hash, line } = makeRecord(policy, locale, entry, head);
    const database = await open();
    await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(line, number));
    await note({ ...head, number, hash });
    if (number % TIDY_EVERY === 0) await tidy(policy);
  });
  queue = added.catch(() => undefined);
  return added;
}

/** Every record, oldest first, as lines of JSON. */
export async function readLines() {
  return (await linesFrom(0)).join('\n');
}

/** Records after a number, no more than so many. @param {number} number @param {number} [most] @returns {Promise<string[]>} */
export async function linesFrom(number, most) {
  const database = await open();
  return done(database.transaction(STORE).objectStore(STORE).getAll(IDBKeyRange.lowerBound(number, true), most));
}

/** @returns {Promise<Record<string, any>[]>} */
export async function readRecords() {
  return (await linesFrom(0)).map((line) => JSON.parse(line));
}

/** Deletes all. The chain goes on where it was, so that the gap shows. */
export function clearRecords() {
  queue = queue.then(async () => {
    const head = await readHead();
    const database = await open();
    await note({ ...head, deleted: head.number });
    await done(database.transaction(STORE, 'readwrite').objectStore(STORE).clear());
  });
  return queue;
}

/** Deletes what the policy does not want kept any longer. @param {Record<string, any>} policy */
async function tidy(policy) {
  const head = await readHead();
  const tooOld = new Date(Date.now() - (policy.auditDays ?? DAYS) * DAY_MS).toISOString();
  const last = Math.max(head.number - (policy.auditMost ?? MOST), await lastBefore(tooOld));
  if (last <= head.deleted) return;
  const database = await open();
  // Noted first: what is deleted without a note is missing.
  await note({ ...head, deleted: last });
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).delete(IDBKeyRange.upperBound(last)));
}

/** Deletes what is too old, in its turn. @param {Record<string, any>} policy */
export function tidyRecords(policy) {
  queue = queue.then(() => tidy(policy)).catch(() => undefined);
  return queue;
}

/** Number of the last record before a moment; 0 for none. They stand in the order of time. @param {string} moment @returns {Promise<number>} */
async function lastBefore(moment) {
  const database = await open();
  return new Promise((resolve, reject) => {
    let found = 0;
    const walk = database.transaction(STORE).objectStore(STORE).openCursor();
    walk.onerror = () => reject(walk.error);
    walk.onsuccess = () => {
      const cursor = walk.result;
      if (!cursor || JSON.parse(cursor.value).time >= moment) return resolve(found);
      found = Number(cursor.key);
      cursor.continue();
    };
  });
}

/** @param {Head} head */
function note(head) {
  return chrome.storage.local.set({ records: head });
}

/** The end of the chain as it was noted at the last write. @returns {Promise<Head>} */
export async function readHead() {
  const { records } = /** @type {any} */ (await chrome.storage.local.get('records'));
  /** @type {Head} */
  const noted = { number: 0, hash: '', deleted: 0, ...records };
  // The browser may have been stopped between the two writes.
  const [next] = await linesFrom(noted.number, 1);
  if (!next) return noted;
  const database = await open();
  const last = await new Promise((resolve, reject) => {
    const walk = database.transaction(STORE).objectStore(STORE).openCursor(null, 'prev');
    walk.onerror = () => reject(walk.error);
    walk.onsuccess = () => resolve(JSON.parse(walk.result?.value ?? 'null'));
  });
  return last ? { ...noted, number: last.number, hash: last.hash } : noted;
}

/** @type {Promise<IDBDatabase> | undefined} */
let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
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

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

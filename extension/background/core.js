// The Rust core in WebAssembly, made once per policy.

import { Core, Records, carries as coreCarries, fingerprint as coreFingerprint, initSync, restart } from '../core/primum.js';
import bytes from '../core/bytes.js';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

let ready = false;
/** @type {{ key: string, core: Core } | undefined} */
let made;
/** Cores that are not freed yet. @type {Set<Core>} */
const cores = new Set();

/**
 * The core for a policy. Throws when WebAssembly is not to be had: the caller
 * says so to the page, which then never shows "checked".
 * @param {object} policy
 * @param {string} locale
 */
function coreFor(policy, locale) {
  load();
  const key = JSON.stringify([policy, locale]);
  if (made?.key !== key) {
    if (made) free(made.core);
    made = { key, core: newCore(policy, locale) };
  }
  return made.core;
}

/** @param {object} policy @param {string} locale */
function newCore(policy, locale) {
  const core = new Core(policy, locale);
  cores.add(core);
  return core;
}

/** @param {Core} core */
function free(core) {
  cores.delete(core);
  core.free();
}

function load() {
  if (ready) return;
  // Compiled here and now: the bytes are part of the package, nothing is fetched.
  initSync({ module: decode(bytes) });
  ready = true;
}

/** @param {object} policy @param {string} locale @param {Draft} draft */
export function assess(policy, locale, draft) {
  return guarded(() => coreFor(policy, locale).assess({ ...draft, now: now() }));
}

/** @param {object} policy @param {string} locale @param {Draft} draft */
export function replaceAll(policy, locale, draft) {
  return guarded(() => coreFor(policy, locale).replaceAll({ ...draft, now: now() }));
}

/** What a policy comes to. Made apart: the policy in force is kept. @param {object} policy @param {string} locale */
export function policyReport(policy, locale) {
  return guarded(() => {
    load();
    const core = newCore(policy, locale);
    const report = core.policyReport();
    free(core);
    return report;
  });
}

/** The next record of the chain. @param {object} policy @param {string} locale @param {object} entry @param {Head} head */
export function makeRecord(policy, locale, entry, head) {
  return guarded(() => coreFor(policy, locale).record(entry, head, new Date().toISOString()));
}

/** What can be asked about stored records. @returns {typeof Records} */
export function recordTools() {
  load();
  return Records;
}

/** What is kept of a held text. @param {string} text */
export function fingerprint(text) {
  load();
  return coreFingerprint(text);
}

/** Whether the body of a request carries a held text. @param {string} body @param {string} print */
export function carries(body, print) {
  load();
  return coreCarries(body, print);
}

/** Lets go of the core: the next question makes one for the policy then in force. */
export function forget() {
  if (made) free(made.core);
  made = undefined;
}

/** Day and time by the device's clock, as the policy's hours of duty are written. */
function now() {
  const time = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, '0');
  return `${DAYS[time.getDay()]} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/**
 * A trap in WebAssembly leaves the instance unusable: start afresh next time.
 * @template T @param {() => T} ask @returns {T}
 */
function guarded(ask) {
  try {
    return ask();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      // Nothing of the old instance is ever freed in the new one.
      for (const core of cores) core.__destroy_into_raw();
      cores.clear();
      restart();
      ready = false;
      made = undefined;
    }
    throw error;
  }
}

/** @param {string} text base64 */
function decode(text) {
  const binary = atob(text);
  const out = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) out[at] = binary.charCodeAt(at);
  return out;
}

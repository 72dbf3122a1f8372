// The Rust core in WebAssembly, made once per policy.

import { Core, initSync } from '../core/primum.js';
import bytes from '../core/bytes.js';

let ready = false;
/** @type {{ key: string, core: Core } | undefined} */
let made;

/**
 * The core for a policy. Throws when WebAssembly is not to be had: the caller
 * says so to the page, which then never shows "checked".
 * @param {object} policy
 * @param {string} locale
 */
function coreFor(policy, locale) {
  if (!ready) {
    // Compiled here and now: the bytes are part of the package, nothing is fetched.
    initSync({ module: decode(bytes) });
    ready = true;
  }
  const key = JSON.stringify([policy, locale]);
  if (made?.key !== key) {
    made?.core.free();
    made = { key, core: new Core(policy, locale) };
  }
  return made.core;
}

/** @param {object} policy @param {string} locale @param {Draft} draft */
export function assess(policy, locale, draft) {
  return guarded(() => coreFor(policy, locale).assess(draft));
}

/** @param {object} policy @param {string} locale @param {Draft} draft */
export function replaceAll(policy, locale, draft) {
  return guarded(() => coreFor(policy, locale).replaceAll(draft));
}

/** @param {object} policy @param {string} locale */
export function policyReport(policy, locale) {
  return guarded(() => coreFor(policy, locale).policyReport());
}

/** Lets go of the core: the next question makes one for the policy then in force. */
export function forget() {
  made = undefined;
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

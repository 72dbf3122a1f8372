// Policy (from the administrator) and options (from the user, under the policy).
//
// The core reads the administrator's values and hands them back in one form,
// with what it left out and why. Values come late after a force-install
// (measured: 2 to 3 s; others saw 8), so for a minute after the browser's start
// the last policy holds; where there is none yet, what a strict administrator
// would set. Later, no values means that there is no policy any more.

import { policyReport } from './core.js';

/** @typedef {{ allow: string[], watch: string[], messages: boolean, sitesOff: string[], shortcut: string }} Options */
/** @typedef {'managed' | 'last' | 'waiting' | 'none'} Source where the policy comes from */
/**
 * @typedef {object} Settings
 * @property {Record<string, any>} policy what holds: the administrator's values and the user's lists
 * @property {Record<string, any>} administrator the administrator's values alone
 * @property {{ key: string, reason: string }[]} dropped
 * @property {Source} source
 * @property {Options} options
 * @property {Record<string, number>} paused
 * @property {string} locale
 * @property {boolean} managed
 */

/** @type {Options} */
const DEFAULTS = { allow: [], watch: [], messages: true, sitesOff: [], shortcut: 'Alt+Shift+P' };
/** What holds while an administrator's values are awaited: the user loosens nothing. */
const STRICT = { userMayPause: false, userMayIgnore: false, userMayAllow: false, userMayChangeOptions: false };
/** Values that are not there so long after the browser's start will not come. */
const PATIENCE_MS = 60_000;

/** @type {Promise<Settings> | undefined} */
let current;
/** @type {(() => void)[]} */
const listeners = [];

/** The settings in force. */
export function settings() {
  if (!current) {
    const reading = read();
    current = reading;
    // A core that does not run today may run at the next question.
    reading.catch(() => current === reading && (current = undefined));
  }
  return current;
}

/** Starts reading, so that the first question does not wait. */
export function loadSettings() {
  settings().catch(() => undefined);
}

/** @param {() => void} listener */
export function whenSettingsChange(listener) {
  listeners.push(listener);
}

/** @param {string} name @param {any} value */
export async function setOption(name, value) {
  const { policy, options, paused } = await settings();
  if ((name === 'paused' || name === 'sitesOff') && policy.userMayPause === false) throw new Error('Your organization does not allow pausing.');
  if (name === 'paused') {
    await chrome.storage.local.set({ paused: { ...paused, ...value } });
  } else if (name === 'allow' && policy.userMayAllow === false) {
    throw new Error('Your organization does not allow this.');
  } else if (name === 'allow' && typeof value === 'string') {
    await chrome.storage.local.set({ options: { ...options, allow: [...new Set([...options.allow, value])] } });
  } else if (name in DEFAULTS) {
    if (policy.userMayChangeOptions === false) throw new Error('Your organization does not allow changing options.');
    await chrome.storage.local.set({ options: { ...options, [name]: value } });
  } else {
    throw new Error(`There is no option ${name}.`);
  }
  changed();
}

/** @returns {Promise<Settings>} */
async function read() {
  const local = await chrome.storage.local.get(['options', 'paused', 'lastPolicy']).catch(() => ({}));
  const { options = {}, paused = {}, lastPolicy } = /** @type {any} */ (local);
  const locale = chrome.i18n.getUILanguage();
  const { values, source } = await policyNow(lastPolicy);
  const { inForce, dropped } = policyReport(values, locale);
  const administrator = /** @type {Record<string, any>} */ (inForce);
  if (source === 'managed' && JSON.stringify(values) !== JSON.stringify(lastPolicy)) {
    await chrome.storage.local.set({ lastPolicy: values }).catch(() => undefined);
  }
  const own = administrator.userMayChangeOptions === false ? { ...DEFAULTS, allow: options.allow ?? [] } : { ...DEFAULTS, ...options };
  const policy = { ...administrator };
  // Primum's own first: the lists are cut at their end.
  const allow = [...(administrator.allow ?? []), ...(administrator.userMayAllow === false ? [] : own.allow)];
  if (allow.length) policy.allow = allow;
  const watch = [...(administrator.watchTerms ?? []), ...own.watch];
  if (watch.length) policy.watchTerms = watch;
  return { policy, administrator, dropped, source, options: own, paused, locale, managed: source === 'managed' || source === 'last' };
}

/** @param {Record<string, unknown> | undefined} lastPolicy @returns {Promise<{ values: Record<string, unknown>, source: Source }>} */
async function policyNow(lastPolicy) {
  const live = await managedValues();
  // Locked or broken, not empty: what held last still holds.
  if (!live) return { values: lastPolicy ?? {}, source: lastPolicy ? 'last' : 'none' };
  if (Object.keys(live).length) return { values: live, source: 'managed' };
  const left = await patienceLeft();
  if (left > 0) {
    const source = lastPolicy ? 'last' : (await forceInstalled()) ? 'waiting' : 'none';
    if (source !== 'none') setTimeout(changed, left);
    return { values: source === 'last' ? (lastPolicy ?? {}) : source === 'waiting' ? STRICT : {}, source };
  }
  if (lastPolicy) await chrome.storage.local.remove('lastPolicy').catch(() => undefined);
  return { values: {}, source: 'none' };
}

/** The administrator's values; null when they cannot be read. @returns {Promise<Record<string, unknown> | null>} */
function managedValues() {
  // Firefox rejects when there is no policy at all.
  return chrome.storage.managed.get(null).catch((error) => (/manifest not found/i.test(String(error)) ? {} : null));
}

/** How long values may still come: told from the browser's start, which session storage does not outlive. */
async function patienceLeft() {
  const session = /** @type {any} */ (await chrome.storage.session.get('started').catch(() => ({})));
  const now = Date.now();
  if (typeof session.started !== 'number') await chrome.storage.session.set({ started: now }).catch(() => undefined);
  return (session.started ?? now) + PATIENCE_MS - now;
}

async function forceInstalled() {
  return chrome.management.getSelf().then((self) => self.installType === 'admin', () => false);
}

function changed() {
  current = undefined;
  for (const listener of listeners) listener();
}

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === 'local' && (changes.options || changes.paused)) changed();
  if (area === 'managed') void policyChanged();
});

/**
 * Values that are taken away are not late. In the first minute that cannot be
 * told apart: Chromium, started while they are late, says first that they are gone.
 */
async function policyChanged() {
  const live = await managedValues();
  if (live && !Object.keys(live).length && (await patienceLeft()) <= 0) await chrome.storage.local.remove('lastPolicy').catch(() => undefined);
  changed();
}

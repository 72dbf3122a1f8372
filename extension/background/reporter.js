// Sends records to the organization's own collector, as OpenTelemetry logs.
//
// Off unless the policy names an endpoint and the package was built for it. What
// goes out is made by the core: records, never a text. The queue is the store of
// records itself, with a mark of how far it was sent: it outlives restarts and
// is bounded by what the policy keeps and by WAITING. A batch is sent until the
// collector takes it, so none is lost in an outage; where only the answer was
// lost, it is sent twice, and the collector tells doubles by their number and hash.

import { answer } from './background.js';
import { recordTools } from './core.js';
import { linesFrom, readHead } from './records.js';
import { settings, whenSettingsChange } from './settings.js';

const ALARM = 'report';
const BATCH = 200;
/** Records that wait for a collector; of more than this the oldest are given up, and counted. */
const WAITING = 20_000;
const TIMEOUT_MS = 20_000;
/** Without a policy. */
const PACE_S = 300;
const FIRST_BACK_OFF_S = 30;
const LONGEST_BACK_OFF_S = 3600;

/** What is wrong with these is in the batch itself; anything else (a wrong token, a moved collector) may be put right. */
const WILL_BE_REFUSED = [400, 413, 415, 422];

/**
 * @typedef {object} State
 * @property {number} sent number of the last record that the collector has
 * @property {number} failures in a row
 * @property {number} notBefore time of the next try
 * @property {number} givenUp records that waited too long
 * @property {string} said the last answer, for the status page
 * @property {string} instance a random name of this installation
 */

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void report();
});
whenSettingsChange(() => void plan());
void plan();

answer('reporting', async () => {
  const { policy } = await settings();
  const state = await readState();
  const waiting = Math.max(0, (await readHead()).number - state.sent);
  return { endpoint: policy.reportingEndpoint ?? '', granted: await granted(policy.reportingEndpoint), waiting, ...state };
});

// The status page's way to try at once; the waits are kept.
answer('reportNow', async () => {
  await report();
  return true;
});

async function plan() {
  const { policy } = await settings();
  if (!policy.reportingEndpoint) return void chrome.alarms.clear(ALARM);
  // The browser rounds up to half a minute.
  const minutes = Math.max(0.5, (policy.reportingSeconds ?? PACE_S) / 60);
  const known = await chrome.alarms.get(ALARM);
  if (known?.periodInMinutes !== minutes) await chrome.alarms.create(ALARM, { delayInMinutes: 0.5, periodInMinutes: minutes });
}

/** One at a time. @type {Promise<void> | undefined} */
let running;
function report() {
  running ??= send().finally(() => (running = undefined));
  return running;
}

async function send() {
  const { policy } = await settings();
  const endpoint = policy.reportingEndpoint;
  if (!endpoint || !(await granted(endpoint))) return;
  for (;;) {
    const state = await readState();
    if (Date.now() < state.notBefore) return;
    const { number: last } = await readHead();
    const from = Math.max(state.sent, last - WAITING);
    const lines = await linesFrom(from, BATCH);
    if (!lines.length) return;
    const { outcome, said, after } = await post(endpoint, policy, lines, state.instance);
    if (outcome === 'later') return save({ ...state, said, failures: state.failures + 1, notBefore: Date.now() + pause(state.failures, after) });
    const skipped = JSON.parse(lines[0]).number - 1 - state.sent;
    const givenUp = state.givenUp + skipped + (outcome === 'refused' ? lines.length : 0);
    await save({ ...state, sent: JSON.parse(lines[lines.length - 1]).number, givenUp, said, failures: 0, notBefore: 0 });
  }
}

/** @param {string} endpoint @param {Record<string, any>} policy @param {string[]} lines @param {string} instance */
async function post(endpoint, policy, lines, instance) {
  const body = recordTools().otlp(lines.join('\n'), { instance, organization: policy.organizationName ?? '' });
  /** @type {Record<string, string>} */
  const headers = { 'content-type': 'application/json' };
  if (policy.reportingToken) headers.authorization = `Bearer ${policy.reportingToken}`;
  try {
    const response = await fetch(endpoint, { method: 'POST', headers, body, credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const outcome = response.ok ? 'taken' : WILL_BE_REFUSED.includes(response.status) ? 'refused' : 'later';
    return { outcome, said: `HTTP ${response.status}`, after: Number(response.headers.get('retry-after')) };
  } catch (error) {
    return { outcome: 'later', said: String(/** @type {Error} */ (error).name), after: 0 };
  }
}

/** Doubled with each failure, and spread, so that a hospital does not call all at once. @param {number} failures @param {number} asked seconds */
function pause(failures, asked) {
  const seconds = Math.min(LONGEST_BACK_OFF_S, FIRST_BACK_OFF_S * 2 ** Math.min(failures, 10));
  return Math.max(asked || 0, seconds * (0.5 + Math.random() / 2)) * 1000;
}

/** @param {string | undefined} endpoint */
async function granted(endpoint) {
  if (!endpoint) return false;
  // A host pattern names no port.
  const { protocol, hostname } = new URL(endpoint);
  return chrome.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }).catch(() => false);
}

/** @returns {Promise<State>} */
async function readState() {
  const { reporting = {} } = /** @type {any} */ (await chrome.storage.local.get('reporting'));
  const state = { sent: 0, failures: 0, notBefore: 0, givenUp: 0, said: '', instance: '', ...reporting };
  if (!state.instance) {
    state.instance = crypto.randomUUID();
    await save(state);
  }
  return state;
}

/** @param {State} state */
async function save(state) {
  await chrome.storage.local.set({ reporting: state });
}

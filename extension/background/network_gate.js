// The second gate: cancels a request of a watched site that carries a held text.
//
// It needs no selectors: whatever way a post took past the first gate, its text
// stands in the request. In Chrome only a force-installed extension may block
// requests: elsewhere it never calls the listener. Firefox does. Of a held text a
// fingerprint is kept, in memory and in session storage, which is never written
// to disk.

import { answer, whenAssessed } from './background.js';
import { carries, fingerprint } from './core.js';
import { addRecord } from './records.js';
import { settings, whenSettingsChange } from './settings.js';
import { waysOn } from './ways.js';

/**
 * @typedef {object} Text a text that is known by its fingerprint
 * @property {string} print
 * @property {'checked' | 'held' | 'released'} state
 * @property {string} site
 * @property {Record<string, unknown>} entry what a record of it says
 */

/** A tab's latest texts; older ones are forgotten. */
const TEXTS = 20;
const HOLDS = ['warn', 'justify', 'block'];

/** By tab. @type {Map<number, Text[]>} */
const tabs = new Map();
/** What holds: the listener cannot wait for it. @type {import('./settings.js').Settings | undefined} */
let now;

whenSettingsChange(() => void learn());
void learn();

chrome.storage.session.get('held').then(({ held }) => {
  for (const [tab, texts] of Object.entries(held ?? {})) if (!tabs.has(Number(tab))) tabs.set(Number(tab), /** @type {Text[]} */ (texts));
}, () => undefined);

whenAssessed((text, assessment, { tab }) => {
  void learn();
  if (tab?.id === undefined || !HOLDS.includes(assessment.decision)) return;
  const known = textsOf(tab.id).find((one) => one.print === fingerprint(text));
  const entry = {
    decision: assessment.decision,
    kinds: assessment.findings.map((one) => one.kind),
    rules: assessment.findings.map((one) => one.rule),
    groups: assessment.findings.flatMap((one) => (one.group_size ? [one.group_size.low] : [])),
  };
  if (known) known.entry = entry;
  // A draft that is typed on: only its latest form may go out.
  else keep(tab.id, { print: fingerprint(text), state: 'checked', site: siteOf(tab.url), entry }, (one) => one.state !== 'checked');
});

// The first gate tells what it held and what it gave back.
answer('gate', ({ state, texts }, { tab }) => {
  if (tab?.id === undefined || !['held', 'released'].includes(state) || !Array.isArray(texts)) return false;
  for (const text of texts.filter((one) => typeof one === 'string').slice(-TEXTS)) {
    const print = fingerprint(text);
    const known = textsOf(tab.id).find((one) => one.print === print);
    keep(tab.id, { site: siteOf(tab.url), entry: {}, ...known, print, state }, (one) => one.print !== print);
  }
  return true;
});

chrome.webRequest.onBeforeRequest.addListener(
  (details) => {
    const text = details.method === 'GET' ? undefined : stopped(details);
    if (!text) return {};
    void tell(details.tabId, text);
    return { cancel: true };
  },
  { urls: ['https://*/*'] },
  ['blocking', 'requestBody'],
);

chrome.tabs.onRemoved.addListener((tab) => {
  tabs.delete(tab);
  save();
});

/** @param {chrome.webRequest.OnBeforeRequestDetails} details */
function stopped({ tabId, requestBody }) {
  const mode = now?.policy.networkGate ?? 'held';
  const states = { off: [], held: ['held'], checked: ['held', 'checked'] }[/** @type {'off' | 'held' | 'checked'} */ (mode)];
  // Where the user has paused, the first gate holds nothing either.
  const texts = textsOf(tabId).filter((one) => states.includes(/** @type {never} */ (one.state)) && !(now && waysOn(now, one.site).paused));
  if (!texts.length || !requestBody) return undefined;
  const body = bodyOf(requestBody);
  return texts.find((one) => carries(body, one.print));
}

/** @param {{ formData?: Record<string, unknown>, raw?: { bytes?: ArrayBuffer }[] }} body */
function bodyOf({ formData, raw }) {
  if (formData) return JSON.stringify(formData);
  const decoder = new TextDecoder();
  return (raw ?? []).map(({ bytes }) => (bytes ? decoder.decode(bytes, { stream: true }) : '')).join('');
}

/** The user is told, and it is recorded. @param {number} tab @param {Text} text */
async function tell(tab, text) {
  await chrome.tabs.sendMessage(tab, { type: 'stopped' }).catch(() => undefined);
  const { incognito } = await chrome.tabs.get(tab);
  if (!incognito) await addRecord({ ...text.entry, host: text.site, setting: 'post', choice: 'stopped' }, await settings());
}

async function learn() {
  now = await settings().catch(() => now);
}

/** @param {number} tab */
function textsOf(tab) {
  return tabs.get(tab) ?? [];
}

/** @param {number} tab @param {Text} text @param {(one: Text) => boolean} stays */
function keep(tab, text, stays) {
  tabs.set(tab, [...textsOf(tab).filter(stays), text].slice(-TEXTS));
  save();
}

function save() {
  void chrome.storage.session.set({ held: Object.fromEntries(tabs) }).catch(() => undefined);
}

/** @param {string | undefined} url */
function siteOf(url) {
  return URL.canParse(url ?? '') ? new URL(url ?? '').hostname : '';
}

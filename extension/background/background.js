// Owns the core, the policy and the records. The content scripts ask, this answers.
// A service worker in Chrome, an event page in Firefox; either may be stopped at any time and started by a message.

import { assess, forget, replaceAll } from './core.js';
import { loadSettings, settings, setOption, whenSettingsChange } from './settings.js';
import { addRecord, clearRecords, readRecords, tidyRecords } from './records.js';
import { waysOn } from './ways.js';

/** @typedef {(message: any, sender: chrome.runtime.MessageSender) => unknown} Answer */

/** @type {Record<string, Answer>} */
const answers = {
  async assess({ draft, reading }, sender) {
    const now = await settings();
    const ways = waysOn(now, draft.site);
    if (ways.paused) return { ways, assessment: null };
    const assessment = assess(now.policy, now.locale, draft);
    for (const listener of assessed) listener(draft.text, assessment, sender);
    return { ways, reading, assessment };
  },
  // One post of very many boxes.
  async assessAll({ drafts }, sender) {
    const now = await settings();
    const ways = waysOn(now, drafts[0]?.site);
    const assessments = ways.paused ? [] : drafts.map((/** @type {Draft} */ draft) => assess(now.policy, now.locale, draft));
    assessments.forEach((/** @type {Assessment} */ one, /** @type {number} */ at) => assessed.forEach((listener) => listener(drafts[at].text, one, sender)));
    return { ways, assessments };
  },
  async replaceAll({ draft }) {
    const now = await settings();
    return replaceAll(now.policy, now.locale, draft);
  },
  async ways({ site }) {
    return waysOn(await settings(), site);
  },
  async record({ entry }, sender) {
    // Nothing is kept of private windows.
    if (sender.tab?.incognito !== true) await addRecord(entry, await settings());
    return true;
  },
  async records() {
    return readRecords();
  },
  async clearRecords() {
    const { policy } = await settings();
    if (policy.userMayClearRecords === false) throw new Error('Your organization keeps the records.');
    await clearRecords();
    return true;
  },
  async setOption({ name, value }, sender) {
    // A page can reach this only through our own content script, which may add
    // to the allow list; everything else is for the extension's own pages.
    const own = sender.url?.startsWith(chrome.runtime.getURL(''));
    if (!own && name !== 'allow') throw new Error('Only the options page may change this.');
    await setOption(name, value);
    return true;
  },
  async learn({ topic }) {
    await chrome.tabs.create({ url: chrome.runtime.getURL(`pages/learn.html#${encodeURIComponent(String(topic))}`) });
    return true;
  },
  async state() {
    return settings();
  },
};

/** Told of every assessment. @type {((text: string, assessment: Assessment, sender: chrome.runtime.MessageSender) => void)[]} */
const assessed = [];

/** @param {(text: string, assessment: Assessment, sender: chrome.runtime.MessageSender) => void} listener */
export function whenAssessed(listener) {
  assessed.push(listener);
}

/** Answers one more kind of message. @param {string} type @param {Answer} how */
export function answer(type, how) {
  answers[type] = how;
}

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const how = sender.id === chrome.runtime.id && Object.hasOwn(answers, message?.type) ? answers[message.type] : undefined;
  if (!how) return false;
  Promise.resolve()
    .then(() => how(message, sender))
    .then(
      (value) => reply({ ok: true, value }),
      // The reason, never the draft: errors of the core name no text.
      (error) => reply({ ok: false, error: String(error?.message ?? error) }),
    );
  return true;
});

whenSettingsChange(() => {
  forget();
  void tellTabs();
});
loadSettings();
chrome.runtime.onStartup.addListener(() => void settings().then(({ policy }) => tidyRecords(policy), () => undefined));

/** Open pages assess anew: a draft may be under way while the policy comes. */
async function tellTabs() {
  const tabs = await chrome.tabs.query({}).catch(() => []);
  for (const { id } of tabs) if (id !== undefined) void chrome.tabs.sendMessage(id, { type: 'changed' }).catch(() => undefined);
}

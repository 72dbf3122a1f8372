// Owns the core, the policy and the records. The content scripts ask, this answers.
// A service worker in Chrome, an event page in Firefox; either may be stopped at any time and started by a message.

import { assess, forget, policyReport, replaceAll } from './core.js';
import { loadSettings, settings, setOption, whenSettingsChange } from './settings.js';
import { addRecord, clearRecords, readRecords } from './records.js';

/** @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => unknown>} */
const answers = {
  async assess({ draft, reading }) {
    const now = await settings();
    const ways = await waysFor(draft.site);
    if (ways.paused) return { ways, assessment: null };
    return { ways, reading, assessment: assess(now.policy, now.locale, draft) };
  },
  async replaceAll({ draft }) {
    const now = await settings();
    return replaceAll(now.policy, now.locale, draft);
  },
  async ways({ site }) {
    return waysFor(site);
  },
  async record({ entry }, sender) {
    await addRecord({ ...entry, incognito: sender.tab?.incognito === true });
    return true;
  },
  async records() {
    return readRecords();
  },
  async clearRecords() {
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
    const now = await settings();
    return { ...now, report: policyReport(now.policy, now.locale) };
  },
};

chrome.runtime.onMessage.addListener((message, sender, reply) => {
  const answer = sender.id === chrome.runtime.id ? answers[message?.type] : undefined;
  if (!answer) return false;
  Promise.resolve()
    .then(() => answer(message, sender))
    .then(
      (value) => reply({ ok: true, value }),
      // The reason, never the draft: errors of the core name no text.
      (error) => reply({ ok: false, error: String(error?.message ?? error) }),
    );
  return true;
});

whenSettingsChange(() => forget());
loadSettings();

/**
 * What a tab on this site may do.
 * @param {string} site
 * @returns {Promise<Ways>}
 */
async function waysFor(site) {
  const now = await settings();
  const policy = /** @type {Record<string, any>} */ (now.policy);
  const host = hostOf(site);
  const until = now.paused[host] ?? 0;
  const mayPause = policy.userMayPause !== false;
  const off = mayPause && now.options.sitesOff.some((one) => host === one || host.endsWith(`.${one}`));
  return {
    paused: off || (mayPause && until > Date.now()),
    off,
    until,
    messages: now.options.messages,
    shortcut: now.options.shortcut,
    mayPause,
    mayIgnore: policy.userMayIgnore !== false,
    mayAllow: policy.userMayAllow !== false,
    attest: policy.attestation !== false,
    organization: policy.organizationName ?? '',
    policyLink: policy.socialMediaPolicyLink ?? '',
  };
}

/** @param {string | undefined} site */
function hostOf(site) {
  return String(site ?? '').split('/')[0];
}

// The site profile of this page: data of sites/sites.json over the generic one.

import data from '../sites/sites.json';

/** @type {SiteProfile & { sendWords: string[] }} */
const generic = data.generic;
/** @type {SiteProfile[]} */
const sites = data.sites;

/** The host whose post this would be: a frame without one of its own belongs to the page above. */
export const host = location.hostname || hostAbove();

const own = sites.find((site) => site.hosts.some((name) => host === name || host.endsWith(`.${name}`)));

/** @type {Required<Omit<SiteProfile, 'hosts'>>} */
export const profile = {
  send: [...(own?.send ?? []), ...(generic.send ?? [])],
  group: own?.group ?? "form, dialog, [role='dialog']",
  enterSends: own?.enterSends ?? [],
  not: [...(generic.not ?? []), ...(own?.not ?? [])],
  fields: own?.fields ?? [],
  settings: own?.settings ?? [],
  context: own?.context ?? '',
  messages: own?.messages ?? '',
};

const words = new Set(generic.sendWords);

/** Whether a control's own words say that it sends. @param {string} text */
export function saysSend(text) {
  return words.has(text.trim().toLowerCase().replace(/\s+/g, ' '));
}

function hostAbove() {
  try {
    return new URL(document.referrer).hostname;
  } catch {
    return '';
  }
}

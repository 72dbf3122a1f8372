// What the policy means for one site: what a tab may know of it.

/**
 * @param {import('./settings.js').Settings} now
 * @param {string | undefined} site host and path start
 * @returns {Ways}
 */
export function waysOn({ policy, options, paused }, site) {
  const host = hostOf(site);
  const removed = (policy.hostsRemove ?? []).some((/** @type {string} */ pattern) => covers(pattern, String(site ?? '')));
  const mayPause = policy.userMayPause !== false;
  const off = mayPause && options.sitesOff.some((one) => host === one || host.endsWith(`.${one}`));
  const until = paused[host] ?? 0;
  return {
    paused: removed || off || (mayPause && until > Date.now()),
    watched: !removed,
    off,
    until,
    messages: options.messages,
    shortcut: options.shortcut,
    mayPause,
    mayIgnore: policy.userMayIgnore !== false,
    mayAllow: policy.userMayAllow !== false,
    attest: policy.attestation !== false,
    attestText: policy.attestationText ?? '',
    attestRequired: policy.attestationRequired === true && policy.attestation !== false,
    reasonLength: policy.justificationLength ?? 5,
    reasonPrompt: policy.justificationPrompt ?? '',
    reminder: reminderOf(policy.reminders ?? []),
    organization: policy.organizationName ?? '',
    contact: policy.organizationContact ?? '',
    policyLink: policy.socialMediaPolicyLink ?? '',
    profile: profileOf(policy.siteProfiles ?? [], host),
  };
}

/** @param {string | undefined} site */
function hostOf(site) {
  return String(site ?? '').split('/')[0];
}

/** Whether a pattern, or what lies below its host, covers a site. @param {string} pattern @param {string} site */
export function covers(pattern, site) {
  const [wanted, ...path] = pattern.replace(/^https:\/\/(\*\.|www\.)?/, '').split('/');
  const host = hostOf(site);
  if (host !== wanted && !host.endsWith(`.${wanted}`)) return false;
  const start = path.join('/').replace(/\*.*$/, '').replace(/\/$/, '');
  return !start || site.slice(host.length + 1).startsWith(start);
}

/** One a day, in turn. @param {string[]} reminders */
function reminderOf(reminders) {
  const day = Math.floor(Date.now() / 86_400_000);
  return reminders[day % reminders.length] ?? '';
}

/** @param {SiteProfile[]} profiles @param {string} host @returns {SiteProfile | undefined} */
function profileOf(profiles, host) {
  return profiles.find((one) => one.hosts.some((name) => host === name || host.endsWith(`.${name}`)));
}

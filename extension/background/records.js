// What happened, without the text: time, host, setting, kinds, decision, choice.
// Each record carries the hash of the one before, so that a missing or changed one shows.

const LIMIT = 5000;

/** Writes are queued: two tabs may post at once. */
let queue = Promise.resolve();

/** @param {Record<string, unknown>} entry */
export function addRecord(entry) {
  if (entry.incognito) return queue;
  queue = queue.then(() => append(entry)).catch(() => undefined);
  return queue;
}

/** @returns {Promise<Record<string, any>[]>} */
export async function readRecords() {
  const { records = [] } = /** @type {any} */ (await chrome.storage.local.get('records'));
  return records;
}

export async function clearRecords() {
  await chrome.storage.local.remove('records');
}

/** @param {Record<string, unknown>} entry */
async function append(entry) {
  const records = await readRecords();
  const before = records.at(-1);
  // Only these fields, whatever was sent: no text can slip in.
  const record = {
    number: (before?.number ?? 0) + 1,
    time: new Date().toISOString(),
    host: String(entry.host ?? '').slice(0, 100),
    setting: String(entry.setting ?? '').slice(0, 20),
    kinds: strings(entry.kinds),
    rules: strings(entry.rules),
    decision: String(entry.decision ?? '').slice(0, 10),
    choice: String(entry.choice ?? '').slice(0, 20),
    reason: String(entry.reason ?? '').slice(0, 300),
    attested: entry.attested === true,
    previous: before?.hash ?? '',
  };
  records.push({ ...record, hash: await sha256(JSON.stringify(record)) });
  await chrome.storage.local.set({ records: records.slice(-LIMIT) });
}

/** @param {unknown} value */
function strings(value) {
  return Array.isArray(value) ? value.slice(0, 50).map((one) => String(one).slice(0, 60)) : [];
}

/** @param {string} text */
async function sha256(text) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Asks the background. Every way of failing is an answer, never silence.

/** Longer than a cold start of the worker (measured: 35 ms) on a busy machine, and more for a long draft. */
const patience = (/** @type {number} */ length) => 4000 + length / 50;

/** Questions that change nothing. */
const ASK_AGAIN = ['assess', 'assessAll', 'replaceAll', 'ways'];
const AGAIN_MS = 700;

/** The extension was updated or removed under this page. */
export class Invalidated extends Error {}

/**
 * @template T
 * @param {Record<string, unknown>} message
 * @returns {Promise<T>}
 */
export async function ask(message) {
  const { draft, drafts = draft ? [draft] : [] } = /** @type {{ draft?: Draft, drafts?: Draft[] }} */ (message);
  // Each costs something, however short it is.
  const length = drafts.reduce((sum, one) => sum + one.text.length + 50, 0);
  if (!alive()) throw new Invalidated();
  let timer;
  let again;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patience(length));
  });
  try {
    // A worker that is stopped at this very moment takes the question along: it is asked once more.
    const repeated = new Promise((done, fail) => {
      if (ASK_AGAIN.includes(String(message.type))) again = setTimeout(() => chrome.runtime.sendMessage(message).then(done, fail), AGAIN_MS + length / 50);
    });
    const answer = await Promise.race([chrome.runtime.sendMessage(message), repeated, late]);
    if (!answer?.ok) throw new Error(answer?.error ?? 'no answer');
    return answer.value;
  } catch (error) {
    if (!alive()) throw new Invalidated();
    throw error;
  } finally {
    clearTimeout(timer);
    clearTimeout(again);
  }
}

/** Whether this content script still belongs to a running extension. */
export function alive() {
  try {
    return Boolean(chrome.runtime?.id);
  } catch {
    return false;
  }
}

// What the extension's own pages share.

/** @param {string} key @param {string | string[]} [values] */
export const text = (key, values) => chrome.i18n.getMessage(key, values);

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, string>} [attributes] @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[K]}
 */
export function make(tag, attributes = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {Record<string, unknown>} message @returns {Promise<any>} */
export async function ask(message) {
  const answer = await chrome.runtime.sendMessage(message);
  if (!answer?.ok) throw new Error(answer?.error ?? 'no answer');
  return answer.value;
}

/** @param {string} key @param {() => void} act */
export function button(key, act) {
  const one = make('button', { type: 'button' }, [text(key)]);
  one.addEventListener('click', act);
  return one;
}

/** The place that a page fills. */
export const main = /** @type {HTMLElement} */ (document.getElementById('main'));
document.documentElement.lang = chrome.i18n.getUILanguage();

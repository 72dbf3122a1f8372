// Texts of the extension in the reader's language.

/** Read while the browser still answers: after an update it does not. @type {Map<string, string>} */
const kept = new Map(['ui_reload', 'ui_reload_held'].map((key) => [key, read(key)]));

/**
 * @param {string} key
 * @param {string | string[]} [values]
 */
export function text(key, values) {
  return kept.get(key) ?? read(key, values);
}

/** @param {string} key @param {string | string[]} [values] */
function read(key, values) {
  try {
    return chrome.i18n.getMessage(key, values) || key;
  } catch {
    return key;
  }
}

// Texts of the extension in the reader's language.

/**
 * @param {string} key
 * @param {string | string[]} [values]
 */
export function text(key, values) {
  try {
    return chrome.i18n.getMessage(key, values) || key;
  } catch {
    // The extension was updated under this page.
    return key;
  }
}

// Reads extension/_locales: every language has every key, with the same
// placeholders; every key that is used exists; every key that exists is used.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LOCALES = 'extension/_locales';
const faults = [];
const languages = readdirSync(LOCALES).sort();
const texts = Object.fromEntries(languages.map((one) => [one, JSON.parse(readFileSync(join(LOCALES, one, 'messages.json'), 'utf8'))]));
const english = texts.en;

for (const [language, messages] of Object.entries(texts)) {
  for (const key of Object.keys(english)) if (!messages[key]) faults.push(`${language}: ${key} is missing`);
  for (const [key, entry] of Object.entries(messages)) {
    if (!english[key]) faults.push(`${language}: ${key} does not exist in English`);
    else if (placeholders(entry) !== placeholders(english[key])) faults.push(`${language}: ${key} has other placeholders than English`);
    if (!entry.message?.trim()) faults.push(`${language}: ${key} is empty`);
    for (const [, name] of entry.message.matchAll(/\$([A-Za-z0-9_@]+)\$/g))
      if (!entry.placeholders?.[name.toLowerCase()]) faults.push(`${language}: ${key} uses $${name}$ without declaring it`);
  }
}

const used = keysInUse();
for (const key of used.keys()) if (!english[key]) faults.push(`${used.get(key)}: ${key} has no message`);
const rules = [...filesOf('src', /\.(rs|tsv|toml)$/)].map((path) => readFileSync(path, 'utf8')).join('\n');
for (const key of Object.keys(english)) if (!isUsed(key)) faults.push(`${key} is used nowhere`);

for (const fault of faults) console.error(fault);
console.log(`${languages.join(', ')}: ${Object.keys(english).length} texts, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);

/** @param {{ message: string, placeholders?: object }} entry */
function placeholders(entry) {
  const inText = [...entry.message.matchAll(/\$([A-Za-z0-9_@]+)\$/g)].map((match) => match[1].toLowerCase());
  return [...new Set([...Object.keys(entry.placeholders ?? {}).map((name) => name.toLowerCase()), ...inText])].sort().join(' ');
}

/** Every `ui_...` key named in the manifest, pages and scripts, with the file that names it. */
function keysInUse() {
  const found = new Map();
  for (const path of filesOf('extension', /\.(js|html|json)$/)) {
    if (path.startsWith(LOCALES)) continue;
    const text = readFileSync(path, 'utf8');
    for (const [, key] of text.matchAll(/__MSG_(\w+)__/g)) found.set(key, path);
    // A key that ends in an underscore is the beginning of a composed one.
    for (const [, key] of text.matchAll(/\b(ui_\w*[a-zA-Z0-9])(?![\w$]|_?\$\{)/g)) found.set(key, path);
  }
  return found;
}

/** @param {string} key */
function isUsed(key) {
  if (key.startsWith('finding_')) {
    // finding_phone_us_message belongs to the rule phone.us; underscores may stand in the rule itself.
    const rule = key.replace(/^finding_/, '').replace(/_(message|advice)$/, '');
    return new RegExp(`\\b${rule.replaceAll('_', '[._]')}\\b`).test(rules);
  }
  if (key.startsWith('core_')) return rules.includes(key);
  return used.has(key) || composed(key);
}

/** @param {string} key Whether a script builds it, as in `ui_choice_${choice}`. */
function composed(key) {
  composed.beginnings ??= [...filesOf('extension', /\.js$/)].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/[`'"](ui_\w*_)(?:\$\{|['"]\s*\+)/g)].map((match) => match[1]),
  );
  return composed.beginnings.some((beginning) => key.startsWith(beginning));
}

/** @param {string} folder @param {RegExp} wanted @returns {Generator<string>} */
function* filesOf(folder, wanted) {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesOf(path, wanted);
    else if (wanted.test(name)) yield path;
  }
}

// Reads what is shipped (dist/<variant>) and fails on what must not be there:
// remote addresses in scripts, code made from text, HTML made from text, a
// permission beyond the list, a content security policy that opens a way out.
// The store variants hold no line of what only the enterprise variant does.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const VARIANTS = ['chrome', 'firefox', 'chrome-enterprise', 'firefox-enterprise'];
const PERMISSIONS = ['storage'];
const ENTERPRISE = ['alarms', 'scripting', 'webRequest', 'webRequestBlocking'];
const OPTIONAL_PERMISSIONS = [];
const OPTIONAL_HOSTS = ['https://*/*'];
const ENTERPRISE_ONLY = /\bchrome\.(webRequest|alarms|scripting)\b/;
// Budget of the design: 40 kB minified and gzipped.
const CONTENT_SCRIPT_BYTES = 40 * 1024;

const FORBIDDEN = [
  [/\beval\s*\(/, 'eval'],
  [/\bnew\s+Function\b/, 'new Function'],
  [/\b(inner|outer)HTML\b/, 'innerHTML or outerHTML'],
  [/\binsertAdjacentHTML\b/, 'insertAdjacentHTML'],
  [/\bdocument\.write\b/, 'document.write'],
  [/\bXMLHttpRequest\b|\bsendBeacon\b|\bnew\s+WebSocket\b|\bnew\s+EventSource\b/, 'a way to the network'],
  [/\bimportScripts\b/, 'importScripts'],
];
// The glue of wasm-bindgen can fetch a module by address; the background gives it bytes, and connect-src is 'none'.
const MAY_FETCH = ['core/primum.js'];
// It sends records to the organization's collector, where the policy and the package name one.
const MAY_REPORT = 'background/enterprise.js';
// Addresses that are names, not requests.
const NAMES = ['http://www.w3.org/', 'https://*/*'];

const faults = [];
for (const variant of VARIANTS) {
  const root = join('dist', variant);
  const enterprise = variant.endsWith('-enterprise');
  const files = readdirSync(root, { recursive: true }).map(String).filter((name) => statSync(join(root, name)).isFile());
  for (const name of files) {
    if (extname(name) === '.js' && name !== 'core/bytes.js') readScript(join(root, name), name, enterprise);
    if (extname(name) === '.html') readPage(join(root, name));
    if (extname(name) === '.css') readStyle(join(root, name));
  }
  readManifest(join(root, 'manifest.json'), enterprise);
  if (!readFileSync(join(root, 'LICENSES.txt'), 'utf8').includes('WordNet')) faults.push(`${root}: LICENSES.txt is not whole`);
  readWeight(join(root, 'content.js'));
  if (!readFileSync(join(root, 'core/bytes.js'), 'latin1').includes(readFileSync(join(root, 'core/primum_bg.wasm')).toString('base64')))
    faults.push(`${root}/core: bytes.js does not hold the bytes of primum_bg.wasm`);
}
for (const fault of faults) console.error(fault);
console.log(faults.length ? `${faults.length} faults in what is shipped` : 'What is shipped holds no remote code and no permission beyond the list.');
process.exit(faults.length ? 1 : 0);

/** @param {string} path @param {string} name @param {boolean} enterprise */
function readScript(path, name, enterprise) {
  const text = readFileSync(path, 'utf8');
  for (const [pattern, what] of FORBIDDEN) if (pattern.test(text)) faults.push(`${path}: ${what}`);
  if (/\bfetch\s*\(/.test(text) && !MAY_FETCH.includes(name) && !(enterprise && name === MAY_REPORT)) faults.push(`${path}: fetch`);
  if (!enterprise && ENTERPRISE_ONLY.test(text)) faults.push(`${path}: something of the enterprise variant`);
  // Links that a person may click live in pages and in the core's references, never in scripts.
  for (const [url] of text.matchAll(/\b(?:https?|wss?):\/\/[^\s"'`)]+/g)) {
    if (!NAMES.some((known) => url.startsWith(known)) && !isComment(text, url)) faults.push(`${path}: remote address ${url}`);
  }
}

/** @param {string} text @param {string} url */
function isComment(text, url) {
  const line = text.slice(text.lastIndexOf('\n', text.indexOf(url)) + 1, text.indexOf(url)).trim();
  return line.startsWith('//') || line.startsWith('*') || line.startsWith('/*');
}

/** @param {string} path */
function readPage(path) {
  const text = readFileSync(path, 'utf8');
  if (/<(script|link|img|iframe)\b[^>]*\b(src|href)="(https?:)?\/\//.test(text)) faults.push(`${path}: loads something remote`);
  if (/<script(?![^>]*\bsrc=)[^>]*>/.test(text)) faults.push(`${path}: inline script`);
  if (/\son\w+="/.test(text)) faults.push(`${path}: inline event handler`);
}

/** @param {string} path */
function readStyle(path) {
  if (/url\(\s*["']?(https?:)?\/\/|@import/.test(readFileSync(path, 'utf8'))) faults.push(`${path}: loads something remote`);
}

/** @param {string} path @param {boolean} enterprise */
function readManifest(path, enterprise) {
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const beyond = (list, allowed) => (list ?? []).filter((one) => !allowed.includes(one));
  const watched = manifest.content_scripts.flatMap((script) => script.matches);
  for (const one of beyond(manifest.permissions, [...PERMISSIONS, ...(enterprise ? ENTERPRISE : [])])) faults.push(`${path}: permission ${one}`);
  for (const one of beyond(manifest.optional_permissions, OPTIONAL_PERMISSIONS)) faults.push(`${path}: optional permission ${one}`);
  for (const one of beyond(manifest.optional_host_permissions, enterprise ? [] : OPTIONAL_HOSTS)) faults.push(`${path}: optional host ${one}`);
  // Built without --hosts and --reporting, the enterprise variant reaches the watched sites and no other.
  for (const one of beyond(manifest.host_permissions, enterprise ? watched : [])) faults.push(`${path}: host permission ${one}`);
  for (const key of ['externally_connectable', 'update_url', 'key']) if (manifest[key]) faults.push(`${path}: ${key}`);
  const policy = manifest.content_security_policy?.extension_pages ?? '';
  for (const part of ["default-src 'none'", "connect-src 'none'", "script-src 'self' 'wasm-unsafe-eval'"])
    if (!policy.split(';').map((one) => one.trim()).includes(part)) faults.push(`${path}: the content security policy lacks ${part}`);
}

/** @param {string} path */
function readWeight(path) {
  const bytes = gzipSync(readFileSync(path), { level: 9 }).length;
  console.log(`${path}: ${(bytes / 1024).toFixed(1)} kB gzipped`);
  if (bytes > CONTENT_SCRIPT_BYTES) faults.push(`${path}: ${bytes} bytes gzipped, more than ${CONTENT_SCRIPT_BYTES}`);
}

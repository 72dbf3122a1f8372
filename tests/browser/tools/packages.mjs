// Makes of dist/<variant> what is handed out: zips for the stores, signed
// packages and update files for one's own server, check sums, a bill of
// materials. Call: node packages.mjs [--key primum.pem] [--url https://server/folder]
//
// The private key decides the extension's ID and who may sign updates. It is the
// builder's, and never part of the project.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { crxOf, idOf, updateXml } from './crx.mjs';
import { sbom } from './licences.mjs';
import { zipOf } from './pack.mjs';

const { values: options } = parseArgs({ options: { key: { type: 'string' }, url: { type: 'string', default: 'http://127.0.0.1:8978' } } });
const VARIANTS = ['chrome', 'firefox', 'chrome-enterprise', 'firefox-enterprise'];
const key = options.key ? readFileSync(options.key) : null;
const { version } = JSON.parse(readFileSync('dist/chrome/manifest.json', 'utf8'));

for (const name of readdirSync('dist')) if (/^(primum-.*\.(zip|crx|xpi|json)|update.*\.xml|SHA256SUMS)$/.test(name)) rmSync(`dist/${name}`);
/** @type {Map<string, Buffer | string>} */
const files = new Map();
for (const variant of VARIANTS.filter((one) => existsSync(`dist/${one}/manifest.json`))) {
  const name = `primum-${version}-${variant}`;
  const zip = zipOf(`dist/${variant}`);
  if (variant.startsWith('firefox')) files.set(`${name}.xpi`, zip);
  else {
    files.set(`${name}.zip`, zip);
    if (key) {
      files.set(`${name}.crx`, crxOf(zip, key));
      files.set(`update${variant.slice('chrome'.length)}.xml`, updateXml({ id: idOf(key), version, codebase: `${options.url}/${name}.crx` }));
    }
  }
}
files.set(`primum-${version}-sbom.cdx.json`, `${JSON.stringify(sbom(version), null, 2)}\n`);
const sums = [...files].map(([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`).sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1));
files.set('SHA256SUMS', sums.join(''));
for (const [name, bytes] of files) writeFileSync(`dist/${name}`, bytes);
console.log([...files.keys()].map((name) => `dist/${name}`).join('\n'));
if (key) console.log(`ID ${idOf(key)}`);

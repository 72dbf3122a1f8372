// What is shipped and under which licences: the crates that are compiled into
// the core, and the data. Read from Cargo and from the headers of the data, so
// that nothing is forgotten.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @typedef {{ name: string, version: string, license: string, folder: string, checksum: string }} Crate */

/** The crates in the core: what is needed to build or to test is not shipped. @returns {Crate[]} */
export function shippedCrates() {
  const arguments_ = ['metadata', '--format-version', '1', '--locked', '--filter-platform', 'wasm32-unknown-unknown'];
  const { packages, resolve } = JSON.parse(execFileSync('cargo', arguments_, { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] }));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const found = new Set();
  const visit = (id) => {
    if (found.has(id)) return;
    found.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null) && !isMacro(packages, pkg)) visit(pkg);
  };
  visit(resolve.root);
  found.delete(resolve.root);
  const checksums = new Map([...readFileSync('Cargo.lock', 'utf8').matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"/g)].map(([, name, version, sum]) => [`${name} ${version}`, sum]));
  return packages
    .filter((one) => found.has(one.id))
    .map((one) => ({ name: one.name, version: one.version, license: spdx(one.license), folder: dirname(one.manifest_path), checksum: checksums.get(`${one.name} ${one.version}`) ?? '' }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Macros run while the core is built and leave none of themselves in it. */
function isMacro(packages, id) {
  return packages.find((one) => one.id === id).targets.some((target) => target.kind.includes('proc-macro'));
}

/** Old manifests write "MIT/Apache-2.0". @param {string} license */
const spdx = (license) => license.replaceAll('/', ' OR ');

/** Data files with what their headers say of their sources. @returns {{ name: string, sources: string }[]} */
export function shippedData() {
  const root = 'src/data';
  const names = readdirSync(root, { recursive: true }).map(String).filter((name) => /\.(tsv|toml)$/.test(name)).sort();
  return names.map((name) => {
    const header = readFileSync(join(root, name), 'utf8').split('\n').filter((line) => line.startsWith('#')).slice(0, 40).map((line) => line.slice(1).trim());
    const from = header.findIndex((line) => /^Sources?:/i.test(line));
    return { name: `${root}/${name}`, sources: from < 0 ? 'Own work, Apache-2.0.' : header.slice(from).join(' ').replace(/^Sources?:\s*/i, '') };
  });
}

/** The text that goes into every package. */
export function licenceText() {
  const crates = shippedCrates();
  const rule = '='.repeat(80);
  const parts = [readFileSync('LICENSE', 'utf8'), readFileSync('extension/NOTICES.txt', 'utf8')];
  parts.push(`Files of data and their sources\n\n${shippedData().map(({ name, sources }) => `${name}: ${sources}`).join('\n')}\n`);
  parts.push(`Libraries in the core\n\n${crates.map(({ name, version, license }) => `${name} ${version}: ${license}`).join('\n')}\n`);
  for (const crate of crates) for (const text of licenceFilesOf(crate)) parts.push(`${crate.name} ${crate.version}\n\n${text}`);
  return parts.join(`\n${rule}\n\n`);
}

/** @param {Crate} crate */
function licenceFilesOf({ folder, name }) {
  const files = existsSync(folder) ? readdirSync(folder).filter((one) => /^(licen[cs]e|copying|notice)/i.test(one)).sort() : [];
  // The Apache licence stands at the top of the file already.
  const texts = files.map((one) => readFileSync(join(folder, one), 'utf8')).filter((text) => !/^\s*Apache License/.test(text));
  if (!files.length) throw new Error(`${name} brings no licence file`);
  return texts;
}

/** A software bill of materials, CycloneDX 1.5. The same build gives the same bytes. @param {string} version */
export function sbom(version) {
  const crates = shippedCrates().map(({ name, version: its, license, checksum }) => ({
    type: 'library',
    'bom-ref': `pkg:cargo/${name}@${its}`,
    name,
    version: its,
    purl: `pkg:cargo/${name}@${its}`,
    licenses: [{ expression: license }],
    ...(checksum ? { hashes: [{ alg: 'SHA-256', content: checksum }] } : {}),
  }));
  const data = shippedData().map(({ name, sources }) => ({ type: 'data', 'bom-ref': name, name, data: [{ type: 'dataset', description: sources }] }));
  const root = `pkg:generic/primum@${version}`;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': root, name: 'primum', version, licenses: [{ license: { id: 'Apache-2.0' } }] } },
    components: [...crates, ...data],
    dependencies: [{ ref: root, dependsOn: [...crates, ...data].map((one) => one['bom-ref']) }],
  };
}

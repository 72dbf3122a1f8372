// Makes one variant of the extension from extension/: scripts bundled, the core
// put in, one manifest a browser.
// Call: node bundle.mjs chrome|firefox CORE_FOLDER OUT_FOLDER [--enterprise] [--hosts PATTERN,...] [--reporting URL]
//
// The content script is one classic script, minified. Background and pages stay
// ES modules that a reviewer can read; the core stays beside them, unbundled.
// The enterprise variant has a background of its own, so that the store packages
// hold no line of it; it asks for the watched sites, the sites of --hosts and
// the one collector of --reporting, and for nothing else.

import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { licenceText } from './licences.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { enterprise: { type: 'boolean', default: false }, hosts: { type: 'string', default: '' }, reporting: { type: 'string', default: '' } },
});
const [browser, core, out] = positionals;
const source = 'extension';
const enterprise = options.enterprise ? JSON.parse(readFileSync(join(source, 'enterprise.json'), 'utf8')) : null;

// The glue keeps its instance for ever; after a trap it must not be used again.
const RESTART = `/** Lets go of the instance: the next initSync makes a fresh one. */
export function restart() {
    wasm = undefined;
}
`;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
copyReadyFiles();
writeLicences();
writeManifest();
await bundleContentScript();
await bundleModules();
putCoreIn();

function copyReadyFiles() {
  for (const folder of ['_locales', 'icons', 'policies', 'pages']) {
    if (!existsSync(join(source, folder))) continue;
    cpSync(join(source, folder), join(out, folder), { recursive: true, filter: (path) => !path.endsWith('.js') });
  }
}

function writeLicences() {
  writeFileSync(join(out, 'LICENSES.txt'), licenceText());
}

function writeManifest() {
  const manifest = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8'));
  if (enterprise) addEnterprise(manifest);
  if (browser === 'chrome') {
    // Chrome starts a service worker, Firefox an event page; each warns of the other's key.
    delete manifest.background.scripts;
    delete manifest.browser_specific_settings;
  } else {
    delete manifest.background.service_worker;
    delete manifest.minimum_chrome_version;
    // Firefox knows no schema here: the core validates the policy itself.
    delete manifest.storage;
  }
  writeFileSync(join(out, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
}

function addEnterprise(manifest) {
  const added = options.hosts.split(',').filter(Boolean).map((one) => (one.includes('://') ? one : `https://${one}/*`));
  const watched = manifest.content_scripts.flatMap((script) => script.matches);
  manifest.permissions = [...manifest.permissions, ...enterprise.permissions];
  manifest.host_permissions = [...new Set([...watched, ...added])];
  // Everything is asked for at once: an administrator grants it, a user is never asked.
  delete manifest.optional_host_permissions;
  manifest.background = { ...manifest.background, service_worker: enterprise.background, scripts: [enterprise.background] };
  if (!options.reporting) return;
  const collector = new URL(options.reporting);
  // A host pattern names no port; the content security policy does.
  manifest.host_permissions.push(`${collector.protocol}//${collector.hostname}/*`);
  const policy = manifest.content_security_policy;
  policy.extension_pages = policy.extension_pages.replace("connect-src 'none'", `connect-src ${collector.origin}`);
}

async function bundleContentScript() {
  await build({
    entryPoints: [join(source, 'content/main.js')],
    outfile: join(out, 'content.js'),
    bundle: true,
    format: 'iife',
    loader: { '.css': 'text' },
    minify: true,
    charset: 'utf8',
    target: ['chrome122', 'firefox128'],
    logLevel: 'warning',
  });
}

async function bundleModules() {
  const pages = existsSync(join(source, 'pages')) ? readdirSync(join(source, 'pages')) : [];
  const scripts = pages.filter((name) => name.endsWith('.html')).flatMap((name) => scriptsOf(join(source, 'pages', name)));
  await build({
    entryPoints: [join(source, enterprise?.background ?? 'background/background.js'), ...new Set(scripts)],
    outdir: out,
    outbase: source,
    bundle: true,
    format: 'esm',
    charset: 'utf8',
    external: ['*/core/primum.js', '*/core/bytes.js'],
    target: ['chrome122', 'firefox128'],
    logLevel: 'warning',
  });
}

/** @param {string} page */
function scriptsOf(page) {
  const names = [...readFileSync(page, 'utf8').matchAll(/<script[^>]*\bsrc="([^"]+)"/g)].map((match) => match[1]);
  return names.map((name) => join(source, 'pages', name));
}

// connect-src is 'none', so the background cannot fetch its own .wasm: it
// imports the bytes as a module. The plain file beside it is for other programs
// that test the core; pack.mjs leaves it out of the packages.
function putCoreIn() {
  const to = join(out, 'core');
  mkdirSync(to, { recursive: true });
  cpSync(join(core, 'primum_bg.wasm'), join(to, 'primum_bg.wasm'));
  const glue = readFileSync(join(core, 'primum.js'), 'utf8');
  // CORE_FOLDER may be the one of another variant.
  writeFileSync(join(to, 'primum.js'), glue.includes(RESTART) ? glue : `${glue}\n${RESTART}`);
  const bytes = readFileSync(join(core, 'primum_bg.wasm')).toString('base64');
  writeFileSync(join(to, 'bytes.js'), `export default '${bytes}';\n`);
}

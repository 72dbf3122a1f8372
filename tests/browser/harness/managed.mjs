// Browsers under a real policy: the policy files of the system, a package of our
// own signing on a loopback server, and the reload button of chrome://policy.
// The policy folders belong to root; where the tests do not run as root they are
// skipped, and say so.

import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { crxOf, idOf, updateXml } from '../tools/crx.mjs';
import { zipOf } from '../tools/pack.mjs';
import { findBrowser } from './browser.mjs';

/** Why the tests of managed browsers cannot run here; false where they can. */
export const CANNOT = process.platform !== 'linux' ? 'needs Linux' : process.getuid?.() === 0 ? false : 'needs root: the policy folders of the browsers belong to it';

const FILE = 'primum-test.json';
const FOLDER = '/etc/chromium/policies/managed';

/**
 * A signed enterprise package on a loopback server.
 * @param {{ hosts?: string, reporting?: string }} [built]
 */
export async function servePackage({ hosts = '', reporting = '' } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'primum-package-'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
  const options = ['--enterprise', ...(hosts ? ['--hosts', hosts] : []), ...(reporting ? ['--reporting', reporting] : [])];
  const bundle = (browser, to) => execFileSync('node', ['tests/browser/tools/bundle.mjs', browser, `dist/${browser}/core`, to, ...options], { stdio: 'inherit' });
  bundle('chrome', join(folder, 'chrome'));
  const crx = crxOf(zipOf(join(folder, 'chrome')), key);
  const id = idOf(key);
  const asked = [];
  const server = http.createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    asked.push(path);
    if (path === '/primum.crx') return void response.writeHead(200, { 'content-type': 'application/x-chrome-extension' }).end(crx);
    response.writeHead(200, { 'content-type': 'text/xml' }).end(updateXml({ id, version: '0.1.0', codebase: `${address()}/primum.crx` }));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = () => `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
  return {
    id, asked, folder, bundle,
    updateUrl: `${address()}/update.xml`,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes and takes away Chromium's policy file; leaves nothing behind. @param {{ id: string, updateUrl: string }} package_ */
export function chromiumPolicy({ id, updateUrl }) {
  const before = ['/etc/chromium', '/etc/chromium/policies', FOLDER].find((path) => !existsSync(path));
  return {
    /** @param {Record<string, unknown>} [values] none: installed, without values */
    write(values) {
      mkdirSync(FOLDER, { recursive: true });
      const policy = {
        // Without it Chromium lets no driver look into what a policy installs.
        DeveloperToolsAvailability: 1,
        ExtensionSettings: { [id]: { installation_mode: 'force_installed', update_url: updateUrl, override_update_url: true } },
        ...(values ? { '3rdparty': { extensions: { [id]: values } } } : {}),
      };
      writeFileSync(join(FOLDER, FILE), JSON.stringify(policy));
    },
    remove() {
      rmSync(join(FOLDER, FILE), { force: true });
      if (before) rmSync(before, { recursive: true, force: true });
    },
  };
}

const FIREFOX = ['/etc/firefox', '/etc/firefox/policies'];
const POLICIES = '/etc/firefox/policies/policies.json';

/** Why Firefox cannot be managed here; false where it can. */
export const CANNOT_FIREFOX = CANNOT || (existsSync(POLICIES) && 'there is a policy on this machine already');

/** Writes and takes away Firefox's policy file; leaves nothing behind. Firefox reads it at its start. */
export function firefoxPolicy() {
  const before = FIREFOX.find((path) => !existsSync(path));
  return {
    /** @param {Record<string, unknown>} values */
    write(values) {
      this.writeFile(JSON.stringify({ policies: { '3rdparty': { Extensions: { 'primum@primum.example': values } } } }));
    },
    /** @param {string | Buffer} text all of the file */
    writeFile(text) {
      mkdirSync(FIREFOX[1], { recursive: true });
      writeFileSync(POLICIES, text);
    },
    remove() {
      rmSync(before ?? POLICIES, { recursive: true, force: true });
    },
  };
}

/** A folder for a profile that outlives its browser. */
export function makeProfile() {
  return mkdtempSync(join(tmpdir(), 'primum-profile-'));
}

/** @param {{ port: number }} server @param {string} [kept] a profile that is used again */
export async function startManaged(server, kept) {
  const profile = kept ?? makeProfile();
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: findBrowser('chromium', 'chromium-browser', 'google-chrome'),
    pipe: true,
    userDataDir: profile,
    protocolTimeout: 20_000,
    acceptInsecureCerts: true,
    enableExtensions: true,
    // Both keep Chromium from installing what the policy asks for.
    ignoreDefaultArgs: ['--disable-extensions', '--disable-background-networking'],
    args: [
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-component-update', '--disable-sync', '--no-sandbox',
      `--host-resolver-rules=MAP * 127.0.0.1:${server.port}, EXCLUDE 127.0.0.1`,
    ],
  });
  if (!kept) browser.process()?.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return browser;
}

/** Waits until the extension is installed. Answers with a page of its own. */
export async function ownPage(browser, id, path = 'pages/status.html', ms = 30_000) {
  const page = await browser.newPage();
  // A tab that stands on the extension's address while it is installed is closed by Chromium.
  await page.goto('chrome://extensions');
  const installed = () => page.evaluate((one) => new Promise((done) => {
    const info = /** @type {any} */ (chrome).developerPrivate;
    info.getExtensionsInfo({}, (all) => done(all.some(({ id: its, state }) => its === one && state === 'ENABLED')));
  }), id);
  for (const end = Date.now() + ms; !(await installed()); await rest(250)) if (Date.now() > end) throw new Error('Chromium did not install the extension.');
  await page.goto(`chrome-extension://${id}/${path}`);
  return page;
}

/** Asks the background from a page of the extension. */
export async function askBackground(page, message) {
  const answer = await page.evaluate((one) => chrome.runtime.sendMessage(one), message);
  if (!answer?.ok) throw new Error(answer?.error ?? 'no answer');
  return answer.value;
}

/** Presses "Reload policies", so that a test does not wait for the file watcher. */
export async function reloadPolicies(page) {
  await page.goto('chrome://policy');
  await page.evaluate(() => /** @type {any} */ (chrome).send('reloadPolicies'));
}

/** @param {number} ms */
export const rest = (ms) => new Promise((done) => setTimeout(done, ms));

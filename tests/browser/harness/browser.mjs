// Starts Chromium or Firefox with the extension, every host name led to the
// fixture server, and speaks with a page as a person does: clicks and keys.

import puppeteer from 'puppeteer-core';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The browsers that are tested: all, or those of the variable BROWSERS. @type {('chrome' | 'firefox')[]} */
export const BROWSERS = /** @type {any} */ ((process.env.BROWSERS ?? 'chrome,firefox').split(','));

/**
 * @param {'chrome' | 'firefox'} name
 * @param {{ port: number, proxyPort: number }} server
 * @param {{ extension?: string, headless?: boolean }} [options] extension: its unpacked folder
 */
export async function startBrowser(name, server, { extension, headless = true } = {}) {
  if (name === 'firefox') return startFirefox(server, extension, headless);
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: findBrowser('chromium', 'chromium-browser', 'google-chrome'),
    headless,
    pipe: true,
    acceptInsecureCerts: true,
    enableExtensions: extension ? [resolve(extension)] : false,
    args: [
      ...QUIET,
      // Chromium's sandbox refuses to start for root, as in containers.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--host-resolver-rules=MAP * 127.0.0.1:${server.port}`,
    ],
  });
}

async function startFirefox(server, extension, headless) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox-esr', 'firefox'),
    headless,
    acceptInsecureCerts: true,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': server.proxyPort,
      'network.proxy.http': '127.0.0.1',
      'network.proxy.http_port': server.proxyPort,
    },
  });
  if (extension) await browser.installExtension(resolve(extension));
  return browser;
}

/** @param {string[]} names */
export function findBrowser(...names) {
  const folders = (process.env.PATH ?? '').split(':');
  for (const name of names) for (const folder of folders) if (existsSync(`${folder}/${name}`)) return `${folder}/${name}`;
  throw new Error(`None of ${names.join(', ')} is installed: ./build.sh test installs what is missing.`);
}

/** Opens an editor on a host and puts the caret in it. Answers with the frame that holds it. */
export async function openEditor(page, { host = 'x.com', editor, place = 'page', enter = false, more = '' }) {
  await page.goto(`https://${host}/?editor=${editor}&in=${place}${enter ? '&enter' : ''}${more}`);
  const frame = place === 'iframe' ? await innerFrame(page) : page.mainFrame();
  await (await elementIn(frame, '.CodeMirror, textarea, [contenteditable="true"], [contenteditable=""]')).click();
  return frame;
}

/** An element of a fixture page, also in its open or closed root. */
export async function elementIn(frame, selector) {
  const place = (what) => (window.fixture?.root ?? document).querySelector(what);
  const handle = await frame.waitForFunction(place, {}, selector);
  return handle.asElement();
}

async function innerFrame(page) {
  const handle = await page.waitForSelector('iframe');
  return handle.contentFrame();
}

/** What the page's editor itself holds, and what the page sent. */
export const modelOf = (frame) => frame.evaluate(() => window.fixture.model());
export const sentBy = (frame) => frame.evaluate(() => window.fixture.sent);

/** The extension's service worker (Chromium). */
export const workerOf = async (browser) => (await browser.waitForTarget((one) => one.type() === 'service_worker')).worker();

/** Stops it as the browser may at any time. It may be gone before the session to it is closed. */
export async function stopWorker(browser) {
  await (await workerOf(browser)).close().catch((error) => {
    if (!/No session with given id/.test(String(error))) throw error;
  });
}

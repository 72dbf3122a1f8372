// Shows Primum at work on real editors. With a display: opens Chromium on a
// page of them and stays until it is closed. Without one: types three drafts,
// prints what Primum said and saves pictures under dist/demo.

import { mkdirSync } from 'node:fs';
import { openEditor, sentBy, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const FOLDER = 'dist/demo';
const DRAFTS = [
  { name: 'patient', host: 'x.com', editor: 'draft', text: 'My patient Mrs. Alvarez came in last night with a STEMI. 94 years old and still cracking jokes.' },
  { name: 'claim', host: 'www.facebook.com', editor: 'lexical', text: 'Vaccines cause autism. I have seen it in my own family, share before they delete this.' },
  { name: 'review', host: 'biz.yelp.com', editor: 'review', text: 'Thank you for coming in, we are glad your knee is better!' },
];

const server = await startServer();
const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const browser = await startBrowser('chrome', server, { extension: 'dist/chrome', headless: !display });
try {
  await (display ? show() : tell());
} finally {
  await browser.close().catch(() => undefined);
  server.close();
}

async function show() {
  const [page] = await browser.pages();
  await page.goto('https://x.com/?editor=demo');
  console.log('Chromium is open on a page of real editors. Close it to end.');
  await new Promise((closed) => browser.on('disconnected', closed));
}

async function tell() {
  mkdirSync(FOLDER, { recursive: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1000, height: 720 });
  const eyes = await watch('chrome', browser, page);
  for (const { name, host, editor, text } of DRAFTS) {
    const frame = await openEditor(page, { host, editor });
    const picture = (/** @type {string} */ state) => page.screenshot({ path: `${FOLDER}/${name}-${state}.png` });
    console.log(`\n${host} (${editor}): "${text}"`);
    await page.keyboard.type(text);
    const typed = await eyes.until((seen) => seen.badge?.state === 'warn', frame);
    console.log(`  ${typed.badge.name}`);
    await picture('marked');
    await eyes.press(typed.badge.name, frame);
    const { card } = await eyes.until((seen) => seen.card, frame);
    console.log(indent(card.text));
    await picture('card');
    await page.keyboard.press('Escape');
    await (await frame.waitForSelector('#post')).click();
    const { dialog } = await eyes.until((seen) => seen.dialog, frame);
    console.log(indent(dialog.text));
    await picture('held');
    if (!dialog.buttons.some((one) => one.name === 'Replace all' && !one.disabled)) continue;
    await eyes.press('Replace all', frame);
    await eyes.until((seen) => !seen.dialog, frame);
    await picture('replaced');
    console.log(`  Posted so far: ${(await sentBy(frame)).length}`);
  }
  console.log(`\nPictures: ${FOLDER}`);
}

/** @param {string} text */
function indent(text) {
  return text.split('\n').filter((line) => line.trim()).map((line) => `  | ${line}`).join('\n');
}

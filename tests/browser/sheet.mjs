// A picture of each editor in each state, light and dark, narrow and wide: made
// to be looked at. Prints where they are; dist/demo/sheet/index.html shows all.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { openEditor, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { EDITORS, startServer } from './harness/server.mjs';

const FOLDER = 'dist/demo/sheet';
const TEXT = 'Saw my patient Mr. Hollins in clinic yesterday, write him at j.hollins@example.org please.';
const REPLY = 'Thank you for coming in, we are glad your knee is better!';
const WIDTHS = [320, 1280];
const SCHEMES = ['light', 'dark'];
/** How a composer is brought from one state to the next. */
const STATES = ['marked', 'card', 'dialog'];

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const server = await startServer();
const browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
/** @type {string[]} */
const pictures = [];
try {
  const page = await browser.newPage();
  const eyes = await watch('chrome', browser, page);
  for (const editor of [...EDITORS, 'review']) {
    for (const scheme of SCHEMES) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      for (const width of WIDTHS) {
        await page.setViewport({ width, height: 720 });
        await walk(page, eyes, editor, `${editor}-${scheme}-${width}`);
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}
const rows = pictures.map((name) => `<figure><img src="${name}" alt="" loading="lazy"><figcaption>${name}</figcaption></figure>`);
writeFileSync(`${FOLDER}/index.html`, `<!doctype html><meta charset="utf-8"><title>Primum: states</title><style>figure{display:inline-block;margin:8px}img{max-width:420px;border:1px solid #888}</style>${rows.join('\n')}`);
console.log(`${pictures.length} pictures: ${FOLDER}/index.html`);

async function walk(page, eyes, editor, name) {
  const frame = await openEditor(page, { host: editor === 'review' ? 'biz.yelp.com' : 'x.com', editor });
  await page.keyboard.type(editor === 'review' ? REPLY : TEXT);
  await eyes.until((now) => now.badge?.state === 'warn' && now.marks.length > 0, frame);
  for (const state of STATES) {
    if (state === 'card') {
      await eyes.press('Primum', frame);
      await eyes.until((now) => now.card, frame);
    } else if (state === 'dialog') {
      await page.keyboard.press('Escape');
      await (await frame.waitForSelector('#post')).click();
      await eyes.until((now) => now.dialog, frame);
    }
    await page.screenshot({ path: `${FOLDER}/${name}-${state}.png` });
    pictures.push(`${name}-${state}.png`);
  }
}

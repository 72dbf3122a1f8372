// What Primum weighs on a page, against the budgets of the design: measured in
// Chromium, printed. Times on shared machines are noisy: the bounds are the
// budgets where a figure is steady, and a multiple of a page without Primum
// where it is not.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { BROWSERS, openEditor, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { EDITORS, startServer } from './harness/server.mjs';

const SCRIPT_BYTES = 40 * 1024;
const EMPTY_PAGE_MS = 2;
const UNDERLINE_MS = 50;
const LONG_TASK_MS = 50;
const TAB_BYTES = 1024 * 1024;
const SAMPLES = 20;
/** A shared machine may be this much slower for a while. */
const NOISE = 3;
const PATIENT = 'My patient went home, SSN 536-22-1234';
/** @type {[string, string, string][]} */
const figures = [];

const at = (list, part) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * part))];

if (BROWSERS.includes('chrome')) {
  describe('weight', () => {
    let server, browser, page, eyes;
    before(async () => {
      server = await startServer();
      browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch('chrome', browser, page);
    });
    after(async () => {
      await browser?.close();
      server?.close();
      for (const [what, is, budget] of figures) console.log(`${what.padEnd(52)}${is.padStart(14)}   budget ${budget}`);
    });

    it('the content script is small', () => {
      const bytes = gzipSync(readFileSync('dist/chrome/content.js'), { level: 9 }).length;
      figures.push(['content script, minified and gzipped', `${(bytes / 1024).toFixed(1)} kB`, '40 kB'], ['content script, raw', `${(statSync('dist/chrome/content.js').size / 1024).toFixed(1)} kB`, '-']);
      assert.ok(bytes <= SCRIPT_BYTES);
    });

    it('a page without a composer hardly notices', async () => {
      await page.tracing.start({ categories: ['devtools.timeline', 'v8'] });
      for (let one = 0; one < SAMPLES; one++) {
        await page.goto('https://x.com/?editor=nothing');
        await page.mouse.click(200, 200);
      }
      const { traceEvents } = JSON.parse(Buffer.from(await page.tracing.stop()).toString());
      const starts = traceEvents.filter((one) => one.name === 'EvaluateScript' && String(one.args.data?.url).endsWith('/content.js'));
      const start = starts.map((one) => one.dur / 1000);
      // The thread's own time leaves out what other programs of the machine took.
      const own = starts.map((one) => one.tdur / 1000);
      figures.push(['start of the content script, own, median and p95', `${at(own, 0.5).toFixed(2)}, ${at(own, 0.95).toFixed(2)} ms`, `${EMPTY_PAGE_MS} ms`]);
      figures.push(['start of it by the clock, median and p95', `${at(start, 0.5).toFixed(2)}, ${at(start, 0.95).toFixed(2)} ms`, `${EMPTY_PAGE_MS} ms`]);
      assert.ok(start.length >= SAMPLES);
      assert.ok(at(start, 0.5) <= EMPTY_PAGE_MS * NOISE, `${at(start, 0.5)} ms`);
    });

    it('from the keystroke to the underline', async () => {
      for (const editor of EDITORS) {
        const times = [];
        const frame = await openEditor(page, { editor });
        await page.keyboard.type(PATIENT.slice(0, -1));
        await eyes.until((seen) => seen.badge && !seen.badge.busy, frame);
        for (let one = 0; one < SAMPLES; one++) {
          await eyes.run(WATCH, PATIENT.slice(-11));
          await page.keyboard.type(PATIENT.at(-1));
          times.push(await eyes.run(WATCHED));
          await page.keyboard.press('Backspace');
          await eyes.until((seen) => seen.badge && !seen.badge.busy, frame);
        }
        figures.push([`keystroke to underline, ${editor}, median and p95`, `${at(times, 0.5).toFixed(0)}, ${at(times, 0.95).toFixed(0)} ms`, `${UNDERLINE_MS} ms`]);
        assert.ok(at(times, 0.5) <= UNDERLINE_MS * NOISE, `${editor}: ${times.map(Math.round)}`);
      }
    });

    it('no long task on the page while somebody types', async () => {
      await openEditor(page, { editor: 'textarea' });
      await page.evaluate(() => {
        window.long = [];
        new PerformanceObserver((list) => window.long.push(...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask' });
      });
      await page.keyboard.type(`${PATIENT} `.repeat(6), { delay: 5 });
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      const long = await page.evaluate(() => window.long);
      figures.push(['long tasks (over 50 ms) while 350 letters are typed', String(long.length), '0']);
      assert.ok(long.every((one) => one < LONG_TASK_MS * 4), String(long));
    });

    it('memory of a tab', async () => {
      const bare = await startBrowser('chrome', server);
      const without = await heapAfterTyping(await bare.newPage());
      await bare.close();
      const own = await browser.newPage();
      const grown = Math.max(0, (await heapAfterTyping(own)) - without);
      await own.close();
      figures.push(['heap that Primum adds to a tab', `${(grown / 1024).toFixed(0)} kB`, '1024 kB']);
      assert.ok(grown <= TAB_BYTES, `${grown}`);
    });
  });
}

/** Heap of a tab whose composer was typed in, all worlds together, in bytes. */
async function heapAfterTyping(tab) {
  const session = await tab.createCDPSession();
  await openEditor(tab, { editor: 'textarea' });
  await tab.keyboard.type(`${PATIENT} `.repeat(3));
  await new Promise((done) => setTimeout(done, 500));
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

/** Takes the time from the next key to the frame that is painted with the underline. */
function WATCH(root, words) {
  globalThis.primumTime = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`no underline below ${words}`)), 5000);
    let pressed = 0;
    addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true, once: true });
    const isMarked = () => [...(CSS.highlights.get('primum-1') ?? [])].some((range) => String(range).includes(words)) || [...root.querySelectorAll('.marks span')].some((one) => one.textContent.includes(words));
    const look = () => (pressed && isMarked() ? done(performance.now() - pressed) : requestAnimationFrame(look));
    look();
  });
}

/** The time that was taken, in milliseconds. */
function WATCHED() {
  return globalThis.primumTime;
}

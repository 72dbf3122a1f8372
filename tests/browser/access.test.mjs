// For everybody: axe in the content script's own world, where closed roots can
// be opened, and on the extension's pages; both themes, 320 pixels, 200 percent,
// forced colours; contrast computed where axe cannot; keyboard and names from
// the browser's own accessibility tree.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { BROWSERS, openEditor, startBrowser } from './harness/browser.mjs';
import { watch } from './harness/primum.mjs';
import { startServer } from './harness/server.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
const PATIENT = 'Grateful to my patient Mr. Hollins, write him at j.hollins@example.org please.';
const THEMES = ['light', 'dark'];
const SIZES = { '320 pixels': { width: 320, height: 640 }, '200 percent': { width: 640, height: 450, deviceScaleFactor: 2 }, wide: { width: 1280, height: 800 } };
/** WCAG 2.2, 1.4.3 and 2.5.8. */
const CONTRAST = 4.5;
const TARGET_PX = 24;

if (BROWSERS.includes('chrome')) {
  describe('accessibility', () => {
    let server, browser, page, eyes, session, id;
    before(async () => {
      server = await startServer();
      browser = await startBrowser('chrome', server, { extension: 'dist/chrome' });
      page = await browser.newPage();
      page.setDefaultTimeout(8000);
      eyes = await watch('chrome', browser, page);
      session = await page.createCDPSession();
      const worker = await browser.waitForTarget((one) => one.type() === 'service_worker');
      id = new URL(worker.url()).host;
    });
    after(async () => {
      await browser?.close();
      server?.close();
    });

    const show = async (what) => {
      await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(PATIENT);
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      if (what === 'card') {
        await eyes.press('Primum');
        await eyes.until((seen) => seen.card);
      }
      if (what === 'dialog') {
        await (await page.$('#post')).click();
        await eyes.until((seen) => seen.dialog);
      }
    };

    for (const theme of THEMES) {
      for (const [size, viewport] of Object.entries(SIZES)) {
        for (const what of ['badge', 'card', 'dialog']) {
          it(`${what}, ${theme}, ${size}: axe, contrast, size of targets, nothing cut off`, async () => {
            await page.setViewport(viewport);
            await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
            await show(what);
            const found = await eyes.run(AXE_IN_ROOT, { source: AXE, rules: RULES });
            assert.deepEqual(found, []);
            const measured = await eyes.run(MEASURE, { contrast: CONTRAST, target: TARGET_PX, width: viewport.width });
            assert.deepEqual(measured, []);
          });
        }
      }
      for (const name of ['popup', 'options', 'learn']) {
        it(`${name} page, ${theme}, 320 pixels: axe`, async () => {
          const tab = await browser.newPage();
          await tab.setViewport(SIZES['320 pixels']);
          await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
          await tab.goto(`chrome-extension://${id}/pages/${name}.html`);
          await tab.waitForFunction(() => document.querySelectorAll('main button').length > 1);
          await tab.evaluate(AXE);
          const found = await tab.evaluate(async (rules) => (await window.axe.run(document, rules)).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`), RULES);
          const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
          await tab.close();
          assert.deepEqual(found, []);
          assert.ok(wide <= 320, `${wide} pixels wide`);
        });
      }
    }

    it('the browser tells the dialog by role, name and description, and each button by its name', async () => {
      await show('dialog');
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const of = (role) => nodes.filter((one) => one.role?.value === role && !one.ignored);
      const [dialog] = of('alertdialog');
      assert.equal(dialog.name.value, 'Before you post');
      assert.match(dialog.description.value, /2 things to look at/);
      const names = of('button').map((one) => one.name.value);
      for (const name of ['Go back', 'Replace all', 'Post anyway']) assert.ok(names.includes(name), names.join(', '));
      assert.ok(of('checkbox').length === 1);
    });

    it('the keyboard alone: to the finding, to the next, replace, and back at the words', async () => {
      await show('badge');
      const key = async (...keys) => {
        for (const one of keys.slice(0, -1)) await page.keyboard.down(one);
        await page.keyboard.press(keys.at(-1));
        for (const one of keys.slice(0, -1)) await page.keyboard.up(one);
      };
      await key('Control', 'Home');
      await key('Alt', 'Shift', 'P');
      const first = await eyes.until((seen) => seen.card?.text.includes('Hollins'));
      assert.ok(first.card.buttons.some((one) => one.focused));
      await key('Alt', 'ArrowDown');
      await eyes.until((seen) => seen.card?.text.includes('j.hollins@example.org'));
      await key('Alt', 'ArrowUp');
      await eyes.until((seen) => seen.card?.text.includes('“Mr. Hollins”'));
      await page.keyboard.press('Enter');
      await eyes.until((seen) => !seen.card && !seen.badge.busy && seen.marks.every((one) => !one.text.includes('Mr.')));
      await new Promise((done) => setTimeout(done, 150));
      await page.keyboard.type('+');
      assert.ok((await page.$eval('textarea', (field) => field.value)).startsWith('+'), 'the caret is where it was');
    });

    it('the dialog keeps the focus in, and Escape is "Go back"', async () => {
      await show('dialog');
      for (let at = 0; at < 12; at++) await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement?.matches('textarea, #post') ?? false), false);
      await page.keyboard.press('Escape');
      await eyes.until((seen) => !seen.dialog);
      assert.equal(await page.evaluate(() => document.activeElement?.localName), 'textarea');
      assert.deepEqual(await page.evaluate(() => window.fixture.sent), []);
    });

    it('what is found is told politely, once the user pauses', async () => {
      await openEditor(page, { editor: 'textarea' });
      await page.keyboard.type(PATIENT);
      await eyes.until((seen) => seen.badge?.state === 'warn' && !seen.badge.busy);
      assert.deepEqual(await eyes.run(LIVE), { live: 'polite', text: '' });
      await new Promise((done) => setTimeout(done, 1800));
      const told = await eyes.run(LIVE);
      assert.match(told.text, /^Primum: 2 to look at/);
    });

    it('forced colours and reduced motion are followed', async () => {
      await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
      await show('card');
      const style = await eyes.run(BORDERS);
      await session.send('Emulation.setEmulatedMedia', { features: [] });
      assert.equal(style.animation, 'none');
      assert.ok(parseFloat(style.border) >= 2, style.border);
    });
  });
}

/** Run in the content script's own world; `root` is our closed root. */
async function AXE_IN_ROOT(root, { source, rules }) {
  if (!globalThis.axe) {
    // The same world may open closed roots: axe shall see into ours.
    const own = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot');
    Object.defineProperty(Element.prototype, 'shadowRoot', { ...own, get() { return globalThis.chrome.dom.openOrClosedShadowRoot(this); } });
    (0, globalThis.eval)(source);
  }
  const { violations, passes } = await globalThis.axe.run(root.host, rules);
  if (!passes.some((one) => one.id === 'button-name')) return ['axe did not see our buttons'];
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}

/** Contrast of every text, size of every target, everything within the window. */
function MEASURE(root, { contrast, target, width }) {
  const faults = [];
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => (one / 255 <= 0.03928 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.99) return colour;
    }
    return [255, 255, 255];
  };
  for (const element of root.querySelectorAll('.badge, .card *, dialog *')) {
    const box = element.getBoundingClientRect();
    const words = [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!box.width || (element.closest('details:not([open])') && !element.closest('summary'))) continue;
    if (words && !element.disabled) {
      const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      if (ratio < contrast) faults.push(`contrast ${ratio.toFixed(2)}: ${element.textContent.slice(0, 40)}`);
    }
    if (element.matches('button, input, summary') && (box.width < target || box.height < target)) faults.push(`${box.width} x ${box.height}: ${element.textContent}`);
    if (box.right > width + 1 || box.left < -1) faults.push(`outside the window: ${element.textContent.slice(0, 40)}`);
  }
  return faults;
}

function LIVE(root) {
  const region = root.querySelector('[role="status"][aria-live]');
  return { live: region.getAttribute('aria-live'), text: region.textContent };
}

function BORDERS(root) {
  const { animationName, borderTopWidth } = getComputedStyle(root.querySelector('.card'));
  return { animation: animationName, border: borderTopWidth };
}

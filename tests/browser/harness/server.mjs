// The fixture pages under any host name, from loopback, with the strict content
// security policy and Trusted Types that big sites send. It notes every request,
// and fails at its end when one was made that no page and no browser made.

import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge } from './observer.mjs';

const FIXTURES = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', 'fixtures');
export const EDITORS = ['draft', 'lexical', 'quill', 'quill1', 'tiptap', 'slate', 'textarea', 'plain'];

/** Editors of other sites than the watched ones: tried, not lived in. */
export const OTHERS = ['codemirror', 'codemirror5', 'trix', 'medium'];

/** Editors that run in shadow roots: the others read document.getSelection(), which does not see into them. */
export const IN_ROOTS = ['lexical', 'tiptap', 'textarea', 'plain'];

const STRICT = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "frame-src 'self'",
  "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join('; ');
// Editors that parse HTML themselves, without a policy of their own, do not start or type under Trusted Types.
const WITHOUT_TRUSTED_TYPES = ['quill', 'quill1', 'tiptap', 'slate', 'odd'];

/** Bundles the real editors and starts the server. `port` serves https, `proxyPort` is a way to it for Firefox. */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'primum-pages-'));
  const { key, cert } = makeCertificate(folder);
  await bundleEditors(folder);
  const requests = [];
  const note = (request) => {
    const noted = { host: request.headers.host ?? '', path: request.url ?? '', method: request.method ?? '', body: '', headers: request.headers };
    requests.push(noted);
    request.on('data', (chunk) => (noted.body += chunk));
  };
  const server = https.createServer({ key, cert }, (request, response) => {
    note(request);
    answer(new URL(request.url ?? '/', 'https://page.example'), folder, response);
  });
  // What is asked without TLS gets no answer, but is seen.
  const refuse = (request, response) => {
    note(request);
    response.writeHead(502).end();
  };
  const bare = http.createServer(refuse);
  server.on('upgrade', (request, socket) => {
    note(request);
    socket.destroy();
  });
  server.on('tlsClientError', (_, socket) => socket.destroy());
  const proxy = http.createServer(refuse);
  const sockets = new Set();
  const door = net.createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy()));
    socket.once('readable', () => {
      const first = socket.read(1);
      if (!first) return void socket.destroy();
      socket.unshift(first);
      // A TLS connection begins with a handshake record.
      (first[0] === 0x16 ? server : bare).emit('connection', socket);
    });
  });
  await listen(door);
  proxy.on('connect', (_, socket) => tunnel(socket, door.address().port));
  await listen(proxy);
  return {
    port: door.address().port,
    proxyPort: proxy.address().port,
    requests,
    close() {
      for (const one of sockets) one.destroy();
      proxy.closeAllConnections();
      for (const one of [door, proxy]) one.close();
      rmSync(folder, { recursive: true, force: true });
      judge(requests);
    },
  };
}

function answer(url, folder, response) {
  const editor = url.searchParams.get('editor') ?? 'textarea';
  if (url.pathname === '/page.css') return send(response, 'text/css', readFileSync(join(FIXTURES, 'page.css')));
  const plain = ['/throws.js', '/nothing.js', '/odd.js'].find((path) => path === url.pathname);
  if (plain) return send(response, 'text/javascript', readFileSync(join(FIXTURES, 'pages', plain)));
  if (url.pathname.endsWith('.js')) {
    const name = url.pathname.slice(1);
    if (!readdirSync(folder).includes(name)) return send(response, 'text/plain', 'There is no such script.', {}, 404);
    return send(response, 'text/javascript', readFileSync(join(folder, name)));
  }
  if (url.pathname === '/favicon.ico') return send(response, 'text/plain', '', {}, 404);
  if (editor === 'demo') return send(response, 'text/html; charset=utf-8', readFileSync(join(FIXTURES, 'pages', 'demo.html')));
  const loose = OTHERS.includes(editor) ? STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'") : STRICT;
  const strict = [...WITHOUT_TRUSTED_TYPES, ...OTHERS].includes(editor) ? loose.split('; require-trusted')[0] : loose;
  send(response, 'text/html; charset=utf-8', pageOf(url, editor), { 'content-security-policy': strict, ...(url.searchParams.has('kept') ? { 'cache-control': 'max-age=60' } : {}) });
}

const NOTHING = `<!doctype html><html lang="en"><meta charset="utf-8"><title>nothing</title><h1>News</h1><p>Nothing to write here.</p>
<form role="search"><input type="search" aria-label="Search"></form><button type="button" id="post">Post</button><script src="/nothing.js"></script></html>`;

function pageOf(url, editor) {
  if (editor === 'nothing') return NOTHING;
  const name = [...EDITORS, ...OTHERS, 'review', 'odd'].includes(editor) ? editor : 'textarea';
  const head = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><link rel="stylesheet" href="/page.css">`;
  const before = url.searchParams.has('throws') ? '<script src="/throws.js"></script>' : '';
  if (url.searchParams.get('in') === 'iframe') {
    return `${head}<h1>${name} in a frame</h1><iframe title="composer" src="/?editor=${name}"></iframe>`;
  }
  return `${head}<h1>${name}</h1><div id="root"></div>${before}<script src="/${name}.js"></script>`;
}

function send(response, type, body, headers = {}, status = 200) {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers });
  response.end(body);
}

function makeCertificate(folder) {
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=page.example'], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

async function bundleEditors(folder) {
  await build({
    entryPoints: [...EDITORS, ...OTHERS, 'review'].map((name) => join(FIXTURES, 'editors', `${name}.jsx`)),
    outdir: folder,
    bundle: true,
    minify: true,
    loader: { '.css': 'text' },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    logLevel: 'error',
  });
}

function listen(server) {
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
}

function tunnel(socket, port) {
  const up = net.connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    up.pipe(socket);
    socket.pipe(up);
  });
  up.on('error', () => socket.destroy());
  socket.on('error', () => up.destroy());
}

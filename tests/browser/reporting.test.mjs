// Records go to the organization's own collector, whole, in order, and without a
// word of a draft: a real receiver on loopback that fails, is slow to believe,
// loses its answer and comes back. What arrives is read by the official protobuf
// definitions (opentelemetry-proto of PyPI) where Python can have them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { CANNOT, askBackground, chromiumPolicy, ownPage, reloadPolicies, rest, servePackage, startManaged } from './harness/managed.mjs';
import { startServer } from './harness/server.mjs';

const REASON = 'Approved by the press office';

describe('reporting to a collector', { skip: CANNOT }, () => {
  let server, pack, policy, browser, own, collector;
  const ask = (message) => askBackground(own, message);

  before(async () => {
    server = await startServer();
    collector = await startCollector();
    pack = await servePackage({ reporting: collector.endpoint });
    policy = chromiumPolicy(pack);
    policy.write({ organizationName: 'St. Elsewhere', action_SSN: 'justify', reportingEndpoint: collector.endpoint, reportingToken: 'secret-token', reportingSeconds: 30 });
    browser = await startManaged(server);
    own = await ownPage(browser, pack.id);
    for (const end = Date.now() + 20_000; Date.now() < end && (await ask({ type: 'state' })).source !== 'managed'; ) await rest(200);
  });
  after(async () => {
    await browser?.close();
    policy?.remove();
    pack?.close();
    collector?.close();
    server?.close();
  });

  /** So many decisions of a user. */
  async function decide(count) {
    for (let at = 0; at < count; at++) {
      await ask({ type: 'record', entry: { host: 'x.com', setting: 'post', kinds: ['SSN'], rules: ['ssn.number'], groups: [3], decision: 'justify', choice: 'anyway', reason: REASON } });
    }
  }
  /** The alarm, now: Chromium lets half a minute pass at least. Then until nothing waits, or so long. */
  async function report(ms = 8000) {
    await ask({ type: 'reportNow' });
    for (const end = Date.now() + ms; Date.now() < end; await rest(100)) if ((await ask({ type: 'reporting' })).waiting === 0) return;
  }
  const numbers = () => collector.logs().map((log) => Number(attribute(log, 'primum.number')));

  it('sends what there is, in order, with the token', async () => {
    await decide(3);
    await report();
    assert.deepEqual(numbers(), [1, 2, 3]);
    assert.deepEqual(collector.headers.map((one) => [one['content-type'], one.authorization])[0], ['application/json', 'Bearer secret-token']);
    const [log] = collector.logs();
    assert.equal(attribute(log, 'primum.group'), '1-10');
    assert.equal(attribute(log, 'primum.choice'), 'anyway');
    assert.equal(collector.bodies[0].resourceLogs[0].resource.attributes.find((one) => one.key === 'primum.organization').value.stringValue, 'St. Elsewhere');
  });

  it('through an outage nothing is lost, and the waits grow', async () => {
    collector.mode = 'down';
    await decide(5);
    const times = collector.tries;
    await report(1500);
    const first = await ask({ type: 'reporting' });
    assert.equal(first.waiting, 5);
    assert.equal(first.failures, 1);
    assert.ok(first.notBefore - Date.now() > 10_000, 'it waits before the next try');
    await report(1000);
    assert.equal(collector.tries - times, 1, 'no try before its time');
    await skipWait();
    await report(1500);
    assert.equal((await ask({ type: 'reporting' })).failures, 2);
    collector.mode = 'up';
    await skipWait();
    await report();
    assert.deepEqual(numbers(), [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('an answer that is lost makes doubles that can be told, and no loss', async () => {
    collector.mode = 'deaf';
    await decide(2);
    await report(3000);
    collector.mode = 'up';
    await skipWait();
    await report();
    // Chromium itself tries once more where a connection breaks.
    assert.ok(numbers().length >= 12, String(numbers()));
    const first = new Map(collector.logs().map((log) => [attribute(log, 'primum.hash'), Number(attribute(log, 'primum.number'))]));
    assert.deepEqual([...first.values()], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'a double has the hash of the first');
  });

  it('what waits outlives a restart of the background', async () => {
    collector.mode = 'down';
    await decide(4);
    await report(1000);
    const worker = await browser.waitForTarget((one) => one.type() === 'service_worker' && one.url().includes(pack.id));
    // It may be gone before the session to it is closed.
    await (await worker.worker()).close().catch((error) => assert.match(String(error), /No session with given id/));
    collector.mode = 'up';
    await skipWait();
    await report();
    assert.deepEqual(numbers().slice(-4), [11, 12, 13, 14]);
  });

  it('a collector that asks for patience gets it', async () => {
    collector.mode = 'busy';
    await decide(1);
    await report(1500);
    const { notBefore } = await ask({ type: 'reporting' });
    assert.ok(notBefore - Date.now() > 100_000, 'Retry-After: 120 is kept');
    collector.mode = 'up';
    await skipWait();
    await report();
    assert.equal(numbers().at(-1), 15);
  });

  it('many go in batches', async () => {
    const before = collector.bodies.length;
    await decide(450);
    await report(20_000);
    assert.deepEqual(numbers().slice(-450), Array.from({ length: 450 }, (_, at) => 16 + at));
    assert.ok(collector.bodies.length - before <= 6, `${collector.bodies.length - before} requests`);
  });

  it('reports come by themselves, at the pace of the policy', async () => {
    const pace = async () => (await own.evaluate(() => chrome.alarms.get('report')))?.periodInMinutes;
    assert.equal(await pace(), 0.5, 'reportingSeconds: 30');
    const before = numbers().length;
    await decide(1);
    // Chromium lets half a minute pass between two alarms.
    for (const end = Date.now() + 75_000; Date.now() < end && numbers().length === before; ) await rest(500);
    assert.equal(numbers().length, before + 1);
    policy.write({ organizationName: 'St. Elsewhere', reportingEndpoint: collector.endpoint, reportingSeconds: 600 });
    const tab = await browser.newPage();
    await reloadPolicies(tab);
    for (const end = Date.now() + 20_000; Date.now() < end && (await pace()) !== 10; ) await rest(200);
    assert.equal(await pace(), 10, 'reportingSeconds: 600');
    await tab.close();
  });

  it('no reason and no other text goes out', () => {
    const all = JSON.stringify(collector.bodies);
    assert.ok(!all.includes('press office'));
  });

  it('the official protobuf definitions read every request', (context) => {
    const python = pythonWithOtlp();
    if (!python) return context.skip('Python cannot have opentelemetry-proto here');
    const file = join(pack.folder, 'requests.json');
    writeFileSync(file, JSON.stringify(collector.bodies.map((one) => JSON.stringify(one))));
    const said = execFileSync(python, ['tests/browser/tools/read_otlp.py', file], { encoding: 'utf8' });
    assert.equal(said.trim(), `${collector.bodies.length} requests, ${collector.logs().length} records`);
  });

  /** As if the time of waiting had passed. */
  async function skipWait() {
    await own.evaluate(async () => {
      const { reporting } = await chrome.storage.local.get('reporting');
      await chrome.storage.local.set({ reporting: { ...reporting, notBefore: 0 } });
    });
  }
});

const attribute = (log, key) => {
  const { value } = log.attributes.find((one) => one.key === key);
  return value.stringValue ?? value.intValue ?? value.boolValue;
};

async function startCollector() {
  const state = { mode: 'up', tries: 0, headers: [], bodies: [] };
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      state.tries += 1;
      if (state.mode === 'down') return void response.writeHead(503).end();
      if (state.mode === 'busy') return void response.writeHead(429, { 'retry-after': '120' }).end();
      state.headers.push(request.headers);
      state.bodies.push(JSON.parse(body));
      if (state.mode === 'deaf') return void request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"partialSuccess":{}}');
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${/** @type {any} */ (server.address()).port}/v1/logs`,
    logs: () => state.bodies.flatMap((one) => one.resourceLogs[0].scopeLogs[0].logRecords),
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
}

/** A Python that has the definitions: the system's, or one of our own under target. */
function pythonWithOtlp() {
  const has = (python) => {
    try {
      execFileSync(python, ['-c', 'import opentelemetry.proto.collector.logs.v1.logs_service_pb2'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  const own = 'target/otlp/bin/python';
  if (has('python3')) return 'python3';
  try {
    if (!existsSync(own)) execFileSync('python3', ['-m', 'venv', 'target/otlp'], { stdio: 'ignore' });
    if (!has(own)) execFileSync(own, ['-m', 'pip', 'install', '--quiet', 'opentelemetry-proto==1.38.0'], { stdio: 'ignore', timeout: 120_000 });
  } catch {
    return '';
  }
  return has(own) ? own : '';
}

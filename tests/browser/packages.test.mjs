// The packages: the same bytes each time, signed as Chrome reads it, complete
// with licences, check sums and a bill of materials; and that the store packages
// hold nothing of the enterprise ones.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crxOf, idOf, updateXml } from './tools/crx.mjs';
import { licenceText, sbom, shippedCrates } from './tools/licences.mjs';
import { zipOf } from './tools/pack.mjs';

describe('packages', () => {
  let folder, key;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'primum-packages-'));
    key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const bundle = (to, ...options) => {
    execFileSync('node', ['tests/browser/tools/bundle.mjs', 'chrome', 'dist/chrome/core', join(folder, to), ...options]);
    return JSON.parse(readFileSync(join(folder, to, 'manifest.json'), 'utf8'));
  };

  it('the core, the extension and the packages have one version', () => {
    const [, version] = readFileSync('Cargo.toml', 'utf8').match(/^version = "(.*)"$/m) ?? [];
    assert.equal(JSON.parse(readFileSync('extension/manifest.json', 'utf8')).version, version);
    assert.ok(readFileSync('dist/SHA256SUMS', 'utf8').includes(`primum-${version}-chrome.zip`));
  });

  it('the same files give the same zip, whenever they were written', () => {
    bundle('one');
    cpSync(join(folder, 'one'), join(folder, 'two'), { recursive: true });
    utimesSync(join(folder, 'two', 'manifest.json'), 1, 1);
    assert.deepEqual(zipOf(join(folder, 'one')), zipOf(join(folder, 'two')));
  });

  it('the zip is one that others read', () => {
    const zip = zipOf(join(folder, 'one'));
    // The end of the directory says how many files there are.
    const end = zip.length - 22;
    assert.equal(zip.readUInt32LE(end), 0x06054b50);
    assert.ok(zip.readUInt16LE(end + 8) > 20);
    writeFileSync(join(folder, 'one.zip'), zip);
    // Python's reader checks every sum.
    execFileSync('python3', ['-m', 'zipfile', '-t', join(folder, 'one.zip')]);
    assert.ok(zip.includes('LICENSES.txt') && zip.includes('manifest.json') && !zip.includes('primum_bg.wasm'));
  });

  it('a signed package has the ID of its key and a signature that holds', () => {
    const zip = zipOf(join(folder, 'one'));
    const crx = crxOf(zip, key);
    assert.deepEqual(crx, crxOf(zip, key));
    assert.equal(crx.subarray(0, 4).toString(), 'Cr24');
    assert.equal(crx.readUInt32LE(4), 3);
    const length = crx.readUInt32LE(8);
    const [proof, signed] = fields(crx.subarray(12, 12 + length));
    const [der, signature] = fields(proof);
    const [id] = fields(signed);
    assert.equal([...id].map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/./g, (one) => String.fromCharCode(97 + parseInt(one, 16))), idOf(key));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(signed.length);
    const content = Buffer.concat([Buffer.from('CRX3 SignedData\0'), size, signed, crx.subarray(12 + length)]);
    assert.ok(verify('sha256', content, createPublicKey({ key: der, type: 'spki', format: 'der' }), signature));
    assert.deepEqual(crx.subarray(12 + length), zip);
    assert.match(updateXml({ id: idOf(key), version: '1.2.3', codebase: 'https://server.example/p.crx' }), new RegExp(`appid='${idOf(key)}'.*version='1\\.2\\.3'`));
  });

  it('the enterprise package asks for what it was built for, and the store package for nothing of it', () => {
    const store = bundle('store');
    assert.deepEqual([store.permissions, store.host_permissions], [['storage'], undefined]);
    assert.match(store.content_security_policy.extension_pages, /connect-src 'none'/);
    const plain = bundle('plain', '--enterprise');
    assert.match(plain.content_security_policy.extension_pages, /connect-src 'none'/);
    assert.ok(!plain.host_permissions.some((one) => one.includes('otel')));
    const full = bundle('full', '--enterprise', '--hosts', 'forum.example.org,https://*.example.net/*', '--reporting', 'https://otel.example.org:4318/v1/logs');
    for (const one of ['https://forum.example.org/*', 'https://*.example.net/*', 'https://otel.example.org/*']) assert.ok(full.host_permissions.includes(one), one);
    assert.match(full.content_security_policy.extension_pages, /connect-src https:\/\/otel\.example\.org:4318;/);
    assert.ok(!readFileSync(join(folder, 'store/background/background.js'), 'utf8').includes('webRequest'));
    assert.ok(!existsSync(join(folder, 'store/background/enterprise.js')));
  });

  it('licences of everything, and a bill of materials of the same things', () => {
    const crates = shippedCrates();
    for (const name of ['serde', 'serde_json', 'regex-lite', 'wasm-bindgen']) assert.ok(crates.some((one) => one.name === name), name);
    for (const name of ['toml', 'wasm-bindgen-test', 'unicode-normalization']) assert.ok(!crates.some((one) => one.name === name), `${name} is not shipped`);
    assert.ok(crates.every((one) => one.license && /^[0-9a-f]{64}$/.test(one.checksum)));
    const text = licenceText();
    for (const words of ['Apache License', 'Princeton University', 'GeoNames', 'Creative Commons Attribution 4.0', ...crates.map((one) => `${one.name} ${one.version}: `)]) assert.ok(text.includes(words), words);
    const bill = sbom('1.2.3');
    assert.deepEqual([bill.bomFormat, bill.specVersion], ['CycloneDX', '1.5']);
    assert.deepEqual(bill.components.filter((one) => one.type === 'library').map((one) => one.purl), crates.map((one) => `pkg:cargo/${one.name}@${one.version}`));
    const names = bill.components.map((one) => one['bom-ref']);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(JSON.stringify(bill), JSON.stringify(sbom('1.2.3')));
  });

  it('check sums hold for what lies in dist', () => {
    const lines = readFileSync('dist/SHA256SUMS', 'utf8').trim().split('\n');
    assert.ok(lines.length >= 5);
    for (const line of lines) {
      const [sum, name] = line.split('  ');
      assert.equal(createHash('sha256').update(readFileSync(join('dist', name))).digest('hex'), sum, name);
    }
  });
});

/** Fields of bytes of a protobuf message, in their order. @param {Buffer} bytes */
function fields(bytes) {
  const found = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    varint();
    const length = varint();
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

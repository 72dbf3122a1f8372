// A signed package for Chrome (CRX3) and the ID that its key gives.
// https://source.chromium.org/chromium/chromium/src/+/main:components/crx_file/crx3.proto

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const MAGIC = Buffer.from('Cr24');
const VERSION = 3;
const CONTEXT = Buffer.from('CRX3 SignedData\0');
/** Bytes of the key's hash that make the ID. */
const ID_BYTES = 16;
/** Fields of CrxFileHeader, AsymmetricKeyProof and SignedData. */
const SHA256_WITH_RSA = 2;
const SIGNED_HEADER_DATA = 10000;
const PUBLIC_KEY = 1;
const SIGNATURE = 2;
const CRX_ID = 1;

/** @param {Buffer} zip @param {string | Buffer} key private RSA key, PEM. The same key and zip give the same bytes. */
export function crxOf(zip, key) {
  const { der, hash } = publicOf(key);
  const signed = field(CRX_ID, hash.subarray(0, ID_BYTES));
  const signature = sign('sha256', Buffer.concat([CONTEXT, number(signed.length), signed, zip]), createPrivateKey(key));
  const proof = Buffer.concat([field(PUBLIC_KEY, der), field(SIGNATURE, signature)]);
  const header = Buffer.concat([field(SHA256_WITH_RSA, proof), field(SIGNED_HEADER_DATA, signed)]);
  return Buffer.concat([MAGIC, number(VERSION), number(header.length), header, zip]);
}

/** The extension's ID: the hash's digits, 0 to f written a to p. @param {string | Buffer} key */
export function idOf(key) {
  const digits = publicOf(key).hash.toString('hex').slice(0, 2 * ID_BYTES);
  return digits.replace(/./g, (digit) => String.fromCharCode('a'.charCodeAt(0) + parseInt(digit, 16)));
}

/** @param {string | Buffer} key */
function publicOf(key) {
  const der = createPublicKey(createPrivateKey(key)).export({ type: 'spki', format: 'der' });
  return { der, hash: createHash('sha256').update(der).digest() };
}

/** Protobuf: a field of bytes. @param {number} tag @param {Buffer} bytes */
function field(tag, bytes) {
  return Buffer.concat([varint((tag << 3) | 2), varint(bytes.length), bytes]);
}

/** @param {number} value */
function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 0x7f) | 0x80);
  }
}

/** @param {number} value */
function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** What Chrome asks for updates. @param {{ id: string, version: string, codebase: string }} package_ */
export function updateXml({ id, version, codebase }) {
  return `<?xml version='1.0' encoding='UTF-8'?>
<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>
  <app appid='${id}'><updatecheck codebase='${codebase}' version='${version}'/></app>
</gupdate>
`;
}

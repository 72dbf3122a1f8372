// The network observer: every host name that a tested browser asks for leads to
// one server, and of each request it says who made it. What neither a fixture
// page nor the browser itself asks for would be Primum's, and fails the test
// file, whatever that file is about. Reports go to a collector of their own.

import assert from 'node:assert/strict';

/** Browsers ask their makers for settings, updates and dictionaries whenever they like. */
export const MAKERS = /(^|\.)(google\.com|gvt1\.com|googleapis\.com|gstatic\.com|googleusercontent\.com|mozilla\.(com|net|org)|firefox\.com|mozgcp\.net)(:\d+)?$/;
/** The fixture pages, opened by a test or in a frame of one. */
const PAGE = /^\/(\?.*)?$/;
/** What they load. */
const PART = /^\/([\w-]+\.(js|css)|favicon\.ico)$/;
/** What their scripts send. */
const POST = '/api/post';

/** @typedef {{ host: string, path: string, method: string, body: string, headers: import('node:http').IncomingHttpHeaders }} Noted */

/** @param {Noted} request @returns {'page' | 'maker' | 'other'} */
function whose({ host, path, method, headers }) {
  const { origin = '', referer = '', 'sec-fetch-dest': dest = '', 'sec-fetch-site': site = '' } = /** @type {Record<string, string>} */ (headers);
  if (/extension:/.test(origin + referer)) return 'other';
  if (method === 'GET' && PAGE.test(path) && ['document', 'iframe'].includes(dest)) return 'page';
  if (method === 'GET' && PART.test(path) && site === 'same-origin') return 'page';
  if (method === 'POST' && path === POST && site === 'same-origin') return 'page';
  return MAKERS.test(host) ? 'maker' : 'other';
}

/** Requests that neither a page nor the browser made. @param {Noted[]} requests */
export function strange(requests) {
  return requests.filter((one) => whose(one) === 'other').map(({ method, host, path, headers }) => ({ method, host, path, headers }));
}

/** Fails on a strange request; says what was seen. @param {Noted[]} requests */
export function judge(requests) {
  const made = (/** @type {string} */ by) => requests.filter((one) => whose(one) === by);
  assert.deepEqual(strange(requests), [], 'requests that no page and no browser made');
  console.log(`network observer: ${made('page').length} requests of the pages, ${made('maker').length} of the browser to its maker, none of Primum`);
}

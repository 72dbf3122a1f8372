// Breaks the JavaScript in named ways, one edit each, and runs the test that
// should go red. A mutant that survives is a hole in the tests.
// Call, after ./build.sh: node tests/browser/tools/mutants.mjs [PART OF A NAME]

import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [wanted = ''] = process.argv.slice(2);
const TESTS = resolve('tests/browser');
const TEST_MS = 120_000;

/** What is broken, in which file, from what to what, and the test that sees it. @type {[string, string, string, string, string, string][]} */
const MUTANTS = [
  ['a held press is not stopped', 'gate.js', 'stop(event);\n    held.events.push(event);', 'held.events.push(event);', 'pages', 'a span in a button'],
  ['a held key is not stopped', 'gate.js', 'stop(event);\n    heldKeys.add(event.key);', 'heldKeys.add(event.key);', 'pages', 'Enter, no button'],
  ['the other half of a held key passes', 'gate.js', 'if (giving || !heldKeys.has(event.key)) return;', 'return;', 'pages', 'Enter on keyup'],
  ['submit is not heard', 'gate.js', "on('submit', onSubmit);", '', 'pages', 'the page submits by itself'],
  ['form.submit() is not heard', 'gate.js', 'event.preventDefault();\n    const form = group', 'const form = group', 'pages', 'form.submit'],
  ['what was given back is held again', 'gate.js', 'giving = true;', 'giving = false;', 'pages', 'a span in a button'],
  ['Enter on glass is not heard', 'gate.js', "on('beforeinput', onBreak);", '', 'pages', 'on glass'],
  ['Shift+Enter is never held', 'gate.js', '!shiftEnterSends(composer)', 'true', 'pages', 'Shift.Enter'],
  ['every text is clear', 'composer.js', "return text === this.checked && ['allow', 'notice'].includes(this.decision);", 'return true;', 'pages', 'a span in a button'],
  ['any later text is as clear as the one assessed', 'composer.js', 'return text === this.checked && ', 'return this.checked !== null && ', 'faults', 'changes without a word'],
  ['what could not be checked counts as checked', 'main.js', 'composer.checked = null;\n}\n', 'composer.checked = composer.read();\n  composer.assessment = null;\n}\n', 'faults', 'messages all fail'],
  ['"Go back" posts', 'main.js', "if (outcome.choice === 'anyway') {", "if (outcome.choice !== 'replace') {", 'pages', 'a span in a button'],
  ['a text that is written on is not assessed anew', 'main.js', 'round < ROUNDS', 'round < 1', 'faults', 'what is written on while'],
  ['an answer of the old policy counts', 'main.js', '|| asked !== changesOfWays', '', 'faults', 'an answer of before the change'],
  ['a new policy is not heard of', 'main.js', "if (message?.type === 'changed') waysChanged();", '', 'faults', 'a policy that comes'],
  ['a lost question is not asked again', 'ask.js', "const ASK_AGAIN = ['assess', ", 'const ASK_AGAIN = [', 'faults', 'a question that is lost'],
  ['a covered button may be pressed', 'dialog.js', "choice === 'anyway' && !isUncovered(", "false && !isUncovered(", 'hostile', 'an overlay over'],
  ['quiet words do not win', 'control.js', "if (said === 'quiet') return null;\n    if (said) return", 'if (said) return', 'pages', 'though it be the only one'],
  ['words that nobody knows send', 'profile.js', "if (!verbs.has(first)) return '';", "if (!verbs.has(first)) return 'send';", 'pages', 'controls that do not send'],
  ['boxes in roots are not found', 'nodes.js', 'if (inner) for', 'if (false) for', 'pages', 'the page itself has filled'],
  ['listeners are not put back after document.open()', 'listen.js', 'again.observe(document, { childList: true });', '', 'pages', 'written anew'],
];

const rows = [];
for (const [what, file, from, to, test, name] of MUTANTS.filter(([what]) => what.includes(wanted))) {
  rows.push([what, file, await isKilled(file, from, to, test, name)]);
  console.log(`${rows.at(-1)[2] ? 'killed  ' : 'SURVIVED'}  ${what.padEnd(52)} ${file.padEnd(12)} ${test}.test.mjs: ${name}`);
}
const killed = rows.filter(([, , is]) => is).length;
console.log(`${killed} of ${rows.length} killed`);
process.exitCode = killed === rows.length ? 0 : 1;

/** @param {string} file @param {string} from @param {string} to @param {string} test @param {string} name */
async function isKilled(file, from, to, test, name) {
  const folder = mkdtempSync(join(tmpdir(), 'primum-mutant-'));
  try {
    cpSync('dist/chrome', join(folder, 'dist/chrome'), { recursive: true });
    await build({
      entryPoints: ['extension/content/main.js'], outfile: join(folder, 'dist/chrome/content.js'), bundle: true, format: 'iife', loader: { '.css': 'text' }, minify: true, charset: 'utf8', target: ['chrome122'], logLevel: 'error',
      plugins: [{ name: 'mutant', setup: (on) => on.onLoad({ filter: new RegExp(`content/${file.replace('.', '\\.')}$`) }, ({ path }) => ({ contents: edited(readFileSync(path, 'utf8'), from, to), loader: 'js' })) }],
    });
    // The tests take dist/ from where they are started.
    const { status, stdout } = spawnSync('node', ['--test', '--test-reporter=tap', `--test-name-pattern=${name}`, join(TESTS, `${test}.test.mjs`)], { cwd: folder, env: { ...process.env, BROWSERS: 'chrome' }, encoding: 'utf8', timeout: TEST_MS });
    if (!/^ *ok \d+ - (?!.*# SKIP)|^ *not ok/m.test(stdout)) throw new Error(`no test is called ${name} in ${test}.test.mjs`);
    return status !== 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} source @param {string} from @param {string} to */
function edited(source, from, to) {
  if (source.split(from).length !== 2) throw new Error(`not there, or not once: ${from}`);
  return source.replace(from, () => to);
}

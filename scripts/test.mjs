// `npm test`: everything, on a fresh machine: types, lint, import rules, dead code, tests on a real PostgreSQL, journeys in a
// real browser. The last line counts them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findBrowser } from './browser.mjs'
import { buildWeb, installMissing, pinnedNode, runPinned } from './install.mjs'

const say = (line) => console.log(`\n▸ ${line}`)
installMissing(say)

const results = mkdtempSync(path.join(os.tmpdir(), 'mot-cua-results-'))
const total = { passed: 0, failed: 0 }
const failures = []
const count = (passed, failed) => {
  total.passed += passed
  total.failed += failed
}

const check = (name, command, args) => {
  say(name)
  const { status } = runPinned(command, args)
  if (status !== 0) failures.push(name)
  count(status === 0 ? 1 : 0, status === 0 ? 0 : 1)
}

const shown = (message) => message.split('\n').slice(0, 12).join('\n    ')

const failedTests = ({ testResults }) =>
  testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(process.cwd(), name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0) return [`${file}\n    ${shown(message)}`]
    return failed.map((test) => `${file} › ${test.fullName}\n    ${shown(test.failureMessages.join('\n'))}`)
  })

const suite = (name, config, environment = {}) => {
  say(name)
  const report = path.join(results, `${path.basename(config)}.json`)
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  const { status } = runPinned(pinnedNode(), args, { env: environment })
  if (!existsSync(report)) {
    failures.push(name)
    return count(0, 1)
  }
  const outcome = JSON.parse(readFileSync(report, 'utf8'))
  const { numPassedTests, numFailedTests, numFailedTestSuites } = outcome
  failures.push(...failedTests(outcome))
  // A file that cannot even be loaded has no failed test, but the run says so.
  count(
    numPassedTests,
    numFailedTests + (status !== 0 && numFailedTests === 0 ? Math.max(1, numFailedTestSuites) : 0),
  )
}

check('Kiểu · types', 'tsc', ['--noEmit'])
check('Định dạng, lỗi thường gặp · lint', 'biome', ['check', '--error-on-warnings', '.'])
check('Luật nhập · import rules', 'depcruise', [
  '--config',
  '.dependency-cruiser.cjs',
  'apps',
  'modules',
  'platform',
  'bench',
  'sim',
  'tests',
  'scripts',
])
check('Mã thừa · dead code', 'knip', [])
suite('Kiểm thử mô-đun · unit and module tests', 'vitest.config.ts')
const browser = findBrowser(say)
buildWeb(say)
suite('Hành trình trên trình duyệt · browser journeys', 'vitest.journeys.config.ts', { BROWSER: browser })
rmSync(results, { recursive: true, force: true })

for (const failure of failures) console.log(`\n✗ ${failure}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

// A Chromium for the browser journeys: the system's, or Debian's package where nobody installed one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  process.env.BROWSER,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const installed = () => PLACES.find((place) => place && existsSync(place))

export const findBrowser = (say) => {
  const found = installed()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Đang cài Chromium… · Installing Chromium…')
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
  }
  const now = installed()
  if (now) return now
  console.error(
    'Không có Chromium: cài gói chromium hoặc đặt BROWSER. · No Chromium: install the package or set BROWSER.',
  )
  process.exit(1)
}

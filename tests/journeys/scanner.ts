import type { Page } from 'playwright-core'

const STEP_S = 0.004
const ENTER = 13

/**
 * A hand scanner is a keyboard that types every character itself, accented ones too, four milliseconds apart, then Enter.
 * The times are those of the keys, as from real hardware, so that a busy machine does not slow the scanner down.
 */
export async function scan(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const begin = Date.now() / 1_000
  const keys = [...Array.from(text, (key) => ({ key, text: key })), { key: 'Enter', text: '\r' }]
  for (const [index, { key, text: typed }] of keys.entries()) {
    const timestamp = begin + index * STEP_S
    const code = key === 'Enter' ? { windowsVirtualKeyCode: ENTER, code: key } : {}
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key,
      text: typed,
      unmodifiedText: typed,
      timestamp,
      ...code,
    })
    await session.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      key,
      timestamp: timestamp + 0.001,
      ...code,
    })
  }
  await session.detach()
}

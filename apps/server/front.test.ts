import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { openFront } from './front.ts'

test('a stop does not wait for connections over which nothing was ever asked', async () => {
  const front = await openFront({ port: 0, host: '127.0.0.1' })
  front.open((_request, response) => response.end('here'))
  const ahead = connect(Number(new URL(front.address).port), '127.0.0.1')
  await once(ahead, 'connect')
  // Served over another one, so that the server has seen both.
  expect(await (await fetch(front.address)).text()).toBe('here')
  const gone = once(ahead, 'close')
  await front.close()
  await gone
})

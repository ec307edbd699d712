import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTaker } from './fast-copy.ts'

/** A message as the protocol writes it: kind, length (itself included), payload. */
const message = (kind: string, payload: Uint8Array): Buffer => {
  const head = Buffer.from(`${kind}    `)
  head.writeInt32BE(payload.length + 4, 1)
  return Buffer.concat([head, payload])
}

const data = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 12 })
/** Where the socket happens to cut. */
const cuts = fc.array(fc.nat(600), { maxLength: 30 })

it.each(['Z', 'E'])(
  'takes the same messages wherever the chunks end, and leaves %s and the rest alone',
  (last) => {
    fc.assert(
      fc.property(data, cuts, (payloads, places) => {
        const before = [message('H', Buffer.alloc(3)), ...payloads.map((payload) => message('d', payload))]
        const after = [message(last, Buffer.from('end')), message('d', Buffer.from('the driver’s'))]
        const whole = Buffer.concat([...before, message('c', Buffer.alloc(0)), ...after])
        const taken: string[] = []
        let ended: Buffer[] | undefined
        const take = createTaker(
          (bytes, from, to) => taken.push(bytes.toString('hex', from, to)),
          (rest) => {
            ended = [rest]
          },
        )
        const ends = [...new Set([...places.filter((place) => place < whole.length), whole.length])].sort(
          (a, b) => a - b,
        )
        let from = 0
        for (const to of ends) {
          const chunk = whole.subarray(from, to)
          // From the end on the driver listens.
          if (ended) ended.push(chunk)
          else take(chunk)
          from = to
        }
        expect(taken).toEqual(payloads.map((payload) => Buffer.from(payload).toString('hex')))
        expect(Buffer.concat(ended ?? []).equals(Buffer.concat(after))).toBe(true)
      }),
    )
  },
)

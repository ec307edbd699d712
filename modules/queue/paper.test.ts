import jsQr from 'jsqr'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pixelsOf, readPapers } from '../../tests/support/escpos.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'

const CENTRE = 'tthcc-tinh'
let province: Province
beforeEach(async () => {
  province = await aProvince()
  const clerk = province.actor('RECEPTION', CENTRE)
  await province.services.queue.counters.open({ counter: `${CENTRE}-quay-1` }, clerk)
})
afterEach(() => province.close())

const take = async (procedures: string[]) => {
  const { items } = await province.services.queue.serviceGroups({ centre: CENTRE })
  const body = { serviceGroup: items[0]?.id, procedures }
  return (await province.call(null, 'POST', `/centres/${CENTRE}/tickets`, body)).json()
}
const paper = (token: string, query = '') => province.call(null, 'GET', `/tickets/${token}/paper${query}`)

it('gives a ticket as the printer’s bytes, with the code of its own page', async () => {
  const { token } = await take(['2.000908', '9.999999'])
  for (const width of [576, 384]) {
    const answer = await paper(token, `?width=${width}`)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
    const [printed] = readPapers(answer.rawPayload)
    const { bitmap } = printed ?? expect.fail('no paper')
    expect(bitmap.width).toBe(width)
    const code = jsQr(pixelsOf(bitmap), bitmap.width, bitmap.height)
    expect(code?.data).toBe(`https://dichvucong.example.vn/ve/${token}`)
  }
})

it('prints again with the same number, and says so', async () => {
  const { token } = await take([])
  const [first, again] = await Promise.all([paper(token), paper(token, '?copy=AGAIN')])
  expect(again.statusCode).toBe(200)
  const [[one], [two]] = [readPapers(first.rawPayload), readPapers(again.rawPayload)]
  // One line more.
  expect((two?.bitmap.height ?? 0) - (one?.bitmap.height ?? 0)).toBeGreaterThan(20)
})

it('is printed again for whoever lost it, by an officer of the hall whose doing is kept', async () => {
  const { id, number } = await take([])
  const actor = province.actor('RECEPTION', CENTRE)
  const path = (centre: string) => `/centres/${centre}/tickets/${id}/print-again`
  const answer = await province.call(actor, 'POST', path(CENTRE), {})
  expect(answer.json()).toMatchObject({ id, number })
  expect((await paper(answer.json().token, '?copy=AGAIN')).statusCode).toBe(200)
  const events = await province.services.log.timeline(province.db, { kind: 'ticket', id })
  expect(events.find(({ type }) => type === 'ticket-printed-again')).toMatchObject({
    actor: { id: actor.id },
  })
  const elsewhere = province.actor('RECEPTION', 'tthcc-cam-pha')
  expect((await province.call(elsewhere, 'POST', path(CENTRE), {})).json().code).toBe('queue.not-your-centre')
  expect((await province.call(elsewhere, 'POST', path('tthcc-cam-pha'), {})).json().code).toBe(
    'queue.unknown-ticket',
  )
})

it('prints nothing for a token that is nobody’s, nor for paper of another width', async () => {
  expect((await paper('khong-co')).json().code).toBe('queue.unknown-ticket')
  const { token } = await take([])
  expect((await paper(token, '?width=640')).statusCode).toBe(422)
})

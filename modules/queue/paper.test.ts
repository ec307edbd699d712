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

it('prints nothing for a token that is nobody’s, nor for paper of another width', async () => {
  expect((await paper('khong-co')).json().code).toBe('queue.unknown-ticket')
  const { token } = await take([])
  expect((await paper(token, '?width=640')).statusCode).toBe(422)
})

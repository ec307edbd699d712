import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aDossier } from '../../tests/support/dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const readings = async () => {
  const rows = await province.db
    .selectFrom('event')
    .select(['actor_id', 'subject_kind', 'body'])
    .where('type', '=', 'personal-data-read')
    .orderBy('id')
    .execute()
  return rows.map(({ actor_id, subject_kind, body }) => ({
    by: actor_id,
    of: subject_kind,
    purpose: JSON.parse(body).data.purpose,
  }))
}

describe('reading personal data', () => {
  it('is written down with who and why, before the answer', async () => {
    const dossier = await aDossier(province)
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    const asked = { actor: clerk, idempotency: undefined }
    await province.services.dossiers.get({ code: dossier.code }, asked)
    await province.services.dossiers.list({ q: 'nguyen', limit: 10 }, asked)
    await province.services.dossiers.listTasks({ filter: 'all', limit: 10 }, asked)
    expect(await readings()).toEqual([
      { by: clerk.id, of: 'dossier', purpose: expect.stringContaining('Để làm bước') },
      { by: clerk.id, of: 'account', purpose: 'Tìm hồ sơ' },
      { by: clerk.id, of: 'account', purpose: 'Xem danh sách việc' },
    ])
  })

  it('shows in the timeline once a sitting, and again the next time', async () => {
    const dossier = await aDossier(province)
    const asked = { actor: province.actor('RECEPTION', 'tthcc-tinh'), idempotency: undefined }
    const open = () => province.services.dossiers.get({ code: dossier.code }, asked)
    await open()
    await open()
    province.clock.advance(31 * 60_000)
    await open()
    const { timeline } = await open()
    expect(timeline.filter(({ type }) => type === 'personal-data-read')).toHaveLength(2)
  })
})

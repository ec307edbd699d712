import { addDays, type LocalDate } from '#platform/time/vietnam.ts'
import { Broken, type Simulated } from './world.ts'

/** A day off is announced late, or taken back: promises that were made stay, and dates are computed anew. */
export const changeCalendar = async (world: Simulated, today: LocalDate): Promise<void> => {
  const { province, random, count } = world
  const by = province.actor('SYSTEM_ADMIN')
  const send = async (
    method: 'POST' | 'DELETE',
    path: string,
    body: object | undefined,
    expected: readonly number[],
  ) => {
    count.requests += 1
    const reply = await province.call(by, method, path, body)
    if (!expected.includes(reply.statusCode)) throw new Broken(`${method} ${path}: ${reply.body}`)
    return reply
  }
  const reason = 'Thông báo của Thủ tướng Chính phủ về ngày nghỉ'
  const date = addDays(today, random.int(3, 25))
  const added = await send(
    'POST',
    '/calendar/exceptions',
    {
      ...{ calendar: 'nation', date, type: 'OFF', reason, legalBasis: 'Thông báo 01/TB-MẪU' },
      name: { vi: 'Ngày nghỉ thí dụ', en: 'Sample day off' },
    },
    // A day that the calendar already speaks of is not spoken of twice.
    [201, 409],
  )
  await send('POST', '/deadline-recomputations', { reason }, [200, 201])
  await province.services.dossiers.continueRecomputation()
  if (added.statusCode !== 201 || random.chance(0.5)) return
  const { id, version }: { id: string; version: number } = JSON.parse(added.body)
  const why = encodeURIComponent(reason)
  await send('DELETE', `/calendar/exceptions/${id}?version=${version}&reason=${why}`, undefined, [200, 204])
  await send('POST', '/deadline-recomputations', { reason: 'Hủy ngày nghỉ đã thông báo' }, [200, 201])
  await province.services.dossiers.continueRecomputation()
}

import type { Ask, Row } from '../row.ts'
import { HERE } from '../world.ts'
import { anyone, NOBODY, REASON } from './shared.ts'

/** Who keeps the province's calendar, and nobody else. */
const calendarKeeper = (method: Ask['method'], url: string, body?: object): Row => ({
  ask: () => ({ method, url, ...(body ? { body } : {}) }),
  may: { only: ['SYSTEM_ADMIN province'] },
  denied: 'platform.forbidden',
})

/** Who keeps the numbers of the law; the values asked for here do not exist, so that nothing changes. */
const numbersKeeper = (url: string, body: object, past: readonly string[]): Row => ({
  ask: () => ({ method: 'POST', url, body }),
  may: { only: ['CATALOG_ADMIN province', 'SYSTEM_ADMIN province'] },
  denied: 'platform.forbidden',
  past,
})

/** Working time. */
export const CALENDAR: Readonly<Record<string, Row>> = {
  'dossiers.preview-recomputation': calendarKeeper('GET', '/deadline-recomputations/preview'),
  'dossiers.list-recomputations': calendarKeeper('GET', '/deadline-recomputations'),
  'dossiers.start-recomputation': {
    ...calendarKeeper('POST', '/deadline-recomputations', { reason: REASON }),
    past: ['dossiers.recomputation-under-way'],
  },
  'calendar.list-parameters': anyone(() => ({ method: 'GET', url: '/parameters' })),
  'calendar.propose-parameter-value': numbersKeeper(
    '/parameters/khong-co/values',
    { value: 1, from: '2026-05-01', legalBasis: '01/QĐ', reason: REASON },
    ['calendar.unknown-parameter'],
  ),
  'calendar.approve-parameter-value': numbersKeeper(`/parameter-values/${NOBODY}/approve`, {}, [
    'calendar.unknown-value',
  ]),
  'calendar.withdraw-parameter-value': numbersKeeper(
    `/parameter-values/${NOBODY}/withdraw`,
    { reason: REASON },
    ['calendar.unknown-value'],
  ),
  'calendar.list-exceptions': anyone(() => ({ method: 'GET', url: '/calendar/2026/exceptions' })),
  'calendar.add-exception': {
    ask: () => ({
      method: 'POST',
      url: '/calendar/exceptions',
      body: {
        ...{ calendar: HERE, date: '2026-06-06', type: 'OFF' },
        ...{ name: { vi: 'Thử', en: 'Test' }, legalBasis: '01/QĐ', reason: REASON },
      },
    }),
    may: { only: ['CENTRE_DIRECTOR here', 'SYSTEM_ADMIN province'] },
    denied: 'calendar.not-allowed',
    past: ['calendar.exception-exists'],
  },
  'calendar.change-exception': anyone(
    () => ({
      method: 'PATCH',
      url: `/calendar/exceptions/${NOBODY}`,
      body: {
        ...{ version: 1, type: 'OFF', name: { vi: 'Thử', en: 'Test' } },
        ...{ legalBasis: '01/QĐ', reason: REASON },
      },
    }),
    ['calendar.unknown-exception'],
  ),
  'calendar.remove-exception': anyone(
    () => ({ method: 'DELETE', url: `/calendar/exceptions/${NOBODY}?version=1&reason=thu-quyen` }),
    ['calendar.unknown-exception'],
  ),
  'calendar.adopt-candidate': anyone(
    () => ({
      method: 'POST',
      url: `/calendar/exceptions/${NOBODY}/adoption`,
      body: { adopted: true, legalBasis: '01/QĐ', reason: REASON },
    }),
    ['calendar.unknown-exception'],
  ),
  'calendar.publish-year': {
    ask: () => ({
      method: 'POST',
      url: '/calendar/2026/publication',
      body: { official: true, legalBasis: '01/QĐ', reason: REASON },
    }),
    may: { only: ['SYSTEM_ADMIN province'] },
    denied: 'calendar.not-allowed',
  },
  'calendar.set-working-hours': {
    ask: () => ({
      method: 'PUT',
      url: `/calendars/${HERE}/working-hours`,
      body: { weekly: {}, legalBasis: '01/QĐ', reason: REASON },
    }),
    may: { only: ['CENTRE_DIRECTOR here', 'SYSTEM_ADMIN province'] },
    denied: 'calendar.not-allowed',
  },
  'calendar.import-years': {
    ask: () => ({ method: 'POST', url: '/calendar/imports', body: { tables: {}, reason: REASON } }),
    may: { only: ['SYSTEM_ADMIN province'] },
    denied: 'calendar.not-allowed',
    past: ['calendar.bad-import'],
  },
}

import type { Ask, Row } from '../row.ts'
import { HERE } from '../world.ts'
import { ADMINISTRATORS, anyone, NOBODY, REASON } from './shared.ts'

const unit = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ADMINISTRATORS },
  denied: 'organisation.outside-your-unit',
  past,
})

/** Units, counters, people. */
export const ORGANISATION: Readonly<Record<string, Row>> = {
  'organisation.list-counters': anyone(() => ({ method: 'GET', url: `/centres/${HERE}/counters` })),
  'organisation.list-unit-staff': anyone(() => ({ method: 'GET', url: '/units/tu-phap-ha-long/staff' })),
  'organisation.edit-unit': unit(
    {
      method: 'PATCH',
      url: '/units/tu-phap-ha-long',
      body: { version: 999, legalBasis: '01/QĐ', effectiveFrom: '2026-04-01' },
    },
    ['organisation.changed-meanwhile'],
  ),
  'organisation.open-counter': unit(
    {
      method: 'POST',
      url: `/centres/${HERE}/counters`,
      body: { number: 1, name: 'Quầy thử', kinds: ['reception'], fields: [] },
    },
    ['organisation.counter-number-taken'],
  ),
  'organisation.close-counter': unit({ method: 'POST', url: `/counters/${HERE}-quay-5/close`, body: {} }),
  'organisation.reopen-counter': unit({ method: 'POST', url: `/counters/${HERE}-quay-5/reopen`, body: {} }),
  'organisation.assign-counter': unit({
    method: 'POST',
    url: `/counters/${HERE}-quay-5/officer`,
    body: { staff: null },
  }),
  'organisation.add-staff': unit({
    method: 'POST',
    url: '/units/tu-phap-ha-long/staff',
    body: { fullName: 'Mẫu Thị Thử', position: 'Chuyên viên', fields: [] },
  }),
  'organisation.list-secondments': {
    ask: () => ({ method: 'GET', url: `/centres/${HERE}/secondments` }),
    may: { roles: [...ADMINISTRATORS, 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR'] },
    denied: 'organisation.outside-your-unit',
  },
  'organisation.start-secondment': unit(
    {
      method: 'POST',
      url: `/centres/${HERE}/secondments`,
      body: { staff: NOBODY, from: '2026-05-01', to: '2027-05-01', decisionNo: '01/QĐ', fields: [] },
    },
    ['organisation.staff-not-found'],
  ),
  'organisation.end-secondment': anyone(
    () => ({
      method: 'POST',
      url: `/secondments/${NOBODY}/end`,
      body: { endedOn: '2026-05-01', reason: REASON },
    }),
    ['organisation.secondment-not-found'],
  ),
  'organisation.import': {
    ask: () => ({ method: 'POST', url: '/organisation/import', body: { document: {} } }),
    may: { only: ['SYSTEM_ADMIN province'] },
    denied: 'organisation.outside-your-unit',
    past: ['organisation.import-head'],
  },
}

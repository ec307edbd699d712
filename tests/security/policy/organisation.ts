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
  'organisation.list-mandates': {
    ask: () => ({ method: 'GET', url: `/units/${HERE}/signing-mandates` }),
    may: { roles: [...ADMINISTRATORS, 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR', 'AGENCY_LEAD'] },
    denied: 'organisation.outside-your-unit',
  },
  'organisation.give-mandate': unit(
    {
      method: 'POST',
      url: `/units/${HERE}/signing-mandates`,
      body: {
        ...{ staff: NOBODY, capacity: 'KT', principalTitle: 'Giám đốc', signerTitle: 'Phó Giám đốc' },
        ...{ from: '2026-05-01', decisionNo: '01/QĐ' },
      },
    },
    ['organisation.staff-not-found'],
  ),
  'organisation.end-mandate': anyone(
    () => ({
      method: 'POST',
      url: `/signing-mandates/${NOBODY}/end`,
      body: { endedOn: '2026-05-01', reason: REASON },
    }),
    ['organisation.mandate-not-found'],
  ),
  'organisation.list-on-site': anyone(() => ({ method: 'GET', url: `/centres/${HERE}/on-site` })),
  'organisation.decide-on-site': unit(
    {
      method: 'POST',
      url: `/centres/${HERE}/on-site-procedures`,
      body: { procedure: '2.000815', parts: ['seal'], from: '2026-05-01', decisionNo: '01/QĐ' },
    },
    ['organisation.on-site-seal-alone'],
  ),
  'organisation.end-on-site': anyone(
    () => ({
      method: 'POST',
      url: `/on-site-procedures/${NOBODY}/end`,
      body: { to: '2026-05-01', reason: REASON },
    }),
    ['organisation.on-site-not-found'],
  ),
  'organisation.keep-seal': unit(
    {
      method: 'POST',
      url: `/centres/${HERE}/second-seals`,
      body: {
        ...{ unit: 'tu-phap-ha-long', label: 'Dấu thứ hai', keeper: 'Mẫu Thị Giữ', decisionNo: '01/QĐ' },
        ...{ from: '2026-05-02', to: '2026-05-01' },
      },
    },
    ['organisation.dates-reversed'],
  ),
  'organisation.give-seal-back': anyone(
    () => ({
      method: 'POST',
      url: `/second-seals/${NOBODY}/end`,
      body: { to: '2026-05-01', reason: REASON },
    }),
    ['organisation.seal-not-found'],
  ),
}

import { HERE, type World } from '../security/world.ts'

type PublicAsk = { method: 'GET' | 'POST'; url: string; body?: object }

/** No device has this one. */
const NO_TOKEN = 'khong-co-may-nao-123'
const MOMENT = { at: 1, session: 'mot-phien', mono: 1 }
const NOBODY = '00000000-0000-7000-8000-000000000000'

/** Requests of operations that need no sign-in; those of the staff are the ones whose rights are tested. */
export const PUBLIC_ASKS: Readonly<Record<string, (world: World) => PublicAsk>> = {
  'calendar.compute-deadline': () => ({
    method: 'GET',
    url: '/deadline?start=2026-04-21T08:00:00%2B07:00&amount=5&unit=WORKING_DAY',
  }),
  'calendar.show-year': () => ({ method: 'GET', url: '/calendar/2026' }),
  'catalogue.get-procedure': () => ({ method: 'GET', url: '/procedures/2.000815' }),
  'catalogue.list-fields': () => ({ method: 'GET', url: '/fields' }),
  'catalogue.list-situations': () => ({ method: 'GET', url: '/situations' }),
  'catalogue.search-procedures': () => ({ method: 'GET', url: '/procedures?q=khai+sinh' }),
  'dossiers.track': ({ dossiers }) => ({ method: 'GET', url: `/tracking/${dossiers.A.code}` }),
  'dossiers.open-tracking': ({ dossiers }) => ({
    method: 'POST',
    url: `/tracking/${dossiers.A.code}`,
    body: { pin: dossiers.A.canary.number.slice(-4) },
  }),
  'identity.list-demo-accounts': () => ({ method: 'GET', url: '/demo/accounts' }),
  'organisation.get-centre': () => ({ method: 'GET', url: `/centres/${HERE}` }),
  'organisation.get-unit': () => ({ method: 'GET', url: '/units/so-tu-phap' }),
  'organisation.list-admin-units': () => ({ method: 'GET', url: '/admin-units' }),
  'organisation.list-centre-staff': () => ({ method: 'GET', url: `/centres/${HERE}/staff` }),
  'organisation.list-centres': () => ({ method: 'GET', url: '/centres' }),
  'organisation.list-units': () => ({ method: 'GET', url: '/units' }),
  'queue.explain-order': () => ({ method: 'GET', url: '/tickets/khong-co-ve-nay-dau/order' }),
  'queue.get-board': () => ({ method: 'GET', url: `/centres/${HERE}/board` }),
  'queue.get-ticket': () => ({ method: 'GET', url: '/tickets/khong-co-ve-nay-dau' }),
  'queue.list-service-groups': () => ({ method: 'GET', url: `/centres/${HERE}/service-groups` }),
  'queue.cancel-ticket': () => ({ method: 'POST', url: '/tickets/khong-co-ve-nay-dau/cancel', body: {} }),
  'queue.return-to-line': () => ({ method: 'POST', url: '/tickets/khong-co-ve-nay-dau/return', body: {} }),
  'queue.get-hall': () => ({ method: 'GET', url: `/centres/${HERE}/hall` }),
  'queue.get-visit-to-rate': () => ({ method: 'GET', url: '/ratings/khong-co-ve-nay-dau' }),
  'queue.hold-announcer': () => ({
    method: 'POST',
    url: `/centres/${HERE}/announcer`,
    body: { display: NOBODY },
  }),
  'queue.list-slots': () => ({
    ...{ method: 'GET', url: `/centres/${HERE}/service-groups/00000000-0000-7000-8000-000000000000/slots` },
  }),
  'queue.hold-slot': () => ({
    ...{ method: 'POST', url: `/centres/${HERE}/appointments` },
    body: { group: '00000000-0000-7000-8000-000000000000', at: '2026-04-22T08:00:00+07:00' },
  }),
  'queue.get-appointment': () => ({ method: 'GET', url: '/appointments/khong-co-lich' }),
  'queue.confirm-appointment': () => ({
    ...{ method: 'POST', url: '/appointments/khong-co-lich/confirm' },
    body: { name: 'Người thử', phone: '0900000001' },
  }),
  'queue.move-appointment': () => ({
    ...{ method: 'POST', url: '/appointments/khong-co-lich/move' },
    body: { at: '2026-04-22T08:00:00+07:00' },
  }),
  'queue.cancel-appointment': () => ({ method: 'POST', url: '/appointments/khong-co-lich/cancel', body: {} }),
  'queue.arrive': () => ({ method: 'POST', url: '/appointments/khong-co-lich/arrive', body: {} }),
  'queue.list-halls': () => ({ method: 'GET', url: '/halls' }),
  'queue.measure-promises': () => ({ method: 'GET', url: `/centres/${HERE}/promises` }),
  'queue.rate-visit': () => ({
    method: 'POST',
    url: '/ratings/khong-co-ve-nay-dau',
    body: { visit: NOBODY, score: 5 },
  }),
  'queue.print-ticket': () => ({ method: 'GET', url: '/tickets/khong-co-ve-nay-dau/paper' }),
  'queue.report-printer': () => ({
    ...{ method: 'POST', url: '/printers/report' },
    body: { token: NO_TOKEN, state: 'READY', queued: 0, doubtful: 0 },
  }),
  'queue.lease-numbers': () => ({
    ...{ method: 'POST', url: '/kiosks/leases' },
    body: { token: NO_TOKEN, moment: MOMENT, holds: [], wanted: [] },
  }),
  'queue.bring-tickets': () => ({
    ...{ method: 'POST', url: '/kiosks/tickets' },
    body: {
      ...{ token: NO_TOKEN, moment: MOMENT },
      tickets: [
        {
          ...{ id: NOBODY, key: null, lease: NOBODY, number: 1, token: NO_TOKEN, taken: MOMENT, behind: 0 },
          ...{ priorityClass: 'NONE', procedures: [], language: 'vi' },
        },
      ],
    },
  }),
  'queue.ask-for-help-at-kiosk': () => ({
    method: 'POST',
    url: `/centres/${HERE}/help-calls`,
    body: { token: NO_TOKEN },
  }),
  'queue.get-kiosk-help': () => ({ method: 'GET', url: `/help-calls/${NOBODY}` }),
  'queue.withdraw-kiosk-help': () => ({ method: 'POST', url: `/help-calls/${NOBODY}/withdraw`, body: {} }),
  'queue.take-ticket': () => ({
    method: 'POST',
    url: `/centres/${HERE}/tickets`,
    body: { serviceGroup: NOBODY },
  }),
}

/** Answers without an end, and those that say nothing of the database: they have no budget. */
export const WITHOUT_BUDGET: readonly string[] = [
  'queue.follow-board',
  'system.health',
  'system.openapi',
  'system.ready',
]

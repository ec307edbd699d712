import type { Role } from '#modules/identity/contract.ts'
import { DEFAULT_CALLING } from '#modules/queue/rules.ts'
import type { Row } from './row.ts'
import { HERE } from './world.ts'

/** Nobody has taken this number, and the counter stands at the centre of `here`. */
const TICKET = '00000000-0000-7000-8000-000000000000'
const COUNTER = `${HERE}-quay-1`

const AT_COUNTERS: readonly Role[] = ['RECEPTION', 'NON_TERRITORIAL', 'RETURN_DESK', 'CASHIER', 'GUIDE']
const ORDERS: readonly Role[] = ['GUIDE', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR']
const SERVES: readonly Role[] = [...new Set([...AT_COUNTERS, ...ORDERS])]

const counter = (verb: string, body: object, past: readonly string[]): Row => ({
  ask: () => ({ method: 'POST', url: `/counters/${COUNTER}${verb}`, body }),
  may: { roles: SERVES },
  denied: 'queue.not-your-counter',
  past,
})
const onTicket = (verb: string, body: object = {}): Row =>
  counter(`/tickets/${TICKET}/${verb}`, body, ['queue.unknown-ticket'])

const SETS_UP: readonly Role[] = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SYSTEM_ADMIN']
const inHall = (path: string): Row => ({
  ask: () => ({ method: 'GET', url: `/centres/${HERE}/${path}` }),
  may: { roles: [...new Set([...SERVES, ...SETS_UP])] },
  denied: 'queue.not-your-centre',
})
const GROUP = {
  ...{ prefix: 'Z', name: 'Kiểm tra quyền', nameEn: 'Rights', kind: 'guide', fields: [], weekdays: [1] },
  ...{ sessions: 'ALL', numberFrom: 1, dailyLimit: null, stopsBefore: 0, active: true },
  counters: [{ counter: 'khong-co', weight: 1 }],
}

const OPENING = {
  ...{ group: TICKET, opens: true, from: '2026-04-22', to: null, weekdays: [1], everyWeeks: 1 },
  ...{ nthOfMonth: null, fromMinute: 480, toMinute: 600, slotMinutes: 30 },
  ...{ publicCapacity: 1, staffCapacity: 1, note: '' },
}

/** The hall: officers at the counters of their own centre. Visitors need no account, so that their operations have no row. */
export const QUEUE_POLICY: Readonly<Record<string, Row>> = {
  'queue.get-floor': inHall('floor'),
  'queue.list-tickets': inHall('tickets'),
  'queue.get-floor-setup': inHall('floor-setup'),
  'queue.add-service-group': {
    ask: () => ({ method: 'POST', url: `/centres/${HERE}/service-groups`, body: GROUP }),
    may: { roles: SETS_UP },
    denied: 'queue.not-your-centre',
    past: ['queue.unknown-counter'],
  },
  'queue.change-service-group': {
    ask: () => ({
      ...{ method: 'PUT', url: `/service-groups/${TICKET}`, body: GROUP },
      headers: { 'if-match': '"1"' },
    }),
    may: 'anyone',
    past: ['queue.unknown-service-group'],
  },
  'queue.list-openings': inHall('openings'),
  'queue.add-opening': {
    ask: () => ({ method: 'POST', url: `/centres/${HERE}/openings`, body: OPENING }),
    may: { roles: SETS_UP },
    denied: 'queue.not-your-centre',
    past: ['queue.unknown-service-group'],
  },
  'queue.change-opening': {
    ask: () => ({
      ...{ method: 'PUT', url: `/openings/${TICKET}`, body: OPENING },
      headers: { 'if-match': '"1"' },
    }),
    may: 'anyone',
    past: ['queue.unknown-opening'],
  },
  'queue.remove-opening': {
    ask: () => ({ method: 'DELETE', url: `/openings/${TICKET}` }),
    may: 'anyone',
    past: ['queue.unknown-opening'],
  },
  'queue.list-appointments': inHall('appointments'),
  'queue.book-for-visitor': {
    ask: () => ({
      ...{ method: 'POST', url: `/centres/${HERE}/appointments/by-staff` },
      body: {
        ...{ group: TICKET, at: '2026-04-22T08:00:00+07:00', name: 'Kiểm tra quyền', phone: '0900000001' },
      },
    }),
    may: { roles: [...new Set([...SERVES, ...SETS_UP])] },
    denied: 'queue.not-your-centre',
    past: ['queue.unknown-service-group'],
  },
  'queue.get-counter': {
    ...counter('/queue', {}, []),
    ask: () => ({ method: 'GET', url: `/counters/${COUNTER}/queue` }),
  },
  'queue.serve-at-counter': counter('/start-serving', {}, ['queue.counter-taken', 'queue.officer-elsewhere']),
  'queue.pause-counter': counter('/pause', { reason: 'Kiểm tra quyền' }, []),
  'queue.ask-for-help': counter('/help', { wanted: false }, ['queue.counter-closed']),
  'queue.call-next': counter('/call-next', {}, [
    'queue.counter-closed',
    'queue.counter-paused',
    'queue.not-your-counter',
    'queue.nobody-waiting',
  ]),
  // Who of them may call out of order is told apart in the module's own tests.
  'queue.call-ticket': counter(`/call/${TICKET}`, { reason: 'Kiểm tra quyền' }, [
    'queue.out-of-order-not-allowed',
    'queue.counter-closed',
    'queue.counter-paused',
    'queue.not-your-counter',
    'queue.unknown-ticket',
  ]),
  'queue.recall': onTicket('recall'),
  'queue.start': onTicket('start'),
  'queue.finish': onTicket('finish'),
  'queue.miss': onTicket('miss'),
  'queue.undo': onTicket('undo'),
  'queue.hold': onTicket('hold', { minutes: 5 }),
  'queue.resume': onTicket('resume'),
  'queue.transfer': onTicket('transfer', { serviceGroup: TICKET, note: 'Kiểm tra quyền' }),
  'queue.confirm-priority': onTicket('confirm-priority'),
  'queue.decline-priority': onTicket('decline-priority'),
  'queue.tie-dossier': onTicket('dossiers', { code: 'H49-260421-0001', procedure: '2.000908' }),
  'queue.link-rating-tablet': counter('/rating-tablet', {}, []),
  'queue.unlink-rating-tablet': counter('/rating-tablet/unlink', {}, []),
  'queue.print-ticket-again': {
    ask: () => ({ method: 'POST', url: `/centres/${HERE}/tickets/${TICKET}/print-again`, body: {} }),
    may: { roles: [...new Set([...SERVES, ...SETS_UP])] },
    denied: 'queue.not-your-centre',
    past: ['queue.unknown-ticket'],
  },
  // Nobody's call: who may is told apart from who may not in the module's own tests.
  'queue.take-help-call': {
    ask: () => ({ method: 'POST', url: `/help-calls/${TICKET}/take`, body: {} }),
    may: 'anyone',
    past: ['queue.unknown-help-call'],
  },
  'queue.end-help-call': {
    ask: () => ({ method: 'POST', url: `/help-calls/${TICKET}/end`, body: {} }),
    may: 'anyone',
    past: ['queue.unknown-help-call'],
  },
  'queue.change-hall': {
    ask: () => ({
      method: 'PUT',
      url: `/centres/${HERE}/hall`,
      headers: { 'if-match': '"99"' },
      body: {
        ...{ region: 'north', volume: 50, quiet: null, motion: true },
        ...{ sessions: null, notices: [], slides: [], calling: DEFAULT_CALLING },
      },
    }),
    may: { roles: ['CENTRE_OFFICER', 'CENTRE_DIRECTOR'] },
    denied: 'queue.not-your-hall',
    past: ['queue.hall-changed-meanwhile'],
  },
  'queue.list-devices': inHall('devices'),
  'queue.register-device': {
    ask: (_world, { role, reach }) => ({
      ...{ method: 'POST', url: `/centres/${HERE}/devices` },
      body: { kind: 'PRINTER', name: `Máy in của ${role} ${reach}` },
    }),
    may: { roles: SETS_UP },
    denied: 'queue.not-your-centre',
  },
  // Nobody's device: who may is told apart from who may not in the module's own tests.
  'queue.renew-device-token': {
    ask: () => ({ method: 'POST', url: `/devices/${TICKET}/token`, body: {} }),
    may: 'anyone',
    past: ['queue.unknown-device'],
  },
  'queue.retire-device': {
    ask: () => ({ method: 'POST', url: `/devices/${TICKET}/retire`, body: {} }),
    may: 'anyone',
    past: ['queue.unknown-device'],
  },
  'queue.close-counter': counter('/stop-serving', {}, ['queue.counter-closed']),
}

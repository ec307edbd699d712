import type { May, Row } from '../row.ts'
import { HERE } from '../world.ts'
import { READERS } from './readers.ts'
import { anyone, NOBODY, REASON } from './shared.ts'

const RECEIVERS = ['RECEPTION', 'NON_TERRITORIAL'] as const

/** Nobody knows a sheet that does not exist; who may do what with one that does is tested where sheets are made. */
const sheet = (method: 'GET' | 'POST', verb: string, body?: object): Row => ({
  ask: () => ({ method, url: `/handover-sheets/PBG26-999999${verb}`, ...(body ? { body } : {}) }),
  may: { roles: [] },
  denied: 'dossiers.unknown-sheet',
})
/** Papers go through their hands at the counter; the agency's hand over elsewhere, unless they reach the whole province. */
const AT_THE_COUNTER: May = { roles: ['RECEPTION', 'RETURN_DESK', 'DIGITISER', 'CENTRE_OFFICER'] }

/**
 * Work with volume. Lists refuse item by item: everybody is answered, and nobody learns of what they may not know.
 */
export const DESK: Readonly<Record<string, Row>> = {
  'dossiers.plan-assignment': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/tasks/assignment-plan',
    body: { tasks: [dossiers.A.task, NOBODY] },
  })),
  'dossiers.assign-tasks': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/tasks/assignments',
    body: { items: [{ task: dossiers.A.task, assignee: 'khong-co' }], reason: REASON },
  })),
  'dossiers.complete-tasks': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/tasks/completions',
    body: { items: [{ task: dossiers.A.task }] },
  })),
  'dossiers.list-handover-candidates': {
    ask: () => ({ method: 'GET', url: `/handover-sheets/candidates?kind=dossiers&from=${HERE}` }),
    may: AT_THE_COUNTER,
    denied: 'dossiers.not-your-unit',
  },
  'dossiers.create-handover-sheets': {
    ask: () => ({
      method: 'POST',
      url: '/handover-sheets',
      body: { kind: 'uncollected', from: HERE, dossiers: ['H49-260421-9999'] },
    }),
    may: AT_THE_COUNTER,
    denied: 'dossiers.not-your-unit',
  },
  'dossiers.list-handover-sheets': anyone(() => ({ method: 'GET', url: '/handover-sheets' })),
  'dossiers.get-handover-sheet': sheet('GET', ''),
  'dossiers.get-handover-paper': sheet('GET', '/paper'),
  'dossiers.receive-handover-sheet': sheet('POST', '/receipt', { received: [] }),
  'dossiers.settle-handover-row': sheet('POST', '/rows/H49-260421-9999/settlement', {
    ...{ resolution: 'found', note: REASON },
  }),
  'dossiers.cancel-handover-sheet': sheet('POST', '/cancellation', { reason: REASON }),
  'dossiers.search': anyone(() => ({ method: 'POST', url: '/dossiers/search', body: { limit: 200 } })),
  'dossiers.list-filters': anyone(() => ({ method: 'GET', url: '/me/filters' })),
  'dossiers.save-filter': anyone(() => ({
    method: 'PUT',
    url: '/me/filters/00000000-0000-7000-8000-0000000000f1',
    body: { list: 'dossiers', name: 'Của tôi', conditions: {} },
  })),
  'dossiers.remove-filter': anyone(() => ({ method: 'DELETE', url: `/me/filters/${NOBODY}` })),
  'dossiers.list-templates': anyone(() => ({ method: 'GET', url: '/opinion-templates' })),
  'dossiers.save-template': {
    ask: () => ({
      method: 'PUT',
      url: `/opinion-templates/${NOBODY}`,
      body: { key: 'du-dk', title: 'Đủ', body: 'Đủ điều kiện', unit: 'ubnd-ha-long' },
    }),
    may: { roles: ['UNIT_LEAD', 'AGENCY_LEAD'] },
    denied: 'dossiers.template-not-yours',
  },
  'dossiers.remove-template': anyone(
    () => ({ method: 'DELETE', url: `/opinion-templates/${NOBODY}` }),
    ['dossiers.template-not-yours'],
  ),
  'dossiers.list-uncollected': anyone(() => ({ method: 'GET', url: '/results/uncollected' })),
  'dossiers.remind-of-results': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/results/reminders',
    body: { dossiers: [dossiers.A.code], way: 'phone' },
  })),
  'dossiers.list-results-together': {
    ask: ({ dossiers }) => ({ method: 'GET', url: `/dossiers/${dossiers.A.code}/results-together` }),
    may: { roles: READERS },
    denied: 'dossiers.unknown',
  },
  'dossiers.return-results': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/results/returns',
    body: { items: [{ code: dossiers.A.code, version: 1 }], receiver: { name: 'Mẫu Văn Thử' } },
  })),
  'dossiers.create-batch': {
    ask: ({ intake: { receivingCentre, procedure, owner } }) => ({
      method: 'POST',
      url: '/dossiers/batch',
      body: { receivingCentre, owner: { ...owner, phone: '1' }, items: [{ procedure }] },
    }),
    may: { roles: RECEIVERS },
    denied: 'dossiers.not-at-this-centre',
    past: ['dossiers.invalid-phone'],
  },
  'dossiers.get-workload': anyone(() => ({ method: 'GET', url: '/workload' })),
  'dossiers.urge-tasks': anyone(({ dossiers }) => ({
    method: 'POST',
    url: '/tasks/urgings',
    body: { tasks: [dossiers.A.task], message: REASON },
  })),
}

import type { Ask, Row } from '../row.ts'
import { HERE } from '../world.ts'
import { ACROSS, IN_AGENCY, READERS } from './readers.ts'
import { anyone, NOBODY, REASON } from './shared.ts'

const RECEIVERS = ['RECEPTION', 'NON_TERRITORIAL'] as const

const readsA = (url: string): Row => ({
  ask: ({ dossiers }) => ({ method: 'GET', url: `/dossiers/${dossiers.A.code}${url}` }),
  may: { roles: READERS },
  denied: 'dossiers.unknown',
})

const intake = (path: string, more: object = {}): Row => ({
  // A component is missing and the phone is impossible: with the right to receive, that is what is refused.
  ask: ({ intake: body }) => ({
    method: 'POST',
    url: path,
    body: { ...body, ...more, owner: { ...body.owner, phone: '1' } },
  }),
  may: { roles: RECEIVERS },
  denied: 'dossiers.not-at-this-centre',
  past: ['dossiers.invalid-phone'],
})

const task = (verb: string, body: object, row: Omit<Row, 'ask'>): Row => ({
  ask: ({ dossiers }) => ({ method: 'POST', url: `/tasks/${dossiers.A.task}/${verb}`, body }),
  ...row,
})

/** Nobody knows a question that was never asked; who answers one that was is tested where it is asked. */
const consultation = (verb: string, body: object): Row => ({
  ask: () => ({ method: 'POST', url: `/consultations/${NOBODY}/agencies/so-xay-dung-cu/${verb}`, body }),
  may: { roles: [] },
  denied: 'dossiers.unknown-consultation',
})

/** Dossier A is no group: whoever may decide is told that it has no such procedure. */
const member = (verb: string): Row => ({
  ask: ({ dossiers }) => ({
    method: 'POST',
    url: `/dossiers/${dossiers.A.code}/members/birth/${verb}`,
    body: { reason: REASON },
  }),
  may: { roles: [...RECEIVERS, 'CENTRE_OFFICER'] },
  denied: 'dossiers.unknown',
  readersDenied: 'dossiers.not-your-role',
  past: ['dossiers.unknown-member'],
})

/** The past of the whole province comes in by one hand. */
const imports = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { only: ['SYSTEM_ADMIN province'] },
  denied: 'platform.forbidden',
  past,
})

/** Intake, reading, acting, tasks, papers. */
export const DOSSIERS: Readonly<Record<string, Row>> = {
  'dossiers.preview-intake': { ...intake('/dossiers/preview'), past: [] },
  'dossiers.create': intake('/dossiers'),
  'dossiers.submit': {
    ...intake('/dossiers/submitted', { channel: 'postal' }),
    // The post's officer records what was handed over; deciding about it stays with reception.
    may: { roles: [...RECEIVERS, 'POSTAL'] },
    past: ['dossiers.channel-not-offered', 'dossiers.invalid-phone'],
  },
  'dossiers.request-intake-supplement': intake('/dossiers/incomplete', {
    items: [{ what: 'Giấy thiếu', reason: REASON }],
  }),
  'dossiers.refuse-intake': intake('/dossiers/refused', { reasonCode: 'OTHER', reason: REASON }),
  'dossiers.save-draft': anyone(() => ({
    method: 'PUT',
    url: `/intake-drafts/${NOBODY}`,
    body: { content: { typed: 'của riêng' } },
  })),
  'dossiers.list-drafts': anyone(() => ({ method: 'GET', url: '/intake-drafts' })),
  'dossiers.discard-draft': anyone(() => ({ method: 'DELETE', url: `/intake-drafts/${NOBODY}` })),
  'dossiers.find-authorisations': {
    ask: () => ({ method: 'POST', url: '/authorisations/search', body: { representative: '000000000077' } }),
    may: { roles: [...RECEIVERS, 'RETURN_DESK'], any: true },
    denied: 'platform.forbidden',
  },
  'dossiers.end-authorisation': {
    ask: () => ({ method: 'POST', url: `/authorisations/${NOBODY}/end`, body: { reason: REASON } }),
    may: { roles: [...RECEIVERS, 'RETURN_DESK'], any: true },
    denied: 'platform.forbidden',
    past: ['dossiers.unknown-authorisation'],
  },
  'dossiers.list': anyone(() => ({ method: 'GET', url: '/dossiers?limit=200' })),
  'dossiers.get': readsA(''),
  'dossiers.reveal-personal-data': {
    ...readsA(''),
    ask: ({ dossiers }) => ({
      method: 'POST',
      url: `/dossiers/${dossiers.A.code}/personal-data`,
      body: { reason: REASON },
    }),
  },
  'dossiers.get-paper': readsA('/papers/form-01'),
  'dossiers.get-file': { ...readsA(`/files/${NOBODY}`), past: ['dossiers.unknown-file'] },
  'dossiers.act': {
    ask: ({ dossiers }) => ({
      method: 'POST',
      url: `/dossiers/${dossiers.A.code}/actions/withdraw`,
      body: {},
    }),
    may: { roles: RECEIVERS },
    denied: 'dossiers.unknown',
    readersDenied: 'dossiers.not-your-role',
    past: ['dossiers.reason-required'],
  },
  'dossiers.explain-lateness': {
    ask: ({ dossiers }) => ({
      method: 'POST',
      url: `/dossiers/${dossiers.A.code}/lateness`,
      body: { reasonCode: 'A_OVERLOAD', explanation: REASON },
    }),
    may: { roles: ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD'] },
    denied: 'dossiers.unknown',
    readersDenied: 'dossiers.not-your-role',
    past: ['dossiers.not-late'],
  },
  'dossiers.list-alarms': anyone(() => ({ method: 'GET', url: '/alarms?limit=200' })),
  'dossiers.send-import': imports(
    {
      method: 'POST',
      url: '/dossier-imports/check',
      body: '--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    },
    ['dossiers.import-file-missing'],
  ),
  'dossiers.list-imports': imports({ method: 'GET', url: '/dossier-imports' }),
  'dossiers.get-import': imports({ method: 'GET', url: `/dossier-imports/${NOBODY}` }, [
    'dossiers.unknown-import',
  ]),
  'dossiers.list-import-rejections': imports(
    { method: 'GET', url: `/dossier-imports/${NOBODY}/rejections` },
    ['dossiers.unknown-import'],
  ),
  'dossiers.list-tasks': anyone(() => ({ method: 'GET', url: '/tasks?limit=200' })),
  'dossiers.claim-task': task(
    'claim',
    {},
    {
      may: { roles: ['SPECIALIST'] },
      denied: 'workflow.task-not-found',
      past: ['workflow.task-taken'],
    },
  ),
  'dossiers.release-task': task(
    'release',
    {},
    {
      may: { roles: ['SPECIALIST'] },
      denied: 'workflow.task-not-found',
      past: ['workflow.task-taken', 'workflow.task-not-held'],
    },
  ),
  'dossiers.complete-task': task(
    'complete',
    {},
    {
      may: { roles: ['SPECIALIST'] },
      denied: 'workflow.task-not-found',
      readersDenied: 'dossiers.not-your-role',
      past: ['workflow.opinion-required', 'workflow.task-taken'],
    },
  ),
  'dossiers.send-task-back': task(
    'send-back',
    { reason: REASON, toStep: 'khong-co' },
    {
      may: { roles: ['SPECIALIST'] },
      denied: 'workflow.task-not-found',
      readersDenied: 'dossiers.not-your-role',
      past: ['workflow.return-not-allowed', 'workflow.task-taken'],
    },
  ),
  'dossiers.reassign-task': task(
    'reassign',
    { assignee: 'khong-co', reason: REASON },
    {
      may: { roles: ['UNIT_LEAD', 'AGENCY_LEAD'] },
      denied: 'workflow.task-not-found',
      readersDenied: 'dossiers.not-your-role',
      past: ['dossiers.unknown-assignee'],
    },
  ),
  'dossiers.list-assignees': {
    ask: ({ dossiers }) => ({ method: 'GET', url: `/tasks/${dossiers.A.task}/assignees` }),
    may: { roles: ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD'] },
    denied: 'workflow.task-not-found',
  },
  'dossiers.ask-opinions': {
    ask: ({ dossiers }) => ({
      method: 'POST',
      url: `/dossiers/${dossiers.A.code}/consultations`,
      // An agency that does not exist: with the right to ask, that is what is refused.
      body: {
        ...{ agencies: ['khong-co'], question: 'Kiểm tra quyền hỏi ý kiến', workingDays: 3 },
        silence: 'ESCALATION',
      },
    }),
    may: { roles: ['SPECIALIST'] },
    denied: 'dossiers.unknown',
    readersDenied: 'dossiers.not-your-role',
    past: ['dossiers.consulted-unit', 'workflow.task-taken'],
  },
  'dossiers.answer-consultation': consultation('answer', { opinion: 'AGREES', answer: REASON }),
  'dossiers.remind-consulted': consultation('reminder', {}),
  'dossiers.withdraw-consultation': consultation('withdrawal', { reason: REASON }),
  'dossiers.list-consultations': anyone(() => ({ method: 'GET', url: '/consultations?limit=200' })),
  'dossiers.get-late-hands': anyone(() => ({ method: 'GET', url: '/late-hands?days=366' })),
  'dossiers.retry-member': member('retry'),
  'dossiers.drop-member': member('drop'),
  'dossiers.get-register': {
    ask: () => ({ method: 'GET', url: `/centres/${HERE}/register?from=2026-04-20&to=2026-04-21` }),
    may: {
      roles: ['RECEPTION', 'RETURN_DESK', 'CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'AUDITOR'],
    },
    denied: 'dossiers.unknown-centre',
  },
  'dossiers.get-batch-receipt': {
    ask: ({ dossiers }) => ({ method: 'GET', url: `/papers/batch-receipt?codes=${dossiers.A.code}` }),
    may: { roles: READERS },
    denied: 'dossiers.unknown',
  },
  'dossiers.get-overdue-report': {
    ask: () => ({ method: 'GET', url: `/papers/overdue-report?unit=${HERE}` }),
    may: {
      roles: [...IN_AGENCY, ...ACROSS],
    },
    denied: 'dossiers.unknown-unit',
  },
  'dossiers.get-unclaimed-results': {
    ask: () => ({ method: 'GET', url: `/papers/unclaimed-results?centre=${HERE}` }),
    may: {
      roles: [...RECEIVERS, 'RETURN_DESK', ...ACROSS],
    },
    denied: 'dossiers.unknown-centre',
  },
  'dossiers.get-seal-register': {
    ask: ({ seal }) => ({
      method: 'GET',
      url: `/papers/seal-register?seal=${seal}&from=2026-04-01&to=2026-04-30`,
    }),
    may: { roles: ['CLERK', 'UNIT_LEAD', 'AGENCY_LEAD', ...ACROSS] },
    denied: 'dossiers.unknown-seal',
  },
  'dossiers.list-books': anyone(() => ({ method: 'GET', url: '/books' })),
  'dossiers.get-on-site-share': {
    ask: () => ({ method: 'GET', url: `/centres/${HERE}/on-site-share?from=2026-04-01&to=2026-04-30` }),
    may: { roles: ACROSS },
    denied: 'dossiers.unknown-centre',
  },
  'dossiers.get-guidance': anyone(() => ({
    method: 'GET',
    url: `/papers/guidance?procedure=1.013833&centre=${HERE}`,
  })),
}

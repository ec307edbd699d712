import type { Role } from '#modules/identity/contract.ts'
import { QUEUE_POLICY } from './policy-queue.ts'
import type { Ask, Row } from './row.ts'
import { type Asker, HERE, type Reach } from './world.ts'

const NOBODY = '00000000-0000-7000-8000-000000000000'
const REASON = 'Kiểm tra quyền'

/** Domain 12.3: who sees a dossier's content at the counter, in the agency, and across. */
const AT_COUNTER = [
  'RECEPTION',
  'DIGITISER',
  'CASHIER',
  'RETURN_DESK',
  'NON_TERRITORIAL',
  'COMPLAINT_OFFICER',
] as const
const IN_AGENCY = ['SPECIALIST', 'UNIT_LEAD', 'AGENCY_LEAD', 'CLERK'] as const
const ACROSS = ['CENTRE_OFFICER', 'CENTRE_DIRECTOR', 'SUPERVISOR', 'DUE_WATCH', 'AUDITOR'] as const
export const READERS: readonly Role[] = [...AT_COUNTER, ...IN_AGENCY, ...ACROSS]

/** Which of the three dossiers a reader sees; `plain` is where the centre or the agency of the asker comes in. */
export const SEES: Readonly<Record<Reach, (role: Role) => readonly ('A' | 'B' | 'C')[]>> = {
  here: (role) => {
    if (includes(AT_COUNTER, role) || includes(ACROSS, role)) return ['A', 'C']
    // The department that resolves C is not the district's.
    return includes(IN_AGENCY, role) ? ['A'] : []
  },
  elsewhere: (role) => {
    if (includes(AT_COUNTER, role) || includes(ACROSS, role)) return ['B', 'C']
    return includes(IN_AGENCY, role) ? ['B'] : []
  },
  province: (role) => (READERS.includes(role) ? ['A', 'B', 'C'] : []),
}

function includes(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role)
}

const ADMINISTRATORS = ['UNIT_ADMIN', 'SYSTEM_ADMIN'] as const
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
const anyone = (ask: Row['ask'], past: readonly string[] = []): Row => ({ ask, may: 'anyone', past })
const task = (verb: string, body: object, row: Omit<Row, 'ask'>): Row => ({
  ask: ({ dossiers }) => ({ method: 'POST', url: `/tasks/${dossiers.A.task}/${verb}`, body }),
  ...row,
})
const catalogue = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ['CATALOG_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past,
})
const process = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ['PROCESS_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past,
})
const account = (verb: string, body: object, past: readonly string[] = []): Row => ({
  ask: ({ victim }) => ({ method: 'POST', url: `/accounts/${victim}${verb}`, body }),
  may: { roles: ADMINISTRATORS },
  denied: 'platform.forbidden',
  administratorsDenied: 'identity.account-not-found',
  past,
})
const unit = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ADMINISTRATORS },
  denied: 'organisation.outside-your-unit',
  past,
})

/** The rights of the whole API. An operation without a row fails the test. */
export const POLICY: Readonly<Record<string, Row>> = {
  ...QUEUE_POLICY,
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
  'dossiers.get-guidance': anyone(() => ({
    method: 'GET',
    url: `/papers/guidance?procedure=1.013833&centre=${HERE}`,
  })),

  'documents.list-paper-templates': catalogue({ method: 'GET', url: '/paper-templates' }),
  'documents.get-paper-template': catalogue({ method: 'GET', url: '/paper-templates/form-02' }),
  'documents.get-paper-template-source': catalogue({
    method: 'GET',
    url: '/paper-templates/form-02/versions/1/source',
  }),
  'documents.preview-paper-template': catalogue(
    { method: 'GET', url: '/paper-templates/form-02/versions/99/preview' },
    ['documents.unknown-template'],
  ),
  'documents.draft-paper-template': catalogue(
    {
      method: 'POST',
      url: '/paper-templates/form-02/versions',
      body: { source: '#eval("1")', legalBasis: { document: 'Quyết định', wordingFrom: 'Quyết định' } },
    },
    ['documents.template-forbidden-word'],
  ),
  'documents.publish-paper-template': catalogue(
    {
      method: 'POST',
      url: '/paper-templates/form-02/versions/1/publish',
      body: { effectiveFrom: '2099-01-01', decisionNumber: 'Quyết định' },
    },
    ['documents.template-not-a-draft'],
  ),
  'documents.withdraw-paper-template': catalogue(
    { method: 'POST', url: '/paper-templates/form-02/versions/1/withdraw', body: { reason: REASON } },
    ['documents.template-nothing-before'],
  ),
  'documents.upload-file': anyone(
    () => ({ method: 'POST', url: '/files', body: {} }),
    ['platform.malformed-request'],
  ),
  'documents.read-file': anyone(
    () => ({ method: 'GET', url: `/files/${NOBODY}` }),
    ['documents.file-not-found'],
  ),

  'workflow.import-process': process({ method: 'POST', url: '/processes/import', body: { xml: '<no/>' } }, [
    'workflow.process-unreadable',
    'workflow.process-invalid',
  ]),
  'workflow.list-processes': anyone(() => ({ method: 'GET', url: '/processes' })),
  'workflow.get-process': anyone(
    () => ({ method: 'GET', url: '/processes/khong-co' }),
    ['workflow.process-not-found'],
  ),
  'workflow.get-process-version': anyone(
    () => ({ method: 'GET', url: `/process-versions/${NOBODY}` }),
    ['workflow.process-not-found'],
  ),
  'workflow.publish-process-version': process(
    {
      method: 'POST',
      url: `/process-versions/${NOBODY}/publish`,
      body: { decisionNumber: '01/QĐ', effectiveFrom: '2026-05-01' },
    },
    ['workflow.process-not-found'],
  ),
  'workflow.withdraw-process-version': process(
    { method: 'POST', url: `/process-versions/${NOBODY}/withdraw`, body: {} },
    ['workflow.process-not-found'],
  ),

  'catalogue.get-procedure-administration': catalogue({
    method: 'GET',
    url: '/procedures/2.000815/administration',
  }),
  'catalogue.list-versions-in-preparation': catalogue({ method: 'GET', url: '/procedure-versions' }),
  'catalogue.get-procedure-version': catalogue({ method: 'GET', url: `/procedure-versions/${NOBODY}` }, [
    'catalogue.unknown-version',
  ]),
  'catalogue.edit-procedure-names': catalogue(
    { method: 'PUT', url: '/procedures/9.999999/names', body: { plainName: null, synonyms: [] } },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.set-procedure-limit': catalogue(
    {
      method: 'POST',
      url: '/procedures/9.999999/limits',
      body: {
        ...{ kind: 'LOCAL', amount: 1, unit: 'WORKING_DAY', decisionNo: '01/QĐ' },
        ...{ decisionDate: '2026-04-01', effectiveFrom: '2026-05-01' },
      },
    },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.mark-component': catalogue(
    {
      method: 'PUT',
      url: '/procedures/9.999999/components/x/mark',
      body: { mandatory: true, reason: REASON },
    },
    ['catalogue.unknown-procedure'],
  ),
  'catalogue.draft-version': catalogue(
    {
      method: 'POST',
      url: '/procedures/2.000815/versions',
      body: { decisionNo: '01/QĐ', decisionDate: '2026-04-01', record: {} },
    },
    ['platform.invalid-input'],
  ),
  'catalogue.check-version': catalogue(
    { method: 'POST', url: `/procedure-versions/${NOBODY}/check`, body: {} },
    ['catalogue.unknown-version'],
  ),
  'catalogue.publish-version': catalogue(
    {
      method: 'POST',
      url: `/procedure-versions/${NOBODY}/publish`,
      body: { effectiveFrom: '2026-05-01' },
    },
    ['catalogue.unknown-version'],
  ),
  'catalogue.repeal-version': catalogue(
    {
      method: 'POST',
      url: `/procedure-versions/${NOBODY}/repeal`,
      body: { effectiveTo: '2026-05-01', decisionNo: '01/QĐ' },
    },
    ['catalogue.unknown-version'],
  ),
  'catalogue.import-procedures': catalogue(
    {
      method: 'POST',
      url: '/procedures/import',
      body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n\r\n--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    },
    ['catalogue.import-unreadable'],
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

  'identity.get-me': anyone(() => ({ method: 'GET', url: '/me' })),
  'identity.list-my-sessions': anyone(() => ({ method: 'GET', url: '/me/sessions' })),
  'identity.end-my-session': anyone(
    () => ({ method: 'DELETE', url: `/me/sessions/${NOBODY}` }),
    ['identity.session-not-found'],
  ),
  'identity.end-all-my-sessions': {
    ...anyone(() => ({ method: 'DELETE', url: '/me/sessions' })),
    last: true,
  },
  'identity.list-accounts': {
    ask: () => ({ method: 'GET', url: '/accounts' }),
    may: { roles: ADMINISTRATORS, any: true },
    denied: 'platform.forbidden',
  },
  'identity.get-account': {
    ask: ({ victim }) => ({ method: 'GET', url: `/accounts/${victim}` }),
    may: { roles: ADMINISTRATORS },
    denied: 'platform.forbidden',
    administratorsDenied: 'identity.account-not-found',
  },
  'identity.create-account': {
    ask: () => ({
      method: 'POST',
      url: '/accounts',
      body: {
        ...{ username: 'tai-khoan.thu', name: 'Mẫu Thị Thử', position: 'Chuyên viên' },
        ...{ unit: 'tu-phap-ha-long', agency: 'ubnd-ha-long' },
      },
    }),
    may: { roles: ADMINISTRATORS },
    denied: 'platform.forbidden',
    past: ['identity.username-taken'],
  },
  'identity.disable-account': account('/disable', { reason: REASON }),
  'identity.enable-account': account('/enable', { reason: REASON }),
  'identity.reset-access': { ...account('/reset-access', { reason: REASON }), slow: true },
  'identity.give-grant': account(
    '/grants',
    { role: 'GUIDE', scope: 'agency', unit: 'ubnd-ha-long', reason: REASON },
    ['identity.grant-exists', 'identity.beyond-your-rights'],
  ),
  'identity.revoke-grant': account(`/grants/${NOBODY}/revoke`, { reason: REASON }, [
    'identity.grant-not-found',
  ]),
  'identity.start-delegation': anyone(
    () => ({
      method: 'POST',
      url: '/delegations',
      body: {
        ...{ to: 'khong-co-ai', roles: ['GUIDE'], reason: REASON },
        ...{ start: '2026-04-22T00:00:00Z', end: '2026-04-23T00:00:00Z' },
      },
    }),
    ['identity.account-not-found', 'identity.role-not-held'],
  ),
  'identity.list-my-delegations': anyone(() => ({ method: 'GET', url: '/me/delegations' })),
  'identity.end-delegation': anyone(
    () => ({ method: 'POST', url: `/delegations/${NOBODY}/end`, body: {} }),
    ['identity.delegation-not-found'],
  ),
}

/** What the policy says to this officer: `ok` stands for the operation's answer. */
export const expectedOf = (row: Row, { role, reach }: Pick<Asker, 'role' | 'reach'>): readonly string[] => {
  const { may } = row
  const allowed =
    may === 'anyone' ||
    ('only' in may
      ? may.only.includes(`${role} ${reach}`)
      : may.roles.includes(role) && (may.any === true || reach !== 'elsewhere'))
  if (allowed) return ['ok', ...(row.past ?? [])]
  const reads = SEES[reach](role).includes('A')
  if (reads && row.readersDenied) return [row.readersDenied]
  const administers = includes(ADMINISTRATORS, role) && row.administratorsDenied !== undefined
  return [(administers ? row.administratorsDenied : row.denied) ?? 'platform.forbidden']
}

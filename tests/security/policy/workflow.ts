import type { Ask, Row } from '../row.ts'
import { anyone, NOBODY, REASON } from './shared.ts'

const process = (ask: Ask, past: readonly string[] = []): Row => ({
  ask: () => ask,
  may: { roles: ['PROCESS_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past,
})

const dispatch = (what: 'tasks' | 'waits', verb: string, more: object = {}): Row => ({
  ask: () => ({
    method: 'POST',
    url: `/dispatch/${what}/${NOBODY}/${verb}`,
    body: { reason: REASON, ...more },
  }),
  may: { roles: ['UNIT_LEAD', 'AGENCY_LEAD', 'CENTRE_OFFICER', 'SYSTEM_ADMIN'], any: true },
  denied: 'platform.forbidden',
  past: ['workflow.not-stuck'],
})

/** Processes and their versions. */
export const WORKFLOW: Readonly<Record<string, Row>> = {
  'workflow.list-dispatch': anyone(() => ({ method: 'GET', url: '/dispatch?limit=200' })),
  'workflow.reassign-stuck-task': dispatch('tasks', 'reassign', { unit: 'khong-co' }),
  'workflow.release-stuck-task': dispatch('tasks', 'release'),
  'workflow.retry-stuck-wait': dispatch('waits', 'retry'),
  'workflow.deliver-stuck-message': dispatch('waits', 'deliver'),
  'workflow.import-process': process({ method: 'POST', url: '/processes/import', body: { xml: '<no/>' } }, [
    'workflow.process-unreadable',
    'workflow.process-invalid',
  ]),
  'workflow.list-processes': anyone(() => ({ method: 'GET', url: '/processes' })),
  'workflow.get-process': anyone(
    () => ({ method: 'GET', url: '/processes/khong-co' }),
    ['workflow.process-not-found'],
  ),
  'workflow.get-process-positions': anyone(
    () => ({ method: 'GET', url: `/process-versions/${NOBODY}/positions` }),
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
}

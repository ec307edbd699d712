import type { Row } from '../row.ts'
import { ADMINISTRATORS, anyone, NOBODY, REASON } from './shared.ts'

const account = (verb: string, body: object, past: readonly string[] = []): Row => ({
  ask: ({ victim }) => ({ method: 'POST', url: `/accounts/${victim}${verb}`, body }),
  may: { roles: ADMINISTRATORS },
  denied: 'platform.forbidden',
  administratorsDenied: 'identity.account-not-found',
  past,
})

/** Accounts, rights, delegations. */
export const IDENTITY: Readonly<Record<string, Row>> = {
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

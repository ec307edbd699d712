import { type Route, route } from '#platform/http/route.ts'
import * as contract from './contract.ts'
import type { IdentityService } from './service.ts'

export const createIdentityRoutes = (service: IdentityService): Route[] => [
  route(contract.getMe, (_input, { actor }) => service.getMe(actor)),
  route(contract.listMySessions, (_input, { actor }) => service.listMySessions(actor)),
  route(contract.endMySession, async ({ session }, { actor }) => {
    await service.endMySession(actor, session)
    return {}
  }),
  route(contract.endAllMySessions, async (_input, { actor }) => {
    await service.endAllMySessions(actor)
    return {}
  }),
  route(contract.listAccounts, (input, { actor }) => service.listAccounts(actor, input)),
  route(contract.getAccount, ({ account }, { actor }) => service.getAccount(actor, account)),
  route(contract.createAccount, (input, { actor }) => service.createAccount(actor, input)),
  route(contract.disableAccount, (input, { actor }) => service.disableAccount(actor, input)),
  route(contract.enableAccount, (input, { actor }) => service.enableAccount(actor, input)),
  route(contract.resetAccess, (input, { actor }) => service.resetAccess(actor, input)),
  route(contract.giveGrant, (input, { actor }) => service.giveGrant(actor, input)),
  route(contract.revokeGrant, async (input, { actor }) => {
    await service.revokeGrant(actor, input)
    return {}
  }),
  route(contract.startDelegation, (input, { actor }) => service.startDelegation(actor, input)),
  route(contract.listMyDelegations, (_input, { actor }) => service.listMyDelegations(actor)),
  route(contract.endDelegation, async ({ delegation }, { actor }) => {
    await service.endDelegation(actor, delegation)
    return {}
  }),
]

/**
 * Identity: accounts, sessions, roles and grants, and the policy vocabulary of every other module.
 * Passwords, sessions and second factors are better-auth's (docs/adr/0003); what an officer may do is ours.
 */
import type { Actor } from './contract.ts'

declare module '#platform/http/route.ts' {
  interface RequestActors {
    actor: Actor
  }
}

export type { Actor, Grant, Role, Scope, StaffActor } from './contract.ts'

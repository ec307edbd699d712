import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'

/**
 * Every role, with its words for people. Names are stable: grants, process steps and outside checks refer to them.
 * A role says what; the grant's scope and unit say where.
 */
export const ROLES = {
  RECEPTION: { vi: 'Cán bộ một cửa', en: 'One-stop officer' },
  GUIDE: { vi: 'Hướng dẫn', en: 'Guide' },
  DIGITISER: { vi: 'Nhân viên số hóa', en: 'Digitiser' },
  CASHIER: { vi: 'Thu phí, lệ phí', en: 'Cashier' },
  RETURN_DESK: { vi: 'Trả kết quả', en: 'Return desk' },
  SPECIALIST: { vi: 'Chuyên viên thụ lý', en: 'Specialist' },
  UNIT_LEAD: { vi: 'Lãnh đạo phòng', en: 'Head of section' },
  AGENCY_LEAD: { vi: 'Lãnh đạo đơn vị', en: 'Head of agency' },
  CLERK: { vi: 'Văn thư', en: 'Clerk' },
  CENTRE_OFFICER: { vi: 'Cán bộ Trung tâm', en: 'Centre officer' },
  SUPERVISOR: { vi: 'Giám sát', en: 'Supervisor' },
  COMPLAINT_OFFICER: { vi: 'Tiếp công dân, giải quyết khiếu nại', en: 'Complaint officer' },
  CENTRE_DIRECTOR: { vi: 'Giám đốc Trung tâm', en: 'Centre director' },
  NOTARY: { vi: 'Chứng thực điện tử', en: 'Electronic certification' },
  POSTAL: { vi: 'Nhân viên bưu chính', en: 'Postal officer' },
  POPULATION_QUERY: { vi: 'Tra cứu CSDL quốc gia về dân cư', en: 'Population database look-up' },
  NON_TERRITORIAL: { vi: 'Tiếp nhận phi địa giới', en: 'Non-territorial reception' },
  CATALOG_ADMIN: { vi: 'Kiểm soát TTHC: danh mục', en: 'Procedure control: catalogue' },
  PROCESS_ADMIN: { vi: 'Kiểm soát TTHC: quy trình', en: 'Procedure control: processes' },
  REPORTER: { vi: 'Thống kê, báo cáo', en: 'Statistics and reports' },
  DUE_WATCH: { vi: 'Theo dõi tới hạn, quá hạn', en: 'Due-date watch' },
  UNIT_ADMIN: { vi: 'Quản trị đơn vị', en: 'Unit administrator' },
  SYSTEM_ADMIN: { vi: 'Quản trị hệ thống', en: 'System administrator' },
  AUDITOR: { vi: 'Thanh tra, kiểm toán', en: 'Auditor' },
} as const

export type Role = keyof typeof ROLES

// `Object.keys` widens to string[]; the table above is closed, so its keys are exactly the roles.
export const ROLE_NAMES = Object.keys(ROLES) as [Role, ...Role[]]
export const Role = z.enum(ROLE_NAMES)

/** How far a grant reaches from the unit where it is anchored; `own` reaches only what the person has in hand. */
export const SCOPES = {
  own: { vi: 'Hồ sơ của mình', en: 'Own dossiers' },
  unit: { vi: 'Trong phòng', en: 'Own unit' },
  agency: { vi: 'Trong cơ quan', en: 'Whole agency' },
  centre: { vi: 'Trong Trung tâm', en: 'Whole centre' },
  province: { vi: 'Toàn tỉnh', en: 'Whole province' },
} as const

export type Scope = keyof typeof SCOPES
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]]
export const Scope = z.enum(SCOPE_NAMES)

/** A right that is in force. `unit` is the organisation unit it is anchored at; null only with scope `province`. */
export type Grant = { role: Role; scope: Scope; unit: string | null }

/** A signed-in officer. `unit`, `centre` and `counter` are where the person works today; `grants` what is in force now. */
export type StaffActor = {
  kind: 'staff'
  /** Account id. */
  id: string
  username: string
  name: string
  position: string
  unit: string
  centre: string | null
  counter: string | null
  grants: Grant[]
  /** Colleagues whose roles this officer exercises now, by delegation; absent when there are none. */
  actsFor?: { id: string; name: string; roles: Role[] }[]
  /** Session id (never the secret in the cookie). */
  session: string
}

/** Who acts: an officer, anybody from the public, or the system itself (a schedule, the simulator, another system). */
export type Actor = StaffActor | { kind: 'public' } | { kind: 'system'; name: string }

/** A right as it is kept: who gave it, why and until when. Times in RFC 3339. */
export const HeldGrant = z.object({
  id: z.string().describe('Id of the grant'),
  role: Role,
  roleName: z.object({ vi: z.string(), en: z.string() }),
  scope: Scope,
  scopeName: z.object({ vi: z.string(), en: z.string() }),
  unit: z
    .string()
    .nullable()
    .describe('Organisation unit the right is anchored at; null: the whole province'),
  from: z.string().describe('In force from'),
  until: z.string().nullable().describe('In force until; null: without end'),
  delegatedBy: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('The colleague whose right this is, when held by delegation'),
})
export type HeldGrant = z.infer<typeof HeldGrant>

const AccountId = z.uuid().describe('Id of the account')
const Reason = z.string().trim().min(3).max(500).describe('Why; kept in the log')
const Instant = z.iso.datetime({ offset: true })
const Unit = z.string().trim().min(1).max(100).describe('Organisation unit, its slug')

export const Me = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  position: z.string(),
  unit: z.string(),
  agency: z.string(),
  centre: z.string().nullable(),
  counter: z.string().nullable(),
  grants: z.array(HeldGrant),
  rail: z.array(z.string()).describe("Destinations of the desk's navigation that this person has"),
  secondFactor: z.boolean(),
  passwordChangeDue: z
    .boolean()
    .describe('Signed in by a one-time password: no right is in force until a new password is set'),
  session: z.object({ id: z.string(), endsAt: z.string().describe('Absolute end of the session') }),
})

export const getMe = defineOperation({
  id: 'identity.get-me',
  method: 'GET',
  path: '/me',
  summary: 'Who is signed in, with rights and what the desk shows',
  access: 'staff',
  input: z.object({}),
  output: Me,
  errors: [],
})

export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  startedAt: z.string(),
  lastUsedAt: z.string().describe('Known to the minute'),
  endsAt: z.string(),
  address: z.string().nullable(),
  device: z.string().nullable().describe('As the browser calls itself'),
})

export const listMySessions = defineOperation({
  id: 'identity.list-my-sessions',
  method: 'GET',
  path: '/me/sessions',
  summary: 'Where this account is signed in',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(Session) }),
  errors: [],
})

export const endMySession = defineOperation({
  id: 'identity.end-my-session',
  method: 'DELETE',
  path: '/me/sessions/:session',
  summary: 'End one of the own sessions',
  access: 'staff',
  input: z.object({ session: z.uuid() }),
  output: z.object({}),
  status: 204,
  errors: ['identity.session-not-found'],
})

export const endAllMySessions = defineOperation({
  id: 'identity.end-all-my-sessions',
  method: 'DELETE',
  path: '/me/sessions',
  summary: 'Sign out everywhere, here too',
  access: 'staff',
  input: z.object({}),
  output: z.object({}),
  status: 204,
  errors: [],
})

export const Account = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  position: z.string(),
  unit: z.string(),
  agency: z.string(),
  centre: z.string().nullable(),
  counter: z.string().nullable(),
  disabled: z.boolean(),
  secondFactor: z.boolean(),
  passwordChangeDue: z.boolean(),
  roles: z.array(Role).describe('Roles in force now, without delegated ones'),
})
export type Account = z.infer<typeof Account>

export const listAccounts = defineOperation({
  id: 'identity.list-accounts',
  method: 'GET',
  path: '/accounts',
  summary: 'The accounts that the caller looks after, by name',
  access: 'staff',
  input: z.object({
    q: z.string().trim().max(100).optional().describe('Part of the name or user name, without accents'),
    unit: Unit.optional(),
    role: Role.optional(),
    after: z.string().max(300).optional().describe('`next` of the page before'),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: z.object({ items: z.array(Account), next: z.string().nullable() }),
  errors: [],
})

export const getAccount = defineOperation({
  id: 'identity.get-account',
  method: 'GET',
  path: '/accounts/:account',
  summary: 'One account with its grants',
  access: 'staff',
  input: z.object({ account: AccountId }),
  output: Account.extend({ grants: z.array(HeldGrant) }),
  errors: ['identity.account-not-found'],
})

const OneTimePassword = z.object({
  oneTimePassword: z.string().describe('Shown once, never kept in clear; hand it over in person'),
  oneTimeUntil: z.string().describe('After this it no longer signs in'),
})

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,59}$/)
  .describe('3–60 letters without accents, digits, dot, dash, underscore')

export const createAccount = defineOperation({
  id: 'identity.create-account',
  method: 'POST',
  path: '/accounts',
  summary: 'Open an account with a one-time password',
  access: 'staff',
  input: z.object({
    username: Username,
    name: z.string().trim().min(2).max(120).describe('Full name'),
    position: z.string().trim().min(2).max(120).describe('Position, as on the appointment'),
    unit: Unit,
    agency: Unit.describe('The agency that the unit belongs to'),
    centre: Unit.nullable().default(null).describe('Centre where the person serves'),
    counter: z.string().trim().min(1).max(100).nullable().default(null),
  }),
  output: OneTimePassword.extend({ id: z.string(), username: z.string() }),
  status: 201,
  errors: ['identity.username-taken'],
})

const accountCommand = { account: AccountId, reason: Reason }

export const disableAccount = defineOperation({
  id: 'identity.disable-account',
  method: 'POST',
  path: '/accounts/:account/disable',
  summary: 'Close an account and end its sessions',
  access: 'staff',
  input: z.object(accountCommand),
  output: Account,
  errors: ['identity.account-not-found', 'identity.not-yourself', 'identity.beyond-your-rights'],
})

export const enableAccount = defineOperation({
  id: 'identity.enable-account',
  method: 'POST',
  path: '/accounts/:account/enable',
  summary: 'Open a closed account again',
  access: 'staff',
  input: z.object(accountCommand),
  output: Account,
  errors: ['identity.account-not-found', 'identity.not-yourself', 'identity.beyond-your-rights'],
})

export const resetAccess = defineOperation({
  id: 'identity.reset-access',
  method: 'POST',
  path: '/accounts/:account/reset-access',
  summary:
    'Give a one-time password, take the second factor off and end all sessions (lost phone, forgotten password)',
  access: 'staff',
  input: z.object(accountCommand),
  output: OneTimePassword,
  errors: ['identity.account-not-found', 'identity.not-yourself', 'identity.beyond-your-rights'],
})

export const giveGrant = defineOperation({
  id: 'identity.give-grant',
  method: 'POST',
  path: '/accounts/:account/grants',
  summary: 'Give a role with a scope',
  access: 'staff',
  input: z
    .object({
      account: AccountId,
      role: Role,
      scope: Scope,
      unit: Unit.nullable().default(null),
      until: Instant.nullable().default(null),
      reason: Reason,
    })
    .refine((grant) => grant.unit !== null || grant.scope === 'province', {
      path: ['unit'],
      message: 'Chọn đơn vị mà quyền này gắn vào.',
    }),
  output: HeldGrant,
  status: 201,
  errors: [
    'identity.account-not-found',
    'identity.not-yourself',
    'identity.beyond-your-rights',
    'identity.grant-exists',
    'identity.system-administrator-alone',
    'identity.period-invalid',
  ],
})

export const revokeGrant = defineOperation({
  id: 'identity.revoke-grant',
  method: 'POST',
  path: '/accounts/:account/grants/:grant/revoke',
  summary: 'Take a role away from now on',
  access: 'staff',
  input: z.object({ account: AccountId, grant: z.uuid(), reason: Reason }),
  output: z.object({}),
  status: 204,
  errors: ['identity.account-not-found', 'identity.grant-not-found', 'identity.beyond-your-rights'],
})

export const Delegation = z.object({
  id: z.string(),
  from: z.object({ id: z.string(), name: z.string() }),
  to: z.object({ id: z.string(), name: z.string() }),
  roles: z.array(Role),
  start: z.string(),
  end: z.string(),
  reason: z.string(),
})
export type Delegation = z.infer<typeof Delegation>

export const startDelegation = defineOperation({
  id: 'identity.start-delegation',
  method: 'POST',
  path: '/delegations',
  summary:
    'Let a colleague exercise roles for a period; the own ones, or those of an account one looks after',
  access: 'staff',
  input: z.object({
    from: AccountId.optional().describe('Whose roles; the own ones when absent'),
    to: Username.describe('User name of the colleague'),
    roles: z.array(Role).min(1).max(ROLE_NAMES.length),
    start: Instant,
    end: Instant,
    reason: Reason,
  }),
  output: Delegation,
  status: 201,
  errors: [
    'identity.account-not-found',
    'identity.not-yourself',
    'identity.role-not-held',
    'identity.role-personal',
    'identity.system-administrator-alone',
    'identity.delegation-exists',
    'identity.period-invalid',
  ],
})

export const listMyDelegations = defineOperation({
  id: 'identity.list-my-delegations',
  method: 'GET',
  path: '/me/delegations',
  summary: 'Delegations given and received that have not ended',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(Delegation) }),
  errors: [],
})

export const endDelegation = defineOperation({
  id: 'identity.end-delegation',
  method: 'POST',
  path: '/delegations/:delegation/end',
  summary: 'End a delegation now; by whoever gave it or looks after that account',
  access: 'staff',
  input: z.object({ delegation: z.uuid() }),
  output: z.object({}),
  status: 204,
  errors: ['identity.delegation-not-found'],
})

export const listDemoAccounts = defineOperation({
  id: 'identity.list-demo-accounts',
  method: 'GET',
  path: '/demo/accounts',
  summary: 'The invented officers of the demo province; absent outside the demo',
  access: 'public',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        username: z.string(),
        password: z.string(),
        name: z.string(),
        position: z.string(),
        roles: z.array(Role),
        unit: z.string(),
        agency: z.string(),
        centre: z.string().nullable(),
        counter: z.string().nullable(),
      }),
    ),
  }),
  errors: [],
})

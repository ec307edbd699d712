import { z } from 'zod'

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
  /** Session id (never the secret in the cookie). */
  session: string
}

/** Who acts: an officer, anybody from the public, or the system itself (a schedule, the simulator, another system). */
export type Actor = StaffActor | { kind: 'public' } | { kind: 'system'; name: string }

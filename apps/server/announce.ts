import type { DemoPerson } from '#modules/identity/index.ts'
import { toLocalIso } from '#platform/time/vietnam.ts'
import type { Config } from './config.ts'

export type Say = (line: string) => void

const SHOWN_ROLES = [
  'RECEPTION',
  'SPECIALIST',
  'UNIT_LEAD',
  'AGENCY_LEAD',
  'CLERK',
  'RETURN_DESK',
  'SUPERVISOR',
  'SYSTEM_ADMIN',
]

export const announce = (say: Say, address: string): void => {
  say(`\nMột Cửa: ${address}          cổng công dân · portal`)
  say(`         ${address}/desk     bàn làm việc · desk`)
}

/** One officer of each role that shows something of the product, and where the others are listed. */
export const announceDemo = (
  say: Say,
  address: string,
  staff: readonly DemoPerson[],
  clock: Config['demoClock'],
): void => {
  if (clock)
    say(
      `\nĐồng hồ của tỉnh mẫu bắt đầu lúc ${toLocalIso(clock.from)}, nhanh gấp ${clock.speed} lần · the demo’s clock began at ${toLocalIso(clock.from)}, ${clock.speed} times as fast`,
    )
  say('\nTài khoản dùng thử, mật khẩu "motcua-demo" · demo accounts, password "motcua-demo":')
  for (const role of SHOWN_ROLES) {
    const person = staff.find(({ grants }) => grants.some((grant) => grant.role === role))
    if (person) say(`  ${role.padEnd(12)} ${person.username.padEnd(28)} ${person.position}`)
  }
  say(`  … ${staff.length} tài khoản, xem ${address}/api/demo/accounts`)
}

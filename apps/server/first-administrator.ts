import { provincialCommittee } from '#modules/organisation/rules.ts'
import { readConfig } from './config.ts'
import { startServer } from './start.ts'

/** `node scripts/run.mjs apps/server/first-administrator.ts USERNAME "FULL NAME"`: the one account that nobody can give. */
const [username, name] = process.argv.slice(2)
if (!username || !name) {
  console.error('Cách dùng · usage: first-administrator.ts USERNAME "HỌ VÀ TÊN"')
  process.exit(2)
}

const config = readConfig(process.env)
const { running, stop } = startServer({ ...config, port: 0, host: '127.0.0.1' }, () => undefined)
try {
  const { services, db } = await running
  const held = await db
    .selectFrom('account_grant')
    .select('id')
    .where('role', '=', 'SYSTEM_ADMIN')
    .where('revoked_by', 'is', null)
    .executeTakeFirst()
  if (held)
    throw new Error(
      'Đã có quản trị hệ thống; tài khoản tiếp theo do người đó tạo. · There is an administrator already.',
    )
  const unit = provincialCommittee(await services.organisation.tree())?.id ?? ''
  const actor = { kind: 'system', name: 'Cài đặt' } as const
  const position = 'Quản trị hệ thống'
  const account = await services.identity.service.createAccount(actor, {
    username,
    name,
    position,
    unit,
    agency: unit,
    centre: null,
    counter: null,
  })
  await services.identity.service.giveGrant(actor, {
    account: account.id,
    role: 'SYSTEM_ADMIN',
    scope: 'province',
    unit: null,
    until: null,
    reason: 'Quản trị đầu tiên của hệ thống',
  })
  console.log(`Tài khoản · account: ${account.username}`)
  console.log(
    `Mật khẩu dùng một lần · one-time password: ${account.oneTimePassword} (đến · until ${account.oneTimeUntil})`,
  )
} finally {
  await stop()
}

import path from 'node:path'
import { z } from 'zod'
import { PROFILES } from '#modules/organisation/profiles.ts'

const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('0')
  .transform((value) => value === '1' || value === 'true')

/** Everything the process takes from its environment, in one place; nothing else reads it. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(24),
  PROFILE: z.enum(PROFILES).default('quang-ninh-2016'),
  DEMO: flag,
  /** How many dossiers the demo province begins with; a few hundred unless told. */
  DEMO_DOSSIERS: z.coerce.number().int().min(0).max(5_000).optional(),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info']).default('warn'),
  TRUST_PROXY: flag,
  /** How citizens reach the portal; printed in the QR of the slip. */
  PUBLIC_URL: z.url().optional(),
  HOTLINE: z.string().max(40).default('1900 0000'),
  /** Of each public operation from one address; a hall's displays, kiosks and visitors often share one. */
  PUBLIC_REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(6_000),
})

export type Config = {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  databasePool: number
  profile: (typeof PROFILES)[number]
  demo: boolean
  demoDossiers: number | undefined
  production: boolean
  logLevel: 'silent' | 'error' | 'warn' | 'info'
  trustProxy: boolean
  publicUrl: string | undefined
  hotline: string
  publicRequestsPerMinute: number
}

/** Names every variable that is wrong, so that one start mends them all. */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const result = Environment.safeParse(environment)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`Cấu hình chưa đúng · invalid configuration:\n${problems.join('\n')}`)
  }
  const { data } = result
  const production = data.NODE_ENV === 'production'
  // Accounts with a published password must never meet real dossiers.
  if (data.DEMO && production) {
    throw new Error(
      'Cấu hình chưa đúng · invalid configuration:\n  DEMO=1 mở tài khoản có mật khẩu công khai nên không chạy với NODE_ENV=production. · DEMO=1 opens accounts with a published password; it refuses to start with NODE_ENV=production.',
    )
  }
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: path.resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    profile: data.PROFILE,
    demo: data.DEMO,
    demoDossiers: data.DEMO_DOSSIERS,
    production,
    logLevel: data.LOG_LEVEL,
    trustProxy: data.TRUST_PROXY,
    publicUrl: data.PUBLIC_URL,
    hotline: data.HOTLINE,
    publicRequestsPerMinute: data.PUBLIC_REQUESTS_PER_MINUTE,
  }
}

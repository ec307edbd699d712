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
  /** When it is in the demo province at the start, say `2026-11-30T07:00:00+07:00`; as it is when left out. */
  DEMO_TIME: z.iso.datetime({ offset: true }).optional(),
  /** How many times as fast as time the clock of the demo province goes. */
  DEMO_SPEED: z.coerce.number().min(0.1).max(3_600).default(1),
  /** Halls of a new demo province: open whenever somebody looks, or by the working hours of their centre. */
  DEMO_HALLS: z.enum(['always', 'working-hours']).default('always'),
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
  /** The demo province's own time; undefined: the machine's. */
  demoClock: { from: Date; speed: number } | undefined
  demoHalls: 'always' | 'working-hours'
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
  // A moved clock would falsify real deadlines and the log; there is none outside the demo.
  const moved = data.DEMO_TIME !== undefined || data.DEMO_SPEED !== 1
  if (moved && !data.DEMO) {
    throw new Error(
      'Cấu hình chưa đúng · invalid configuration:\n  DEMO_TIME và DEMO_SPEED chỉ dùng với DEMO=1. · DEMO_TIME and DEMO_SPEED need DEMO=1.',
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
    demoClock: moved
      ? { from: data.DEMO_TIME ? new Date(data.DEMO_TIME) : new Date(), speed: data.DEMO_SPEED }
      : undefined,
    demoHalls: data.DEMO_HALLS,
    production,
    logLevel: data.LOG_LEVEL,
    trustProxy: data.TRUST_PROXY,
    publicUrl: data.PUBLIC_URL,
    hotline: data.HOTLINE,
    publicRequestsPerMinute: data.PUBLIC_REQUESTS_PER_MINUTE,
  }
}

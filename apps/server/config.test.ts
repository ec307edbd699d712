import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('the configuration', () => {
  it('refuses accounts with a published password in production', () => {
    expect(() => readConfig({ DEMO: '1', NODE_ENV: 'production' })).toThrow('DEMO=1')
    expect(readConfig({ DEMO: '1' })).toMatchObject({ demo: true, production: false })
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({ demo: false, production: true })
  })
  it('moves the clock in the demo alone', () => {
    expect(() => readConfig({ DEMO_TIME: '2026-11-30T07:00:00+07:00' })).toThrow('DEMO_TIME')
    expect(() => readConfig({ DEMO_SPEED: '60' })).toThrow('DEMO_SPEED')
    expect(readConfig({ DEMO: '1' }).demoClock).toBeUndefined()
    expect(readConfig({ DEMO: '1', DEMO_TIME: '2026-11-30T07:00:00+07:00', DEMO_SPEED: '60' })).toMatchObject(
      {
        demoClock: { from: new Date('2026-11-30T00:00:00Z'), speed: 60 },
      },
    )
  })
  it('names every variable that is wrong at once', () => {
    const wrong = () => readConfig({ PORT: 'x', DATABASE_URL: 'mysql://a', PROFILE: 'nowhere' })
    expect(wrong).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*PROFILE/)
  })
})

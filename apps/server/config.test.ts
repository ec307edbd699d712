import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('the configuration', () => {
  it('refuses accounts with a published password in production', () => {
    expect(() => readConfig({ DEMO: '1', NODE_ENV: 'production' })).toThrow('DEMO=1')
    expect(readConfig({ DEMO: '1' })).toMatchObject({ demo: true, production: false })
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({ demo: false, production: true })
  })
  it('names every variable that is wrong at once', () => {
    const wrong = () => readConfig({ PORT: 'x', DATABASE_URL: 'mysql://a', PROFILE: 'nowhere' })
    expect(wrong).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*PROFILE/)
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../tests/support/database.ts'
import { connect } from './connect.ts'
import { createNames, isPreparable } from './prepared.ts'

describe('what is prepared', () => {
  it.each([
    ['a look-up by key', 'select id, state from task where id = $1', ['a'], true],
    ['an insert from lists', 'insert into event (id) select * from unnest($1::uuid[])', [[]], true],
    [
      'a page, whose plan depends on its values',
      'select id from dossier where state = $1 limit $2',
      ['X', 50],
      false,
    ],
    ['every column, which a migration adds to', 'select d.* from dossier d where d.id = $1', ['a'], false],
    ['every column that was written', 'update task set state = $1 returning *', ['open'], false],
    ['several statements at once', 'begin', [], false],
    [
      'a list that grows with what it carries',
      'select 1 where $1 = any($2)',
      Array.from({ length: 61 }),
      false,
    ],
  ] as const)('%s: %s', (_, text, values, expected) => {
    expect(isPreparable(text, values)).toBe(expected)
  })

  it('has a name of its own from the second time on, and no more than so many are kept', () => {
    const nameOf = createNames(2)
    const texts = ['a', 'b', 'c']
    expect(texts.map(nameOf)).toEqual([undefined, undefined, undefined])
    const [a, b, c] = texts.map(nameOf)
    expect([typeof a, typeof b, c]).toEqual(['string', 'string', undefined])
    expect(new Set([a, b]).size).toBe(2)
    expect(nameOf('a')).toBe(a)
  })
})

describe('on a connection', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let connected: ReturnType<typeof connect>
  beforeAll(async () => {
    database = await testDatabase()
    connected = connect({ url: database.url, poolSize: 1 })
    await connected.pool.query('create table kept (id integer primary key, name text)')
    await connected.pool.query(`insert into kept values (1, 'một')`)
  })
  afterAll(async () => {
    await connected.close()
    await database.drop()
  })
  const names = () => connected.pool.query('select name from kept where id = $1', [1])
  const prepared = async (): Promise<number> => {
    const { rows } = await connected.pool.query(
      `select count(*) as n from pg_prepared_statements where name like 'kept-%'`,
    )
    return rows[0].n
  }

  it('answers the same and is kept once; a column more does not break it', async () => {
    for (let i = 0; i < 8; i++) expect((await names()).rows).toEqual([{ name: 'một' }])
    expect(await prepared()).toBe(1)
    const everything = () => connected.pool.query('select * from kept where id = $1', [1])
    for (let i = 0; i < 3; i++) await everything()
    await connected.pool.query('alter table kept add column note text')
    expect((await everything()).rows).toEqual([{ id: 1, name: 'một', note: null }])
    expect((await names()).rows).toEqual([{ name: 'một' }])
  })
})

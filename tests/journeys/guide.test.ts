import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { DESK_SCREENS, HALL_SCREENS, PORTAL_SCREENS } from './screen-list.ts'

const root = path.join(import.meta.dirname, '../..')
const pages = ['README.md', 'README.vi.md', ...globSync('docs/huong-dan/*.md', { cwd: root })]
const linksIn = (page: string): string[] =>
  [...readFileSync(path.join(root, page), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(([, to = '']) => to)

describe.each(pages)('%s', (page) => {
  it('leads only to pages and pictures that exist', () => {
    const lost = linksIn(page).filter((to) => !existsSync(path.join(root, path.dirname(page), to)))
    expect(lost).toEqual([])
  })
})

it('every picture of the guide is one that the journeys take', () => {
  const taken = new Set(
    [...DESK_SCREENS, ...PORTAL_SCREENS, ...HALL_SCREENS].flatMap(({ name }) => [name, `${name}-wide`]),
  )
  const shown = pages.flatMap(linksIn).flatMap((to) => /screens\/(.+)\.png$/.exec(to)?.[1] ?? [])
  expect(shown.length).toBeGreaterThan(20)
  expect(shown.filter((name) => !taken.has(name))).toEqual([])
})

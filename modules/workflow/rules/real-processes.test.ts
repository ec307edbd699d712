import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROLE_NAMES } from '#modules/identity/contract.ts'
import { treeOf } from '#modules/organisation/test-tree.ts'
import { compileProcess } from './compile.ts'
import { childOf, childrenOf, createModdle, textOf } from './moddle.ts'

const folder = path.join(import.meta.dirname, '../../../data/processes')
const files = (await readdir(folder)).filter((name) => name.endsWith('.bpmn'))
const tree = await treeOf('quang-ninh-2025')
const options = {
  roles: new Set<string>(ROLE_NAMES),
  agencies: new Set(tree.units.keys()),
  operations: new Set<string>(),
}

describe('processes of real procedures', () => {
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(3))

  it.each(files)('%s stands every check and is drawn whole', async (name) => {
    const xml = await readFile(path.join(folder, name), 'utf8')
    const compiled = await compileProcess(xml, options)
    expect(compiled.ok ? [] : compiled.problems.map(({ en }) => en)).toEqual([])
    const { rootElement } = await createModdle().fromXML(xml)
    const [process] = childrenOf(rootElement, 'rootElements')
    const [diagram] = childrenOf(rootElement, 'diagrams')
    const plane = diagram && childOf(diagram, 'plane')
    const inside = (one: NonNullable<typeof process>): string[] =>
      childrenOf(one, 'flowElements').flatMap((element) => [textOf(element, 'id'), ...inside(element)])
    const drawn = plane
      ? childrenOf(plane, 'planeElement').map((one) => textOf(childOf(one, 'bpmnElement') ?? one, 'id'))
      : []
    expect(drawn.toSorted()).toEqual(process ? inside(process).toSorted() : [])
  })
})

import { expect, it } from 'vitest'
import { canonicalJson } from '../canonical.ts'
import { createFastCheck, differingColumns, type RowFields } from './columns.ts'

type Columns = {
  id: string
  type: string
  at: string
  actor: { kind: string; id: string | null; name: string }
  subject: { kind: string; id: string }
}

const sample = (over: Partial<Columns> = {}): Columns => ({
  id: '0199a0f0-1234-7abc-8def-00ff10203040',
  type: 'dossier-accepted',
  at: '2026-01-05T08:09:10.011Z',
  actor: { kind: 'staff', id: '01990000-0000-7000-8000-000000000010', name: 'Nguyễn Thị Ví Dụ' },
  subject: { kind: 'dossier', id: '01990000-0000-7000-8000-000000000001' },
  ...over,
})

/** A row as it lies in a chunk: at an odd place, with something behind it. */
const rowOf = (columns: Columns, body: Buffer): RowFields => {
  const parts: Buffer[] = [Buffer.from('abc')]
  let place = 3
  const put = (bytes: Buffer): [number, number] => {
    parts.push(bytes)
    place += bytes.length
    return [place - bytes.length, place]
  }
  const at = Buffer.alloc(8)
  at.writeBigInt64BE(BigInt(Date.parse(columns.at) - Date.UTC(2000, 0, 1)) * 1000n)
  const places = {
    id: put(Buffer.from(columns.id.replaceAll('-', ''), 'hex'))[0],
    type: put(Buffer.from(columns.type)),
    at: put(at)[0],
    actorKind: put(Buffer.from(columns.actor.kind)),
    actorId: columns.actor.id === null ? ([-1, -1] as const) : put(Buffer.from(columns.actor.id)),
    actorName: put(Buffer.from(columns.actor.name)),
    subjectKind: put(Buffer.from(columns.subject.kind)),
    subjectId: put(Buffer.from(columns.subject.id)),
    body: put(body),
  }
  const bytes = Buffer.concat(parts)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), ...places }
}

const bodyOf = (columns: Columns): Buffer => Buffer.from(canonicalJson({ ...columns, data: { n: 1 } }))

const plain = [
  sample(),
  sample({ type: 'a' }),
  sample({ type: 'ab', subject: { kind: 'abc', id: 'abcde' } }),
  sample({ actor: { kind: 'system', id: null, name: 'Hệ thống' } }),
  sample({ at: '2026-12-31T23:59:59.999Z' }),
  sample({ actor: { kind: 'staff', id: '', name: '\u007fÿ\uffff' } }),
]

it('knows a sound row without reading its body as JSON', () => {
  const fits = createFastCheck()
  for (const columns of plain) expect(fits(rowOf(columns, bodyOf(columns))), columns.type).toBe(true)
})

it('never takes a row with any byte changed for one whose columns say what its body says', () => {
  const fits = createFastCheck()
  let refused = 0
  for (const columns of plain) {
    const sound = rowOf(columns, bodyOf(columns))
    // What the data say is the hash's matter alone.
    const data = sound.bytes.indexOf('{"n":1}')
    for (let at = 3; at < sound.bytes.length; at = at + 1 === data ? data + 7 : at + 1)
      for (const change of [1, 2, 0x20, 0x80]) {
        const bytes = Buffer.from(sound.bytes)
        bytes[at] = (bytes[at] ?? 0) ^ change
        const row = { ...sound, bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }
        if (fits(row)) expect(differingColumns(row), `byte ${at} ^ ${change}`).toEqual([])
        else refused++
      }
  }
  expect(refused).toBeGreaterThan(5_000)
})

it.each(['"', '\\', '\n', '\u0000', '\u001f'])(
  'leaves a column with %j to the slow comparison, wherever it stands',
  (character) => {
    const fits = createFastCheck()
    for (let length = 0; length < 9; length++)
      for (let at = 0; at <= length; at++) {
        const name = `${'x'.repeat(at)}${character}${'y'.repeat(length - at)}`
        const columns = sample({ actor: { kind: 'staff', id: null, name } })
        // The body as somebody would forge it: the column's bytes between quotes as they are.
        const forged = bodyOf(sample({ actor: { kind: 'staff', id: null, name: 'NAME' } }))
        expect(fits(rowOf(columns, Buffer.from(forged.toString().replace('NAME', name))))).toBe(false)
        expect(differingColumns(rowOf(columns, bodyOf(columns)))).toEqual([])
      }
  },
)

it('refuses a body that ends before what is looked for, also at the end of what was received', () => {
  const fits = createFastCheck()
  const columns = sample()
  const body = bodyOf(columns)
  for (let length = 0; length < body.length; length++)
    expect(fits(rowOf(columns, body.subarray(0, length)))).toBe(false)
})

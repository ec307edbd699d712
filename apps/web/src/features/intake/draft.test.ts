import { describe, expect, it } from 'vitest'
import type { ComponentView } from './draft.ts'
import {
  changePaper,
  emptyDraft,
  isBlank,
  nextForApplicant,
  readDraft,
  toBatch,
  toIntake,
  unreadableDates,
  untouched,
} from './draft.ts'
import { joinDrafts } from './draft-store.ts'

const now = new Date('2026-04-21T08:51:00+07:00')
const component = (id: string, mandatory: boolean, originals: number | null = 1): ComponentView => ({
  id,
  name: `Giấy ${id}`,
  originals,
  copies: 1,
  mandatory,
  mandatorySource: 'derived',
  group: null,
  conditionText: mandatory ? null : 'đối với tổ chức',
  channels: null,
  form: null,
  typeCode: null,
})
const filled = () => {
  const draft = emptyDraft('tthcc-ha-long', now)
  draft.procedure = { code: '1.013833', name: 'Đổi tên' }
  draft.caseId = '1.013833.c1'
  draft.owner = {
    ...draft.owner,
    name: ' Nguyễn Văn Mẫu ',
    personalId: '000000000001',
    birthDate: '01/01/1954',
  }
  return draft
}

describe('a paper on the desk', () => {
  it('starts missing when it is unconditional, not applicable when it depends on the case', () => {
    expect(untouched(component('k1', true)).state).toBe('missing')
    expect(untouched(component('k2', false)).state).toBe('not-applicable')
  })

  it.each([
    [
      'a bare tick means the usual originals',
      component('k1', true, 2),
      { state: 'enough' as const },
      { originals: 2, copies: 0 },
    ],
    [
      'copies alone where no original is asked',
      component('k1', true, 0),
      { state: 'enough' as const },
      { originals: 0, copies: 1 },
    ],
    [
      'what is in the data store needs no copy',
      component('k1', true),
      { state: 'enough' as const, inStore: true },
      { originals: 0, inStore: true },
    ],
  ])('%s', (_name, of, change, expected) => {
    expect(changePaper(of, untouched(of), change)).toMatchObject({ state: 'enough', ...expected })
  })

  it('is missing again when its last copy is taken away', () => {
    const of = component('k1', true)
    const here = changePaper(of, untouched(of), { state: 'enough' })
    expect(changePaper(of, here, { originals: 0 }).state).toBe('missing')
  })

  it('stays present without originals while a file is attached', () => {
    const of = component('k1', true)
    const file = { id: '0198b7a2-0000-7000-8000-000000000001', name: 'don.pdf' }
    const here = changePaper(of, untouched(of), { state: 'enough', files: [file] })
    expect(changePaper(of, here, { originals: 0 }).state).toBe('enough')
  })

  it('loses its counts when it does not apply', () => {
    const of = component('k1', true)
    const here = changePaper(of, untouched(of), { state: 'enough', originals: 2 })
    expect(changePaper(of, here, { state: 'not-applicable' })).toMatchObject({ originals: 0, copies: 0 })
  })
})

describe('a draft as a request', () => {
  it('sends what was typed, trimmed and in the form of the contract', () => {
    const intake = toIntake(filled(), [component('k1', true)])
    expect(intake).toMatchObject({
      procedure: '1.013833',
      receivingCentre: 'tthcc-ha-long',
      owner: { name: 'Nguyễn Văn Mẫu', birthDate: '1954-01-01', personalId: '000000000001' },
      components: [{ component: 'k1', status: 'missing' }],
    })
    expect(intake.representative).toBeUndefined()
  })

  it('sends the representative only when somebody hands in for the owner', () => {
    const draft = { ...filled(), who: 'behalf' as const }
    draft.representative = { ...draft.representative, name: 'Trần Thị Ví Dụ', validUntil: '31/12/2026' }
    expect(toIntake(draft, []).representative).toMatchObject({
      name: 'Trần Thị Ví Dụ',
      paper: 'authorisation',
      validUntil: '2026-12-31',
    })
    expect(toIntake({ ...draft, who: 'person' }, []).representative).toBeUndefined()
  })

  it('never sends papers of a case that is no longer chosen', () => {
    const draft = filled()
    draft.papers = { other: { ...untouched(component('other', true)), state: 'enough', originals: 1 } }
    expect(toIntake(draft, [component('k1', true)]).components?.map((one) => one.component)).toEqual(['k1'])
  })

  it('names dates that are no days, because sending would drop them', () => {
    const draft = filled()
    draft.owner.birthDate = '31/02/1954'
    expect(unreadableDates(draft)).toEqual(['owner.birthDate'])
    expect(toIntake(draft, []).owner.birthDate).toBeUndefined()
  })
})

describe('drafts that are kept', () => {
  it('come back exactly as they were written', () => {
    const draft = filled()
    expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  it('are ignored when they are something else', () => {
    expect(readDraft({ v: 2 })).toBeUndefined()
    expect(readDraft('')).toBeUndefined()
  })

  it('of two copies the later one wins, whichever side it is on', () => {
    const older = filled()
    const newer = { ...older, savedAt: '2026-04-21T09:00:00.000Z', note: 'mới' }
    expect(joinDrafts([older], [newer])).toEqual([newer])
    expect(joinDrafts([newer], [older])).toEqual([newer])
  })

  it('blank ones are not offered', () => {
    expect(isBlank(emptyDraft('x', now))).toBe(true)
    expect(joinDrafts([emptyDraft('x', now)])).toEqual([])
  })

  it('the next procedure keeps the applicant and nothing of the papers, and is an intention of its own', () => {
    const first = filled()
    const next = nextForApplicant(first, now)
    expect(next.owner).toEqual(first.owner)
    expect(next).toMatchObject({ procedure: null, papers: {}, group: first.group })
    expect(next.key).not.toBe(first.key)
  })
})

describe('several dossiers of one applicant', () => {
  it('are one request: the person of the screen, and each draft with its papers and its number of copies', () => {
    const first = { ...filled(), copies: 3 }
    const second = {
      ...nextForApplicant(first, now),
      procedure: { code: '2.000815', name: 'Sao y' },
      caseId: 'c',
    }
    const request = toBatch(first, [
      { draft: first, components: [component('a', true)] },
      { draft: second, components: [] },
    ])
    expect(request.owner.name).toBe('Nguyễn Văn Mẫu')
    expect(request.items.map(({ procedure, copies }) => [procedure, copies])).toEqual([
      ['1.013833', 3],
      ['2.000815', 1],
    ])
    expect(request.items[0]?.components?.map(({ component: id }) => id)).toEqual(['a'])
  })

  it('a draft kept before there were copies is one dossier', () => {
    const { copies: _copies, ...older } = filled()
    expect(readDraft(older)?.copies).toBe(1)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { act, aDossier, asked, newKey, refusalOf, viewOf, walkTo } from '../../tests/support/dossiers.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { askOpinions } from './contract.ts'
import { consultationDates, mayAnswer, watchedNow } from './rules/consultation.ts'

const LEAD = 'so-tu-phap'
const BUILDING = 'so-xay-dung-cu'
const INSURANCE = 'nd-bhxh'
let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const service = () => province.services.dossiers
const lead = () => province.actor('SPECIALIST', LEAD)
const building = () => province.actor('SPECIALIST', BUILDING)
const insurance = () => province.actor('SPECIALIST', INSURANCE)
const at = (text: string) => province.clock.set(new Date(`${text}+07:00`))
const watch = () => service().consultations.watch()

type Question = Partial<Parameters<typeof askOpinions.input.parse>[0] & object>
const question = (code: string, more: Question = {}) =>
  askOpinions.input.parse({
    code,
    agencies: [BUILDING],
    question: 'Thửa đất có nằm trong quy hoạch xây dựng không?',
    workingDays: 3,
    silence: 'ESCALATION',
    ...more,
  })
const appraised = async () => {
  const { code } = await aDossier(province)
  await walkTo(province, code, 'appraise')
  return code
}
const isAsked = async (more: Question = {}) => {
  const code = await appraised()
  const { consultations } = await service().askOpinions(question(code, more), asked(lead()))
  const id = consultations.at(-1)?.id ?? ''
  return { code, id }
}
const answer = (
  id: string,
  unit: string,
  by: ReturnType<typeof lead>,
  opinion: 'AGREES' | 'DISAGREES' = 'AGREES',
) => service().consultations.answer({ id, unit, opinion, answer: 'Không vướng quy hoạch.' }, asked(by))
const complete = async (code: string) => {
  const { task } = await service().get({ code }, asked(lead()))
  return service().complete({ id: task?.id ?? '', opinion: 'Đủ điều kiện' }, asked(lead()))
}
const stateOf = async (code: string, unit: string) =>
  (await viewOf(province, code)).consultations
    .flatMap(({ agencies }) => agencies)
    .find((agency) => agency.unit.id === unit)?.state

describe('the rules of a question', () => {
  const due = new Date('2026-04-24T17:00:00+07:00')
  test('has its time in working days and is remembered after two thirds of it', async () => {
    const calendar = await province.services.calendar.calendarFor(province.db, null)
    expect(consultationDates(calendar, START, 3)).toEqual({
      due,
      remind: new Date('2026-04-23T14:30:00+07:00'),
    })
  })
  test.each([
    ['asked', 'AGREEMENT', '2026-04-24T17:00:00', true],
    ['asked', 'AGREEMENT', '2026-04-24T17:00:01', false],
    ['silent', 'AGREEMENT', '2026-04-24T17:00:01', false],
    ['asked', 'ESCALATION', '2026-04-25T08:00:00', true],
    ['silent', 'ESCALATION', '2026-04-25T08:00:00', true],
    ['answered', 'ESCALATION', '2026-04-23T08:00:00', false],
    ['withdrawn', 'ESCALATION', '2026-04-23T08:00:00', false],
  ] as const)('%s, %s, at %s: may be answered %s', (state, silence, now, may) => {
    expect(mayAnswer({ state, due, silence }, new Date(`${now}+07:00`))).toBe(may)
  })
  test('silence is due after the last moment, and not at it', () => {
    const one = { state: 'asked', due, silence: 'ESCALATION' } as const
    expect(watchedNow(one, null, new Date('2026-04-23T16:00:00+07:00'))).toBe('remind')
    expect(watchedNow(one, START, due)).toBeNull()
    expect(watchedNow(one, null, new Date(due.getTime() + 1))).toBe('silence')
    expect(watchedNow({ ...one, state: 'answered' }, null, new Date(due.getTime() + 1))).toBeNull()
  })
})

describe('asking', () => {
  test('the question has a clock of its own, and the dossier’s runs on', async () => {
    const code = await appraised()
    const before = await viewOf(province, code)
    const view = await service().askOpinions(
      question(code, { agencies: [BUILDING, INSURANCE] }),
      asked(lead()),
    )
    expect(view).toMatchObject({ due: before.due, state: 'PROCESSING', version: before.version + 1 })
    const [one] = view.consultations
    expect(one).toMatchObject({
      number: 1,
      from: { id: LEAD },
      due: '2026-04-24T17:00:00+07:00',
      silence: 'ESCALATION',
      beyondDue: false,
      mayFollow: true,
    })
    expect(one?.agencies.map(({ unit, state }) => [unit.id, state])).toEqual([
      [INSURANCE, 'asked'],
      [BUILDING, 'asked'],
    ])
    expect(view.clocks.limits.find(({ kind }) => kind === 'CONSULTATION')).toMatchObject({
      due: one?.due,
      to: null,
    })
    expect(view.timeline.some(({ type }) => type === 'opinion-asked')).toBe(true)
  })

  test('goes to each agency on a slip that says what is asked, until when, and what silence means', async () => {
    const { code } = await isAsked({ agencies: [BUILDING, INSURANCE] })
    const { papers } = await service().get({ code }, asked(lead()))
    expect(papers.filter(({ form }) => form === 'transfer-slip').map(({ edition }) => edition)).toEqual([
      1, 2,
    ])
    const printed = await service().paper({ code, form: 'transfer-slip', edition: 2 }, asked(lead()))
    const { text } = await readPdf(printed)
    for (const words of ['Cơ quan được lấy ý kiến', 'quy hoạch xây dựng', 'báo người đứng đầu'])
      expect(text.replaceAll(/\s+/g, ' ')).toContain(words)
  })

  test('says when the answer may come after the promised day', async () => {
    const { code } = await isAsked({ workingDays: 20 })
    expect((await viewOf(province, code)).consultations[0]?.beyondDue).toBe(true)
  })

  test('the step that asked waits for the answer, and its bar says for how many', async () => {
    const { code, id } = await isAsked()
    const { task } = await service().get({ code }, asked(lead()))
    expect(task).toMatchObject({ mayComplete: false, blockedBy: { code: 'dossiers.opinions-awaited' } })
    expect((await refusalOf(complete(code))).code).toBe('dossiers.opinions-awaited')
    await answer(id, BUILDING, building())
    expect((await complete(code)).next).not.toEqual([])
  })

  test.each([
    ['a centre', { agencies: ['tthcc-tinh'] }, 'dossiers.consulted-unit'],
    ['oneself', { agencies: [LEAD] }, 'dossiers.consulted-unit'],
    ['nobody known', { agencies: ['khong-co'] }, 'dossiers.consulted-unit'],
    ['agreement without a law', { silence: 'AGREEMENT' }, 'dossiers.silence-basis-required'],
    ['a file of somebody else', { files: [newKey()] }, 'dossiers.unknown-file'],
  ] as const)('%s is refused', async (_name, more, code) => {
    const dossier = await appraised()
    expect((await refusalOf(service().askOpinions(question(dossier, more), asked(lead())))).code).toBe(code)
  })

  test('who has no step in hand does not ask', async () => {
    const code = await appraised()
    const clerk = province.actor('RECEPTION', 'tthcc-tinh')
    expect((await refusalOf(service().askOpinions(question(code), asked(clerk)))).code).toBe(
      'dossiers.not-your-role',
    )
    const outsider = building()
    expect((await refusalOf(service().askOpinions(question(code), asked(outsider)))).code).toBe(
      'dossiers.unknown',
    )
  })

  test('nothing is asked while the dossier waits for its applicant', async () => {
    const code = await appraised()
    await act(province, code, 'request-supplement', { items: [{ what: 'Bản vẽ', reason: 'Thiếu' }] })
    expect((await refusalOf(service().askOpinions(question(code), asked(lead())))).code).toBe(
      'dossiers.action-not-allowed',
    )
  })

  test('of two who ask one agency at the same moment one is told', async () => {
    const code = await appraised()
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => service().askOpinions(question(code), asked(lead()))),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(refused)).toEqual(new Set(['dossiers.consulted-already']))
  })

  test('a repeat with its key asks nothing a second time', async () => {
    const code = await appraised()
    const { code: _code, ...body } = question(code)
    const headers = { 'idempotency-key': newKey() }
    const send = () => province.call(lead(), 'POST', `/dossiers/${code}/consultations`, body, headers)
    const [first, again] = [await send(), await send()]
    expect([first.statusCode, again.statusCode]).toEqual([201, 201])
    expect((await viewOf(province, code)).consultations).toHaveLength(1)
  })
})

describe('answering', () => {
  test('the agency that is asked reads the dossier meanwhile, and sees its own part alone', async () => {
    const { code, id } = await isAsked({ agencies: [BUILDING, INSURANCE] })
    const theirs = await service().get({ code }, asked(building()))
    expect(theirs.consultations[0]?.agencies.map(({ unit, mayAnswer: may }) => [unit.id, may])).toEqual([
      [BUILDING, true],
    ])
    const { items, counts } = await service().consultations.list(
      { side: 'answer', limit: 50 },
      asked(building()),
    )
    expect(items.find((item) => item.id === id)).toMatchObject({
      dossier: { code },
      asked: { id: BUILDING },
    })
    expect(counts.answer.value).toBeGreaterThan(0)
    await answer(id, BUILDING, building())
    expect((await refusalOf(service().get({ code }, asked(building())))).code).toBe('dossiers.unknown')
  })

  test('the lead sees every answer with who gave it', async () => {
    const { code, id } = await isAsked({ agencies: [BUILDING, INSURANCE] })
    await answer(id, BUILDING, building(), 'DISAGREES')
    await answer(id, INSURANCE, insurance())
    const { consultations, clocks, timeline } = await service().get({ code }, asked(lead()))
    expect(consultations[0]?.agencies).toMatchObject([
      { unit: { id: INSURANCE }, opinion: 'AGREES', answeredBy: insurance().name, late: false },
      { unit: { id: BUILDING }, opinion: 'DISAGREES', answer: 'Không vướng quy hoạch.' },
    ])
    expect(clocks.limits.find(({ kind }) => kind === 'CONSULTATION')?.to).not.toBeNull()
    expect(timeline.filter(({ type }) => type === 'opinion-given')).toHaveLength(2)
  })

  test('an opinion is given once, of two at the same moment one', async () => {
    const { id } = await isAsked()
    const given = await Promise.allSettled([
      answer(id, BUILDING, building()),
      answer(id, BUILDING, building(), 'DISAGREES'),
    ])
    expect(given.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await refusalOf(answer(id, BUILDING, building()))).code).toBe('dossiers.consultation-over')
  })

  test('neither a stranger nor the asker answers for it', async () => {
    const { id } = await isAsked()
    expect((await refusalOf(answer(id, BUILDING, insurance()))).code).toBe('dossiers.unknown-consultation')
    expect((await refusalOf(answer(id, BUILDING, lead()))).code).toBe('dossiers.not-your-role')
    expect((await refusalOf(answer(newKey(), BUILDING, building()))).code).toBe(
      'dossiers.unknown-consultation',
    )
  })
})

describe('silence', () => {
  test('is preceded by one reminder, and recorded at its moment with the consequence that was stated', async () => {
    const { code } = await isAsked()
    at('2026-04-23T15:00:00')
    await watch()
    await watch()
    const reminders = async () =>
      (await viewOf(province, code)).timeline.filter(({ type }) => type === 'opinion-reminded')
    expect(await reminders()).toHaveLength(1)
    at('2026-04-24T17:00:00')
    await watch()
    expect(await stateOf(code, BUILDING)).toBe('asked')
    at('2026-04-24T17:00:01')
    await watch()
    expect(await stateOf(code, BUILDING)).toBe('silent')
    expect(await reminders()).toHaveLength(1)
    const told = (await viewOf(province, code)).timeline.find(({ type }) => type === 'opinion-silent')
    expect(told?.detail).toContain('báo người đứng đầu Bộ phận Một cửa')
  })

  test('where no law says otherwise it is told to those above, the step goes on, and a late answer still counts', async () => {
    const { code, id } = await isAsked()
    at('2026-04-24T17:00:01')
    await watch()
    const alarms = async () =>
      (await service().listAlarms({ limit: 200, mine: false }, asked(province.actor('SUPERVISOR')))).items
        .filter(({ dossier }) => dossier.code === code)
        .map(({ kind }) => kind)
    expect(await alarms()).toContain('OPINION_OVERDUE')
    expect((await service().get({ code }, asked(lead()))).task?.mayComplete).toBe(true)
    at('2026-04-27T09:00:00')
    const view = await answer(id, BUILDING, building())
    expect(view.agencies[0]).toMatchObject({ state: 'answered', late: true })
    expect(view.agencies[0]?.silentAt).not.toBeNull()
    expect(await alarms()).not.toContain('OPINION_OVERDUE')
  })

  test('where a law says so it is agreement, and the time for an opinion is over', async () => {
    const { code, id } = await isAsked({ silence: 'AGREEMENT', silenceBasis: 'Điều 40 Luật Xây dựng' })
    at('2026-04-24T17:00:01')
    expect((await refusalOf(answer(id, BUILDING, building()))).code).toBe('dossiers.consultation-over')
    await watch()
    const view = await viewOf(province, code)
    expect(view.consultations[0]).toMatchObject({
      silenceWords: { vi: 'Quá hạn không trả lời được coi là đồng ý.' },
      agencies: [{ state: 'silent' }],
    })
    expect(view.clocks.limits.find(({ kind }) => kind === 'CONSULTATION')?.to).not.toBeNull()
    expect((await complete(code)).code).toBe(code)
  })

  test('is recorded once, however many processes watch', async () => {
    const { code } = await isAsked({ agencies: [BUILDING, INSURANCE] })
    at('2026-04-24T17:00:01')
    const other = province.anotherProcess()
    await Promise.all([watch(), other.dossiers.consultations.watch(), watch()])
    const { timeline } = await viewOf(province, code)
    expect(timeline.filter(({ type }) => type === 'opinion-silent')).toHaveLength(2)
    expect((await service().get({ code }, asked(lead()))).task?.mayComplete).toBe(true)
  })

  test('an answer and the end of the time that meet leave one of them', async () => {
    const { code, id } = await isAsked({ silence: 'AGREEMENT', silenceBasis: 'Điều 40 Luật Xây dựng' })
    at('2026-04-24T17:00:01')
    const [given] = await Promise.allSettled([answer(id, BUILDING, building()), watch()])
    expect(given.status).toBe('rejected')
    // A watch that found the dossier in somebody's hands comes again.
    await watch()
    expect(await stateOf(code, BUILDING)).toBe('silent')
  })
})

describe('following up', () => {
  test('the asking side reminds, or asks no longer and goes on', async () => {
    const { code, id } = await isAsked()
    const key = { id, unit: BUILDING }
    const reminded = await service().consultations.remind(key, asked(lead()))
    expect(reminded.agencies[0]).toMatchObject({ reminders: 1 })
    const reason = 'Đã có văn bản quy hoạch.'
    const by = async (actor: ReturnType<typeof lead>) =>
      service().consultations.withdraw({ ...key, reason }, asked(actor))
    expect((await refusalOf(by(building()))).code).toBe('dossiers.not-your-role')
    await by(lead())
    expect(await stateOf(code, BUILDING)).toBe('withdrawn')
    expect((await refusalOf(by(lead()))).code).toBe('dossiers.consultation-over')
    expect((await refusalOf(service().consultations.remind(key, asked(lead())))).code).toBe(
      'dossiers.consultation-over',
    )
    expect((await complete(code)).code).toBe(code)
    const { items } = await service().consultations.list({ side: 'ask', limit: 200 }, asked(lead()))
    expect(items.some((item) => item.id === id)).toBe(false)
  })

  test('a dossier that ends asks nobody any more', async () => {
    const { code, id } = await isAsked()
    await act(province, code, 'withdraw', { reason: 'Người nộp xin rút' })
    expect(await stateOf(code, BUILDING)).toBe('withdrawn')
    expect((await refusalOf(answer(id, BUILDING, building()))).code).toBe('dossiers.consultation-over')
  })

  test('pages of the list follow one another without a gap', async () => {
    for (let i = 0; i < 3; i += 1) await isAsked()
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await service().consultations.list(
        { side: 'answer', limit: 2, ...(after ? { after } : {}) },
        asked(building()),
      )
      seen.push(...page.items.map(({ id }) => id))
      after = page.next ?? undefined
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(3)
  })
})

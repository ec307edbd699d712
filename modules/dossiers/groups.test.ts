import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '#modules/identity/contract.ts'
import { fold } from '#platform/text/fold.ts'
import {
  act,
  aDossier,
  anIntake,
  asked,
  holderAt,
  newKey,
  PERSON,
  RECEIVER,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { problemsOf } from '../../tests/support/life.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import {
  dependants,
  expectedEnd,
  GROUPS,
  groupOutcome,
  groupStatus,
  memberStateOf,
  openable,
} from './rules/group.ts'

const BIRTH_RESIDENCE_INSURANCE = '2.000986'
const BIRTH_INSURANCE = '2.001023'
const HERE = 'tthcc-ha-long'
let province: Province
beforeAll(async () => {
  province = await aProvince({ poolSize: 12 })
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const service = () => province.services.dossiers
const clerk = () => province.actor('RECEPTION', HERE)
const aGroup = (procedure = BIRTH_RESIDENCE_INSURANCE) =>
  aDossier(province, { procedure, receivingCentre: HERE, owner: { ...PERSON, commune: COMMUNE } })
/** A ward of Hạ Long. */
const COMMUNE = '06655'
const memberOf = async (code: string, key: string) => {
  const { group } = await viewOf(province, code)
  const found = group?.members.find((member) => member.key === key)
  if (!found) throw new Error(`${code} has no member ${key}`)
  return found
}
const childOf = async (code: string, key: string): Promise<string> =>
  (await memberOf(code, key)).dossier?.code ?? ''
const states = async (code: string) => {
  const { group } = await viewOf(province, code)
  return Object.fromEntries((group?.members ?? []).map(({ key, state }) => [key, state]))
}
const finishes = async (code: string, key: string, outcome: 'GRANTED' | 'REFUSED' = 'GRANTED') =>
  walkTo(province, await childOf(code, key), 'return', { outcome })

describe('the rules of a group', () => {
  test('each member that is defined has its papers and needs only members of its group, without a circle', async () => {
    for (const group of GROUPS) {
      const { content } = await province.services.catalogue.getInForce(group.procedure, '2026-04-21')
      const names = content.cases.flatMap(({ components }) => components.map(({ name }) => name))
      const keys = group.members.map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
      const used = new Set<string>()
      for (const [i, member] of group.members.entries()) {
        expect(keys.slice(0, i)).toEqual(expect.arrayContaining([...member.after]))
        for (const words of member.papers) {
          const found = names.filter((name) => name.startsWith(words))
          expect([words, found.length]).toEqual([words, 1])
          used.add(found[0] ?? '')
        }
        const own = await province.services.catalogue.getInForce(member.procedure, '2026-04-21')
        if (member.case !== null)
          expect(own.content.cases.some(({ name }) => name?.startsWith(member.case ?? ''))).toBe(true)
      }
      // Nothing that was handed in is left without a procedure that it goes to.
      expect([...used].toSorted()).toEqual(names.toSorted())
    }
  })

  const member = (
    key: string,
    state: 'waiting' | 'running' | 'done' | 'failed' | 'dropped',
    after: string[] = [],
  ) => ({
    ...{ key, state, after },
    child: null,
  })
  test('what waits begins when everything it needs is there', () => {
    const all = [
      member('a', 'done'),
      member('b', 'running'),
      member('c', 'waiting', ['a']),
      member('d', 'waiting', ['a', 'b']),
    ]
    expect(openable(all).map(({ key }) => key)).toEqual(['c'])
    expect(
      dependants([member('a', 'failed'), member('b', 'waiting', ['a']), member('c', 'waiting', ['b'])], 'a'),
    ).toEqual(['b', 'c'])
  })
  test('status and outcome follow from the members', () => {
    expect(groupStatus([member('a', 'done'), member('b', 'dropped')])).toBe('FINISHED')
    expect(groupStatus([member('a', 'failed'), member('b', 'running')])).toBe('BLOCKED')
    const waits = { state: 'SUPPLEMENT', outcome: null } as const
    expect(groupStatus([{ ...member('a', 'running'), child: waits }])).toBe('WAITS_FOR_APPLICANT')
    expect(groupStatus([member('a', 'done'), member('b', 'waiting')])).toBe('RUNNING')
    expect(groupOutcome([member('a', 'done'), member('b', 'dropped')])).toBe('GRANTED')
    expect(groupOutcome([member('a', 'dropped')])).toBe('REFUSED')
  })
  test('a refusal is a result and no success', () => {
    expect(memberStateOf({ state: 'COMPLETED', outcome: 'REFUSED' })).toBe('failed')
    expect(memberStateOf({ state: 'COMPLETED', outcome: 'GRANTED' })).toBe('done')
    expect(memberStateOf({ state: 'STOPPED', outcome: null })).toBe('failed')
    expect(memberStateOf({ state: 'SUPPLEMENT', outcome: null })).toBe('running')
  })
  test('the end is that of the longest path', () => {
    const day = (n: number) => new Date(Date.UTC(2026, 3, n))
    const dated = [
      { ...member('a', 'running'), end: day(3) },
      { ...member('b', 'waiting', ['a']), end: null },
      { ...member('c', 'waiting', ['a']), end: null },
    ]
    const plus = (key: string, start: Date) => new Date(start.getTime() + (key === 'b' ? 7 : 5) * 86_400_000)
    expect(expectedEnd(dated, day(1), plus)).toEqual(day(10))
    expect(expectedEnd([{ ...member('a', 'done'), end: day(1) }, ...dated.slice(1)], day(2), plus)).toEqual(
      day(9),
    )
  })
})

describe('received once', () => {
  test('one code for the group, a dossier of its own for what may begin, the rest waits', async () => {
    const made = await aGroup()
    const view = await viewOf(province, made.code)
    expect(view).toMatchObject({ state: 'PROCESSING', group: { status: 'RUNNING', beyondDue: false } })
    expect(await states(made.code)).toEqual({ birth: 'running', residence: 'waiting', insurance: 'waiting' })
    const birth = await viewOf(province, await childOf(made.code, 'birth'))
    expect(birth).toMatchObject({
      parent: { code: made.code },
      procedure: { code: '1.001193' },
      state: 'ACCEPTED',
      owner: PERSON.name,
    })
    // The papers of the group that belong to it, and no others.
    expect(birth.components.map(({ name }) => name.slice(0, 14)).toSorted()).toEqual([
      'Giấy chứng sin',
      'Tờ khai đăng k',
    ])
    expect(view.process?.waiting.map(({ kind }) => kind)).toEqual(['message'])
    expect(view.actions.map(({ action }) => action)).not.toContain('request-supplement')
  })

  test('its events lead to what its row, clocks and process say, from the receipt to the hand-over', async () => {
    const { code } = await aGroup()
    expect(await problemsOf(province, code)).toEqual([])
    // So long that the promise has to follow.
    province.clock.set(new Date('2026-05-14T08:00:00+07:00'))
    await finishes(code, 'birth')
    expect(await problemsOf(province, code)).toEqual([])
    await finishes(code, 'residence')
    await finishes(code, 'insurance')
    expect(await problemsOf(province, code)).toEqual([])
    await act(province, code, 'return', { receiver: RECEIVER })
    expect(await problemsOf(province, code)).toEqual([])
  })

  test('is not shown to have begun twice, however often and wherever it is settled', async () => {
    const { code } = await aGroup()
    const other = province.anotherProcess()
    await Promise.all([
      service().groups.settleAll(),
      other.dossiers.groups.settleAll(),
      service().groups.settleAll(),
    ])
    const { id } = await viewOf(province, code)
    const children = await province.db
      .selectFrom('dossier')
      .select('id')
      .where('parent_id', '=', id)
      .execute()
    expect(children).toHaveLength(1)
  })

  test('what was cut off between the receipt and its procedures goes on by itself', async () => {
    const input = await anIntake(province, {
      procedure: BIRTH_INSURANCE,
      receivingCentre: HERE,
      owner: { ...PERSON, commune: COMMUNE },
    })
    const { code } = await service().create(input, asked(clerk()))
    const { id } = await viewOf(province, code)
    // As a process leaves it that is killed after the first commit.
    await province.db.updateTable('dossier').set({ state: 'ACCEPTED' }).where('id', '=', id).execute()
    await province.db.deleteFrom('dossier_group_member').where('parent_id', '=', id).execute()
    expect(await service().groups.settleAll()).toBeGreaterThan(0)
    expect(await states(code)).toEqual({ birth: 'running', insurance: 'waiting' })
  })

  test('several papers missing are refused before anything is received', async () => {
    const input = await anIntake(province, {
      procedure: BIRTH_INSURANCE,
      receivingCentre: HERE,
      owner: { ...PERSON, commune: COMMUNE },
      components: [],
    })
    expect((await refusalOf(service().create(input, asked(clerk())))).code).toBe(
      'dossiers.missing-components',
    )
  })
})

describe('what it costs', () => {
  const squeezed = (text: string) => fold(text).replace(/\s+/g, '')
  const slipOf = async (code: string) =>
    squeezed(
      (await readPdf(await service().paper({ code, form: 'form-01', edition: undefined }, asked(clerk()))))
        .text,
    )
  const preview = (procedure: string, resolvingUnit?: string) =>
    service().preview(
      { procedure, receivingCentre: HERE, owner: { ...PERSON, commune: COMMUNE }, resolvingUnit },
      asked(clerk()),
    )
  /** By the record of residence: the fee at the counter. */
  const RESIDENCE_FEE = 20_000

  test('is known before it is received: each procedure with its agency and fee, and the sum', async () => {
    const { group, fees } = await preview(BIRTH_RESIDENCE_INSURANCE)
    expect(group?.members.map(({ name, procedure }) => [name.vi, procedure])).toEqual([
      ['Đăng ký khai sinh', '1.001193'],
      ['Đăng ký thường trú', '1.004222'],
      ['Cấp thẻ bảo hiểm y tế', '1.001939'],
    ])
    expect(group?.members.map(({ after }) => after.map(({ vi }) => vi))).toEqual([
      [],
      ['Đăng ký khai sinh'],
      ['Đăng ký khai sinh'],
    ])
    for (const { unit } of group?.members ?? []) expect(unit).not.toBeNull()
    expect(fees.lines.map(({ name, amount }) => [name, amount])).toEqual([
      ['Đăng ký khai sinh', 0],
      ['Đăng ký thường trú: lệ phí', RESIDENCE_FEE],
      ['Cấp thẻ bảo hiểm y tế', 0],
    ])
    expect(fees.total).toBe(RESIDENCE_FEE)
    expect((await preview('1.001193')).group).toBeNull()
    // Whichever agency is chosen for the group decides none of its procedures.
    const chosen = await preview(BIRTH_RESIDENCE_INSURANCE, 'so-tu-phap')
    expect(chosen.group).toEqual(group)
  })

  test('stands on the one slip of the group, on its page, and is what the procedures’ own dossiers say', async () => {
    const { code } = await aGroup()
    const text = await slipOf(code)
    for (const words of [
      'Đăng ký khai sinh: không thu',
      'Đăng ký thường trú: lệ phí 20.000 đồng',
      'Cấp thẻ bảo hiểm y tế: không thu',
      'Cộng: 20.000 đồng',
    ])
      expect(text, words).toContain(squeezed(words))
    await finishes(code, 'birth')
    const own = await Promise.all(
      ['birth', 'residence', 'insurance'].map(async (key) => viewOf(province, await childOf(code, key))),
    )
    const sum = own.reduce((all, { fees }) => all + (fees.total ?? Number.NaN), 0)
    expect(sum).toBe(RESIDENCE_FEE)
    expect((await viewOf(province, code)).fees.total).toBe(sum)
  })

  test('counts no procedure that is left out', async () => {
    const { code } = await aGroup()
    await finishes(code, 'birth')
    await walkTo(province, await childOf(code, 'residence'), 'return', { outcome: 'REFUSED' })
    await service().dropMember({ code, member: 'residence', reason: 'Người nộp làm riêng' }, asked(clerk()))
    const { fees } = await viewOf(province, code)
    expect(fees.lines.map(({ name }) => name)).toEqual(['Đăng ký khai sinh', 'Cấp thẻ bảo hiểm y tế'])
    expect(fees.total).toBe(0)
    // The slip says what was said on the day.
    expect(await slipOf(code)).toContain(squeezed('Cộng: 20.000 đồng'))
  })

  test('is said on the guidance for who fetches the papers first', async () => {
    const pdf = await service().guidance(
      { procedure: BIRTH_RESIDENCE_INSURANCE, centre: HERE, case: undefined },
      asked(clerk()),
    )
    expect(squeezed((await readPdf(pdf)).text)).toContain(squeezed('Cộng: 20.000 đồng'))
  })
})

describe('the way of a group', () => {
  test('one after the other and side by side, each agency with its own code, clock and result; handed over once', async () => {
    const { code } = await aGroup()
    await finishes(code, 'birth')
    // The certificate is there: residence and insurance begin side by side, at two agencies.
    expect(await states(code)).toEqual({ birth: 'done', residence: 'running', insurance: 'running' })
    const [residence, insurance] = [await memberOf(code, 'residence'), await memberOf(code, 'insurance')]
    expect(insurance.dossier?.unit.id).toBe('nd-bhxh')
    expect(residence.dossier?.unit.id).not.toBe('nd-bhxh')
    expect(residence.dossier?.code).not.toBe(insurance.dossier?.code)
    const child = await viewOf(province, insurance.dossier?.code ?? '')
    expect(child.components.find(({ component }) => component === 'group.birth')).toMatchObject({
      status: 'in-database',
    })
    await finishes(code, 'residence')
    expect((await viewOf(province, code)).state).toBe('PROCESSING')
    await finishes(code, 'insurance')
    const done = await viewOf(province, code)
    expect(done).toMatchObject({ state: 'COMPLETED', outcome: 'GRANTED', group: { status: 'FINISHED' } })
    // None is handed over by itself; the group's hand-over hands all of them over.
    const one = await childOf(code, 'birth')
    const desk = holderAt(province, 'RETURN_DESK', HERE)
    const alone = service().act({ code: one, action: 'return', receiver: RECEIVER }, asked(desk))
    expect((await refusalOf(alone)).code).toBe('dossiers.returned-with-group')
    await act(province, code, 'return', { receiver: RECEIVER })
    for (const key of ['birth', 'residence', 'insurance'])
      expect((await viewOf(province, await childOf(code, key))).state).toBe('RETURNED')
    expect((await viewOf(province, code)).state).toBe('RETURNED')
  })

  test('two agencies that finish at the same moment finish the group once', async () => {
    const { code } = await aGroup()
    await finishes(code, 'birth')
    const waiting = await Promise.all(
      ['residence', 'insurance'].map(async (key) => {
        const current = await walkTo(province, await childOf(code, key), 'issue')
        return { ...current, key }
      }),
    )
    await Promise.all(
      waiting.map(({ id, officer }) => service().complete({ id, opinion: 'Phát hành' }, asked(officer))),
    )
    const view = await viewOf(province, code)
    expect(view.state).toBe('COMPLETED')
    expect(view.timeline.filter(({ type }) => type === 'group-finished')).toHaveLength(1)
  })

  test('the applicant follows one code and sees each procedure with its own', async () => {
    const { code, pin } = await aGroup()
    await finishes(code, 'birth')
    const outside = await service().track({ code })
    expect(outside.completion).toBe(25)
    const { timeline } = await service().track({ code, pin })
    expect(timeline?.map(({ title, state }) => [title.vi, state])).toEqual([
      ['Đăng ký khai sinh', 'done'],
      ['Đăng ký thường trú', 'current'],
      ['Cấp thẻ bảo hiểm y tế', 'current'],
      ['Trả kết quả', 'expected'],
    ])
    expect(timeline?.[1]?.note?.vi).toContain(await childOf(code, 'residence'))
  })

  test('what one procedure needs from the applicant is what the group asks for', async () => {
    const { code, pin } = await aGroup()
    const birth = await childOf(code, 'birth')
    await walkTo(province, birth, 'appraise')
    await act(province, birth, 'request-supplement', {
      items: [{ what: 'Giấy cam đoan', reason: 'Thiếu chữ ký' }],
    })
    expect((await viewOf(province, code)).group?.status).toBe('WAITS_FOR_APPLICANT')
    const tracked = await service().track({ code, pin })
    expect(tracked.next?.kind).toBe('supplement')
    expect(tracked.requested).toEqual([{ what: 'Giấy cam đoan', reason: 'Thiếu chữ ký' }])
  })

  test('papers that one procedure asked for are received by it', async () => {
    const { code } = await aGroup()
    const child = await childOf(code, 'birth')
    await walkTo(province, child, 'appraise')
    await act(province, child, 'request-supplement', { items: [{ what: 'Giấy chứng sinh', reason: 'Mờ' }] })
    const before = (await viewOf(province, child)).components
    expect(before.length).toBeGreaterThan(0)
    const components = before.map(({ component, status }) => ({
      ...{ component, status, originals: 1, copies: 0, certifiedCopies: 0, files: [] },
    }))
    await act(province, child, 'receive-supplement', { components })
    const after = await viewOf(province, child)
    expect(after.state).toBe('PROCESSING')
    expect(after.components.map(({ component }) => component)).toEqual(
      before.map(({ component }) => component),
    )
    expect(await problemsOf(province, child)).toEqual([])
  })

  test('a promise follows the procedure that takes longer, and says which', async () => {
    const { code } = await aGroup(BIRTH_INSURANCE)
    const before = (await viewOf(province, code)).due ?? ''
    // Nothing happens for three weeks; then the certificate comes, and the card is due after the day promised.
    province.clock.set(new Date('2026-05-14T08:00:00+07:00'))
    await finishes(code, 'birth')
    const view = await viewOf(province, code)
    expect((view.due ?? '') > before).toBe(true)
    expect(view.deadline.originalDue).toBe(before)
    expect(view.timeline.find(({ type }) => type === 'group-due-moved')?.detail).toContain(
      'Cấp thẻ bảo hiểm y tế',
    )
    // The delay is the administration's: against the first promise it is late.
    expect(view.clocks).toMatchObject({ lateVsOriginal: true, lateVsExtended: false })
  })
})

describe('a procedure that fails', () => {
  const refused = async () => {
    const { code } = await aGroup(BIRTH_INSURANCE)
    await finishes(code, 'birth', 'REFUSED')
    return code
  }
  const alarmsOf = async (code: string) =>
    (await service().listAlarms({ limit: 200, mine: false }, asked(province.actor('SUPERVISOR')))).items
      .filter(({ dossier }) => dossier.code === code)
      .map(({ kind }) => kind)

  test('is shown, stops what needs it, and raises an alarm', async () => {
    const code = await refused()
    const view = await viewOf(province, code, clerk())
    expect(view.group).toMatchObject({ status: 'BLOCKED' })
    expect(view.group?.members).toMatchObject([
      { state: 'failed', mayRetry: true, mayDrop: true, dependants: ['Cấp thẻ bảo hiểm y tế'] },
      { state: 'waiting', mayRetry: false },
    ])
    expect(await alarmsOf(code)).toContain('MEMBER_FAILED')
  })

  test('is begun anew with a dossier of its own, and the group goes on', async () => {
    const code = await refused()
    const before = await childOf(code, 'birth')
    await service().retryMember(
      { code, member: 'birth', reason: 'Đã bổ sung giấy chứng sinh' },
      asked(clerk()),
    )
    const again = await memberOf(code, 'birth')
    expect(again).toMatchObject({ state: 'running', attempts: 2 })
    expect(again.dossier?.code).not.toBe(before)
    expect(await alarmsOf(code)).not.toContain('MEMBER_FAILED')
    await finishes(code, 'birth')
    expect(await states(code)).toEqual({ birth: 'done', insurance: 'running' })
  })

  test('is left out with what cannot begin without it', async () => {
    const code = await refused()
    await service().dropMember({ code, member: 'birth', reason: 'Người nộp không làm nữa' }, asked(clerk()))
    expect(await viewOf(province, code)).toMatchObject({
      state: 'COMPLETED',
      outcome: 'REFUSED',
      group: { members: [{ state: 'dropped' }, { state: 'dropped' }] },
    })
  })

  test('a procedure that was stopped fails too', async () => {
    const { code } = await aGroup(BIRTH_INSURANCE)
    const birth = await childOf(code, 'birth')
    await walkTo(province, birth, 'appraise')
    await act(province, birth, 'stop', { reason: 'Có tranh chấp', legalBasis: 'Điều 21' })
    expect((await memberOf(code, 'birth')).state).toBe('failed')
  })

  test('only who receives decides, and only about what failed', async () => {
    const code = await refused()
    const drop = (member: string, by = clerk()) =>
      service().dropMember({ code, member, reason: 'Không cần' }, asked(by))
    expect((await refusalOf(drop('birth', province.actor('SUPERVISOR')))).code).toBe('dossiers.not-your-role')
    expect((await refusalOf(drop('insurance'))).code).toBe('dossiers.member-not-failed')
    expect((await refusalOf(drop('khong-co'))).code).toBe('dossiers.unknown-member')
    await drop('birth')
    expect((await refusalOf(drop('birth'))).code).toBe('dossiers.action-not-allowed')
  })

  test('of two who decide at the same moment one does, and a repeat with its key gets the same answer', async () => {
    const code = await refused()
    const send = (key: string) =>
      province.call(
        clerk(),
        'POST',
        `/dossiers/${code}/members/birth/retry`,
        { reason: 'Đủ giấy tờ' },
        {
          'idempotency-key': key,
        },
      )
    const key = newKey()
    const answers = await Promise.all([send(key), send(newKey())])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect((await memberOf(code, 'birth')).attempts).toBe(2)
  })
})

describe('the whole group', () => {
  test('withdrawn by the applicant, its procedures are withdrawn with it', async () => {
    const { code } = await aGroup()
    const birth = await childOf(code, 'birth')
    await act(province, code, 'withdraw', { reason: 'Người nộp xin rút' })
    expect((await viewOf(province, birth)).state).toBe('WITHDRAWN')
    expect((await viewOf(province, code)).state).toBe('WITHDRAWN')
  })

  test('is not taken back once a procedure under way is approved, and its page says so before', async () => {
    const { code } = await aGroup()
    const birth = await childOf(code, 'birth')
    await walkTo(province, birth, 'issue')
    const { actions } = await viewOf(province, code, clerk())
    expect(actions.find(({ action }) => action === 'withdraw')).toMatchObject({
      allowed: false,
      blockedBy: { code: 'dossiers.already-approved' },
    })
    const taking = service().act({ code, action: 'withdraw', reason: 'Theo đơn' }, asked(clerk()))
    expect((await refusalOf(taking)).code).toBe('dossiers.already-approved')
  })

  test('agencies work on the procedures and not on the group', async () => {
    const { code } = await aGroup()
    const { resolvingUnit } = await viewOf(province, code)
    const head: Role = 'AGENCY_LEAD'
    const by = holderAt(province, head, resolvingUnit.id)
    const stop = service().act({ code, action: 'stop', reason: 'Thử dừng', legalBasis: 'Điều 21' }, asked(by))
    expect((await refusalOf(stop)).code).toBe('dossiers.group-by-members')
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  act,
  aDossier,
  anIntake,
  asked,
  completedDossier,
  PERSON,
  PROCEDURES,
  RECEIVER,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { COPIED, manyDossiers } from '../../tests/support/many-dossiers.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())

const clerk = () => province.actor('RECEPTION', 'tthcc-tinh')
const find = async (q: string) =>
  (await province.services.dossiers.list({ q, limit: 200 }, asked(clerk()))).items.map(({ code }) => code)
const CARD = '000000123456'
const PHONE = '0912345678'
const SECRETS = [CARD, PHONE]

describe('search', () => {
  let code = ''
  let other = ''
  beforeAll(async () => {
    province.clock.set(START)
    const owner = { ...PERSON, name: 'Đặng Thị Ánh Tuyết', personalId: CARD, phone: PHONE }
    code = (await aDossier(province, { owner, submitter: { name: 'Lý Thường Mẫu' } })).code
    const company = {
      kind: 'organisation',
      name: 'Công ty TNHH Thí Dụ',
      personalId: '0100109106-001',
      phone: '+84912000111',
    } as const
    other = (await aDossier(province, { owner: company })).code
  })
  test.each([
    ['the name without accents', () => 'dang thi anh tuyet'],
    ['part of the name', () => 'Ánh Tuyết'],
    ['upper case', () => 'ĐẶNG THỊ'],
    ['decomposed letters of a Mac', () => 'Đặng Thị Ánh'.normalize('NFD')],
    ['who handed it in', () => 'ly thuong mau'],
    ['the code', () => code],
    ['the code in lower case with blanks', () => ` ${code.toLowerCase()} `],
    ['the end of the code', () => code.slice(4)],
    ['the card number as it stands on the card', () => '000000 123456'],
    ['the phone', () => '0912.345.678'],
    ['the phone as from abroad', () => '+84912345678'],
    ['the name with a letter too many', () => 'dang thi anhh tuyet'],
    ['the name with a letter missing', () => 'dang thi anh tuye'],
    ['the name with a wrong letter', () => 'dang thi ach tuyet'],
    ['the name with two letters swapped', () => 'dnag thi anh'],
    ['one mistyped syllable', () => 'tuyyet'],
  ])('finds by %s', async (_by, q) => expect(await find(q())).toEqual([code]))
  test.each([
    ['tax code with its dash', '0100109106-001'],
    ['tax code without it', '0100109106001'],
    ['a phone kept with +84', '0912000111'],
    ['its name', 'cong ty tnhh thi du'],
  ])('finds the organisation by %s', async (_by, q) => expect(await find(q)).toEqual([other]))
  test.each(['%', '_', "' or 1=1 --", '???', '\\', '((', 'khongcoainaycả', '00000012345', 'H49-260421-9999'])(
    'finds nothing by %s',
    async (q) => expect(await find(q)).toEqual([]),
  )
})

describe('pages', () => {
  test('neither skip nor repeat what was there, while others are received', async () => {
    const made: string[] = []
    for (let i = 0; i < 30; i++) {
      // Several in the same millisecond: the id decides.
      if (i % 3 === 0) province.clock.advance(60_000)
      made.push((await aDossier(province)).code)
    }
    const first = await province.services.dossiers.list({ limit: 7 }, asked(clerk()))
    const seen = first.items.map(({ code }) => code)
    for (let after = first.next; after; ) {
      await aDossier(province)
      const page = await province.services.dossiers.list({ limit: 7, after }, asked(clerk()))
      seen.push(...page.items.map(({ code }) => code))
      after = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    for (const code of made) expect(seen).toContain(code)
  })

  test.each([
    'x',
    '',
    Buffer.from('99999999999999999 x').toString('base64url'),
    Buffer.from('8640000000000001 00000000-0000-7000-8000-000000000000').toString('base64url'),
    Buffer.from(`1 ${'-'.repeat(36)}`).toString('base64url'),
  ])('a cursor made by hand (%s) breaks nothing', async (after) => {
    for (const url of ['/dossiers', '/tasks']) {
      const answer = await province.call(clerk(), 'GET', `${url}?after=${after}`)
      expect([url, answer.statusCode]).toEqual([url, 200])
    }
  })

  // Ten thousand rows take their time on a busy machine. Of so many bearers the newest are walked to, of three hundred all are seen.
  test('are newest first among ten thousand, and counted so far', { timeout: 90_000 }, async () => {
    const { state } = await province.db
      .selectFrom('dossier')
      .select('state')
      .limit(1)
      .executeTakeFirstOrThrow()
    await manyDossiers(province.db, 10_400, state)
    await sql`update dossier set search_tokens = array['nguyen', 'van', 'it', 'nguyen_van', 'van_it']
      where id in (select id from dossier where code like ${`${COPIED}%`} order by code limit 300)`.execute(
      province.db,
    )
    await sql`analyze dossier`.execute(province.db)
    const everything = await province.services.dossiers.list(
      { limit: 1 },
      asked(province.actor('SUPERVISOR')),
    )
    expect(everything.total).toEqual({ value: 10_000, capped: true })
    for (const [q, newest, total] of [
      ['van nhieu', 10_400, { value: 200, capped: true }],
      ['van it', 300, { value: 300, capped: false }],
    ] as const) {
      const seen: string[] = []
      for (let after: string | undefined; seen.length < 6; ) {
        const page = await province.services.dossiers.list(
          { q, limit: 3, ...(after ? { after } : {}) },
          asked(clerk()),
        )
        expect(page.total, q).toEqual(total)
        seen.push(...page.items.map(({ code }) => code))
        after = page.next ?? undefined
      }
      expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((n) => `${COPIED}${String(newest - n).padStart(7, '0')}`))
    }
    await sql`delete from dossier where code like ${`${COPIED}%`}`.execute(province.db)
  })
})

describe('personal numbers', () => {
  const everything = async (code: string) => {
    const paths = [`/dossiers/${code}`, '/dossiers?limit=200', '/tasks?limit=200', `/dossiers?q=${code}`]
    const answers = await Promise.all(paths.map((path) => province.call(clerk(), 'GET', path)))
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(paths.map(() => 200))
    return answers.map(({ body }) => body).join('\n')
  }
  const accessesOf = async (id: string) =>
    (await province.services.log.timeline(province.db, { kind: 'dossier', id })).filter(
      ({ type }) => type === 'personal-data-read',
    )

  test('are masked on every way to read, and opened with a reason that is written down first', async () => {
    const owner = { ...PERSON, personalId: CARD, phone: PHONE }
    const party = { name: 'Trần Thị Ví Dụ', personalId: CARD, phone: PHONE }
    const { code } = await aDossier(province, {
      owner,
      submitter: party,
      representative: { ...party, paper: 'law' },
    })
    const read = await everything(code)
    for (const secret of SECRETS) expect(read).not.toContain(secret)
    const { id, ownerParty } = await viewOf(province, code)
    expect([ownerParty.personalId, ownerParty.phone]).toEqual(['•••• •••• 3456', '•••• •• 5678'])
    const numbersRead = async () =>
      (await accessesOf(id)).filter(({ data }) => JSON.stringify(data.fields).includes('personalId'))
    expect(await numbersRead()).toEqual([])

    const without = await province.call(clerk(), 'POST', `/dossiers/${code}/personal-data`, { reason: '' })
    expect(without.statusCode).toBe(422)
    const opened = await province.call(clerk(), 'POST', `/dossiers/${code}/personal-data`, {
      reason: 'Gọi điện hẹn lại',
    })
    expect(opened.json()).toEqual({
      owner: { personalId: CARD, phone: PHONE },
      submitter: { personalId: CARD, phone: PHONE },
      representative: { personalId: CARD, phone: PHONE },
    })
    expect(await numbersRead()).toMatchObject([
      { actor: { id: clerk().id }, data: { purpose: 'Gọi điện hẹn lại', fields: ['personalId', 'phone'] } },
    ])
    const log = JSON.stringify(await province.services.log.timeline(province.db, { kind: 'dossier', id }))
    for (const secret of SECRETS) expect(log).not.toContain(secret)
  })

  test('are not given when the reading cannot be written down', async () => {
    const { code } = await aDossier(province, { owner: { ...PERSON, personalId: CARD } })
    await sql`alter table event add constraint no_reading check (type <> 'personal-data-read') not valid`.execute(
      province.db,
    )
    try {
      const answer = await province.call(clerk(), 'POST', `/dossiers/${code}/personal-data`, {
        reason: 'Gọi điện',
      })
      expect(answer.statusCode).toBe(500)
      expect(answer.body).not.toContain(CARD)
      const paper = await province.call(clerk(), 'GET', `/dossiers/${code}/papers/form-01`)
      expect([paper.statusCode, paper.headers['content-type']]).toEqual([
        500,
        'application/problem+json; charset=utf-8',
      ])
    } finally {
      await sql`alter table event drop constraint no_reading`.execute(province.db)
    }
  })

  test('a printed paper carries them, so that printing is written down', async () => {
    const { code } = await aDossier(province)
    const { id } = await viewOf(province, code)
    await province.call(clerk(), 'GET', `/dossiers/${code}/papers/form-01`)
    expect((await accessesOf(id)).at(-1)?.data.fields).toEqual(['paper:form-01'])
  })
})

describe('tracking', () => {
  const track = (code: string, pin?: string) =>
    province.services.dossiers.track({ code, ...(pin ? { pin } : {}) })
  const owner = { ...PERSON, personalId: CARD, phone: PHONE, email: 'chim@example.vn' }

  test('with the code alone: how far it is, and nothing else', async () => {
    const { code } = await aDossier(province, { owner })
    const answer = await province.call(null, 'GET', `/tracking/${code}`)
    expect(answer.json()).toEqual({ code, completion: 0 })
    await walkTo(province, code, 'return')
    expect((await track(code)).completion).toBe(86)
    await act(province, code, 'return', {
      receiver: { name: PERSON.name, relation: 'owner', slipShown: true },
    })
    expect(await track(code)).toEqual({ code, completion: 100 })
  })

  test.each([
    ['the PIN of the slip', (pin: string) => pin],
    ['the last four of the card', () => '3456'],
    ['the last four of the phone', () => '5678'],
  ])('with %s: path, date and what to do; no officer, no number, no name', async (_by, secret) => {
    const { code, pin } = await aDossier(province, { owner })
    await walkTo(province, code, 'appraise', { opinion: 'Ý kiến nội bộ' })
    const answer = await province.call(null, 'POST', `/tracking/${code}`, { pin: secret(pin) })
    expect(answer.json()).toMatchObject({
      state: 'PROCESSING',
      due: expect.any(String),
      next: { kind: 'nothing' },
    })
    const officers = province.staff.map(({ fullName }) => fullName)
    for (const word of [
      ...SECRETS,
      'chim@example.vn',
      PERSON.name,
      PERSON.address,
      'Ý kiến nội bộ',
      ...officers,
    ])
      expect(answer.body).not.toContain(word)
  })

  test.each(['0000', '123', '3456 ', 'abcd', '12345678'])('a wrong secret (%s) is refused', async (pin) => {
    const { code } = await aDossier(province)
    const answer = await province.call(null, 'POST', `/tracking/${code}`, { pin })
    expect([403, 422]).toContain(answer.statusCode)
    expect(answer.json().state).toBeUndefined()
  })

  test('a thousand guesses sent at once: ten are compared, the right one among the others finds the door closed', async () => {
    const { code, pin } = await aDossier(province)
    const guesses = Array.from({ length: 300 }, (_, i) => (i === 200 ? pin : String(700_000 + i)))
    const answers = await Promise.all(
      guesses.map((guess) =>
        track(code, guess).then(
          () => 'open',
          (error: { code: string }) => error.code,
        ),
      ),
    )
    expect(answers.filter((one) => one === 'dossiers.wrong-pin').length).toBeLessThanOrEqual(10)
    expect(answers[200]).toBe('dossiers.tracking-locked')
    expect(answers.filter((one) => one === 'dossiers.tracking-locked').length).toBeGreaterThanOrEqual(289)
    expect((await refusalOf(track(code, pin))).details).toMatchObject({ minutes: 15 })
    province.clock.advance(15 * 60_000)
    expect((await track(code, pin)).state).toBe('ACCEPTED')
  })

  test('the right secret, however often, locks nobody out', async () => {
    const { code, pin } = await aDossier(province)
    for (let i = 0; i < 25; i++) expect((await track(code, pin)).state).toBe('ACCEPTED')
  })

  test('says what is asked for, until when, and why it is late', async () => {
    province.clock.set(START)
    const { code, pin } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'request-supplement', { items: [{ what: 'Bản đồ', reason: 'Thiếu chữ ký' }] })
    province.clock.set(new Date('2026-05-05T08:00:00+07:00'))
    expect(await track(code, pin)).toMatchObject({
      next: { kind: 'supplement' },
      requested: [{ what: 'Bản đồ', reason: 'Thiếu chữ ký' }],
      until: '2026-05-06T17:00:00+07:00',
      // Waiting for the applicant the agency is not late.
      delay: null,
    })
    province.clock.set(START)
    const late = await aDossier(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-ha-long' })
    province.clock.set(new Date('2026-04-22T08:00:00+07:00'))
    expect((await track(late.code, late.pin)).delay?.apology.vi).toContain('xin lỗi')
  })

  test('of a refusal says so, why, and what is left to do; lists read the same', async () => {
    province.clock.set(START)
    const { code, pin } = await aDossier(province)
    const opinion = 'Không đủ điều kiện theo Điều 5 Luật Quốc tịch.'
    await walkTo(province, code, 'approve', { opinion: 'Ý kiến nội bộ' })
    await walkTo(province, code, 'issue', { outcome: 'REFUSED', opinion })
    // Signed, not yet issued: nobody is told before the notice exists.
    expect(await track(code, pin)).toMatchObject({ status: 'PROCESSING', refusal: null })
    await walkTo(province, code, 'return', { outcome: 'REFUSED' })
    const supervisor = asked(province.actor('SUPERVISOR'))
    const statusInList = async () =>
      (await province.services.dossiers.list({ q: code, limit: 1 }, supervisor)).items[0]?.status
    const told = await track(code, pin)
    expect(told).toMatchObject({ state: 'COMPLETED', status: 'REFUSED', refusal: { reason: opinion } })
    expect(told.next).toMatchObject({
      kind: 'refused',
      vi: expect.stringContaining('khiếu nại trong 90 ngày'),
    })
    expect(told.next?.vi).toContain('Nhận văn bản từ chối tại')
    expect([await statusInList(), (await viewOf(province, code)).status]).toEqual(['REFUSED', 'REFUSED'])
    await act(province, code, 'return', { receiver: RECEIVER })
    expect((await track(code, pin)).next?.vi).toContain('Văn bản từ chối đã trao')
    expect(await statusInList()).toBe('REFUSED')
  })

  test('an unknown code is unknown', async () => {
    expect((await refusalOf(track('H49-260421-9998'))).code).toBe('dossiers.unknown')
    expect((await province.call(null, 'GET', '/tracking/khong-phai-ma')).statusCode).toBe(422)
  })
})

describe('tasks', () => {
  test('as many wait for the applicant as are counted; what was never accepted is no step', async () => {
    const input = await anIntake(province, { components: [] })
    const items = [{ what: 'Tờ khai', reason: 'Chưa ký' }]
    await province.services.dossiers.requestIntakeSupplement({ ...input, items }, asked(clerk()))
    const { code } = await aDossier(province)
    await walkTo(province, code, 'appraise')
    await act(province, code, 'request-payment', { amount: 1, legalBasis: 'Thông báo' })
    const waiting = await province.services.dossiers.listTasks(
      { filter: 'waiting', limit: 200 },
      asked(clerk()),
    )
    expect(waiting.items.map(({ dossier }) => dossier.code)).toContain(code)
    expect(waiting.counts.waiting).toEqual({ value: waiting.items.length, capped: false })
  })

  test('mine, free and waiting; by step and by kind', async () => {
    province.clock.set(START)
    const officer = province.officer('chuyenvien.sotuphap')
    const list = (input: object) =>
      province.services.dossiers.listTasks({ filter: 'all', limit: 200, ...input }, asked(officer))
    const before = (await list({})).counts
    const { code } = await aDossier(province)
    const step = await walkTo(province, code, 'appraise')
    await province.services.dossiers.claim({ id: step.id }, asked(officer))
    const { code: waiting } = await aDossier(province)
    await walkTo(province, waiting, 'appraise')
    await act(province, waiting, 'request-supplement', {
      items: [{ what: 'Bản đồ', reason: 'Thiếu chữ ký' }],
    })
    const { items, counts } = await list({ filter: 'mine' })
    expect(items.map(({ dossier }) => dossier.code)).toEqual([code])
    expect([counts.mine.value - before.mine.value, counts.waiting.value - before.waiting.value]).toEqual([
      1, 1,
    ])
    expect((await list({ filter: 'waiting' })).items.map(({ dossier }) => dossier.code)).toContain(waiting)
    expect((await list({ step: 'appraise' })).items.map(({ dossier }) => dossier.code)).toContain(code)
    expect((await list({ step: 'approve' })).items).toEqual([])
    expect((await list({ kind: 'approve' })).items).toEqual([])
  })

  test('the return desk sees what waits to be handed over', async () => {
    const desk = province.actor('RETURN_DESK', 'tthcc-tinh')
    const { code } = await completedDossier(province)
    const { items, counts } = await province.services.dossiers.listTasks(
      { filter: 'claimable', kind: 'return', limit: 200 },
      asked(desk),
    )
    expect(items.map(({ dossier }) => dossier.code)).toContain(code)
    expect(counts.toReturn.value).toBe(items.length)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Role, StaffActor } from '#modules/identity/contract.ts'
import { fold } from '#platform/text/fold.ts'
import {
  act,
  aDossier,
  anIntake,
  asked,
  holderAt,
  PERSON,
  PROCEDURES,
  RECEIVER,
  refusalOf,
  viewOf,
  walkTo,
} from '../../tests/support/dossiers.ts'
import { readPdf } from '../../tests/support/pdf.ts'
import { aProvince, type Province } from '../../tests/support/province.ts'
import { START } from '../../tests/support/province-template.ts'
import { PAPER_FORMS, type PaperForm } from './contract.ts'

let province: Province
beforeAll(async () => {
  province = await aProvince()
})
afterAll(() => province.close())
beforeEach(() => province.clock.set(START))

const ITEMS = [{ what: 'Bản đồ thửa đất', reason: 'Thiếu chữ ký của chủ đất giáp ranh' }]
const REASON = 'Cần xác minh thực địa'
const clerk = () => province.actor('RECEPTION', 'tthcc-tinh')

/** Text of a paper as another program reads it; letters only, because a line may break anywhere. */
const textOf = async (bytes: Buffer) => fold((await readPdf(bytes)).text).replace(/\s+/g, ' ')
type Asking = { edition?: number; by?: StaffActor }
const print = (code: string, form: PaperForm, { edition, by = clerk() }: Asking = {}) =>
  province.services.dossiers.paper({ code, form, edition }, asked(by))
const paperOf = async (code: string, form: PaperForm, asking?: Asking) =>
  textOf(await print(code, form, asking))
const squeezed = (fact: string) => fold(fact).replace(/\s+/g, '')
const holds = (text: string, facts: readonly string[]) => {
  const missing = facts.filter((fact) => !text.replaceAll(' ', '').includes(squeezed(fact)))
  expect(missing).toEqual([])
}
const saying = (text: string, fact: string) => text.replaceAll(' ', '').includes(squeezed(fact))

/** Forms with their editions as the screen offers them; each of them prints, and nothing else does. */
const printable = async (code: string): Promise<string[]> => {
  const { papers } = await viewOf(province, code)
  for (const { form, edition } of papers) {
    expect((await print(code, form, { edition })).subarray(0, 5).toString(), form).toBe('%PDF-')
  }
  for (const form of PAPER_FORMS.filter((one) => papers.every((paper) => paper.form !== one)))
    expect((await refusalOf(print(code, form))).code, form).toBe('dossiers.paper-not-issued')
  return papers.map(({ form, edition }) => (edition > 1 ? `${form} ${edition}` : form))
}
const accepted = async () => (await aDossier(province)).code
const processing = async () => {
  const code = await accepted()
  await walkTo(province, code, 'appraise')
  return code
}
const then = async (code: Promise<string>, ...doing: [Parameters<typeof act>[2], object?][]) => {
  const made = await code
  for (const [action, body] of doing) await act(province, made, action, body ?? {})
  return made
}
const incomplete = async () => {
  const input = await anIntake(province, { components: [] })
  return (
    await province.services.dossiers.requestIntakeSupplement({ ...input, items: ITEMS }, asked(clerk()))
  ).code
}
const refused = async () => {
  const input = await anIntake(province)
  const answer = { ...input, reasonCode: 'OTHER', reason: REASON } as const
  return (await province.services.dossiers.refuseIntake(answer, asked(clerk()))).code
}
const returned = async () => {
  const code = await accepted()
  await walkTo(province, code, 'return')
  return then(Promise.resolve(code), ['return', { receiver: RECEIVER }])
}
const STOP = { reason: REASON, legalBasis: 'Điều 21 Nghị định 118/2025/NĐ-CP' }
const LOST = [{ what: 'Giấy khai sinh', remadeBy: 'Sở Tư pháp', how: 'trích lục lại từ sổ gốc' }]
const PAY = { amount: 1_250_000, legalBasis: 'Thông báo số 00/TB-CCT' }

/** Each state of a dossier's life with the papers it has by then. */
const LIVES: [string, () => Promise<string>, string[]][] = [
  [
    'handed in by post, to be checked',
    async () => {
      const input = await anIntake(province, { channel: 'postal' })
      const arrived = { ...input, channel: 'postal' } as const
      return (await province.services.dossiers.submit(arrived, asked(clerk()))).code
    },
    ['progress'],
  ],
  ['accepted', accepted, ['form-01', 'form-06', 'progress']],
  ['incomplete', incomplete, ['form-02', 'progress']],
  ['refused at reception', refused, ['form-03', 'progress']],
  [
    'incomplete, then refused',
    () => then(incomplete(), ['refuse-intake', { reasonCode: 'OTHER', reason: REASON }]),
    ['form-02', 'form-03', 'progress'],
  ],
  [
    'waiting for a supplement',
    () => then(processing(), ['request-supplement', { items: ITEMS }]),
    ['form-01', 'form-02', 'form-06', 'progress'],
  ],
  [
    'supplemented, with a new appointment',
    () => then(processing(), ['request-supplement', { items: ITEMS }], ['receive-supplement']),
    ['form-01', 'form-01 2', 'form-02', 'form-06', 'progress'],
  ],
  [
    'closed, because nothing came',
    async () => {
      const code = await then(processing(), ['request-supplement', { items: ITEMS }])
      province.clock.advance(16 * 86_400_000)
      return then(Promise.resolve(code), ['close-unsupplemented'])
    },
    ['form-01', 'form-02', 'form-05', 'form-06', 'return-minutes', 'progress'],
  ],
  [
    'extended',
    () => then(processing(), ['extend', { reason: REASON, newDue: '2026-05-08' }]),
    ['form-01', 'form-04', 'form-06', 'progress'],
  ],
  [
    'waiting for a payment',
    () => then(processing(), ['request-payment', PAY]),
    ['form-01', 'form-06', 'payment-notice', 'progress'],
  ],
  [
    'with papers lost',
    () => then(processing(), ['report-lost-papers', { lost: LOST, reason: 'Ướt khi chuyển trong mưa' }]),
    ['form-01', 'form-06', 'lost-papers', 'progress'],
  ],
  [
    'withdrawn',
    () => then(accepted(), ['withdraw', { reason: REASON }]),
    ['form-01', 'form-05', 'form-06', 'return-minutes', 'progress'],
  ],
  [
    'stopped',
    () => then(processing(), ['stop', STOP]),
    ['form-01', 'form-05', 'form-06', 'return-minutes', 'progress'],
  ],
  [
    'finished, waiting to be fetched',
    async () => {
      const code = await accepted()
      await walkTo(province, code, 'return')
      return code
    },
    ['form-01', 'form-06', 'progress'],
  ],
  ['returned', returned, ['form-01', 'form-06', 'handover', 'progress']],
  [
    'returned with an error',
    () => then(returned(), ['report-result-error', { reason: 'Sai năm sinh' }]),
    ['form-01', 'form-06', 'handover', 'result-error', 'progress'],
  ],
  [
    'corrected',
    () =>
      then(
        returned(),
        ['report-result-error', { reason: 'Sai năm sinh' }],
        ['correct-result', { result: { number: `SUA-${Math.random()}` }, reason: 'Nhập nhầm' }],
      ),
    ['form-01', 'form-06', 'handover', 'result-error', 'result-error 2', 'progress'],
  ],
]

describe('a form prints exactly when what it certifies has happened', () => {
  test.each(LIVES)('%s', async (_state, make, forms) => expect(await printable(await make())).toEqual(forms))
})

describe('who may print', () => {
  const READS: readonly (readonly [Role, string])[] = [
    ['RECEPTION', 'tthcc-tinh'],
    ['RETURN_DESK', 'tthcc-tinh'],
    ['SPECIALIST', 'so-tu-phap'],
    ['AGENCY_LEAD', 'so-tu-phap'],
    ['CLERK', 'so-tu-phap'],
    ['SUPERVISOR', 'tthcc-tinh'],
  ]
  const SEES_NOTHING: readonly (readonly [Role, string])[] = [
    ['RECEPTION', 'tthcc-cam-pha'],
    ['SPECIALIST', 'so-tai-nguyen-moi-truong'],
    ['CATALOG_ADMIN', 'tthcc-tinh'],
    ['SYSTEM_ADMIN', 'tthcc-tinh'],
  ]

  test('every form of every state: whoever reads the dossier, and nobody else', async () => {
    const lives = await Promise.all(
      LIVES.filter(([state]) => ['refused at reception', 'withdrawn', 'corrected'].includes(state)).map(
        async ([, make]) => make(),
      ),
    )
    for (const code of lives) {
      const { papers } = await viewOf(province, code)
      for (const { form, edition } of papers) {
        for (const [role, unit] of READS) {
          const by = holderAt(province, role, unit)
          expect((await print(code, form, { edition, by })).length, `${role} ${form}`).toBeGreaterThan(1_000)
        }
        for (const [role, unit] of SEES_NOTHING) {
          const by = holderAt(province, role, unit)
          expect((await refusalOf(print(code, form, { edition, by }))).code, `${role} ${form}`).toBe(
            'dossiers.unknown',
          )
        }
      }
    }
  })

  test('who only watches gets a copy, and leaves the original to the counter', async () => {
    const code = await then(processing(), ['request-supplement', { items: ITEMS }])
    const by = province.actor('SUPERVISOR')
    expect(saying(await paperOf(code, 'form-02', { by }), 'Bản in lại')).toBe(true)
    expect(saying(await paperOf(code, 'form-02'), 'Bản in lại')).toBe(false)
  })
})

describe('issued once', () => {
  /** Of the form's own number line; the paper must have one. */
  const numberOf = async (code: string): Promise<number> =>
    Number(/so (\d+) hdhs/.exec(await paperOf(code, 'form-02'))?.[1] ?? Number.NaN)

  test('a paper keeps its number and content; printed again later it says that it is a copy', async () => {
    const code = await then(processing(), ['request-supplement', { items: ITEMS }])
    const first = await paperOf(code, 'form-02')
    expect(saying(first, 'Bản in lại')).toBe(false)
    await act(province, code, 'receive-supplement', {})
    province.clock.advance(86_400_000)
    const again = await paperOf(code, 'form-02')
    expect(again.replace('ban in lai ', '')).toBe(first)
    expect(saying(again, 'Bản in lại')).toBe(true)
  })

  test('numbers follow the requests of the centre, without a gap, whatever is printed first', async () => {
    const [one, two] = [await incomplete(), await incomplete()]
    const three = await then(processing(), ['request-supplement', { items: ITEMS }])
    const [third, second, first] = [await numberOf(three), await numberOf(two), await numberOf(one)]
    expect(first).toBeGreaterThan(0)
    expect([second, third]).toEqual([first + 1, first + 2])
  })

  test('the receipt after a supplement is "lần 2"; the first one stays what it promised', async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS })
    province.clock.advance(7 * 86_400_000)
    // The first receipt was never printed; it is kept before the new appointment is made.
    await act(province, code, 'receive-supplement', {})
    const [first, second] = [await paperOf(code, 'form-01', { edition: 1 }), await paperOf(code, 'form-01')]
    expect(saying(first, 'Lần 2')).toBe(false)
    expect(saying(second, 'Lần 2')).toBe(true)
    holds(first, ['ngày 21 tháng 4 năm 2026', 'thứ Tư, ngày 29 tháng 4 năm 2026'])
    holds(second, ['ngày 28 tháng 4 năm 2026', 'ngày 07 tháng 5 năm 2026'])
  })

  test('a dossier that came online has one electronic copy', async () => {
    const input = await anIntake(province, { channel: 'online' })
    const { code } = await province.services.dossiers.submit({ ...input, channel: 'online' }, asked(clerk()))
    await act(province, code, 'accept', {})
    const pdf = await readPdf(await print(code, 'form-01'))
    expect(pdf.pages).toHaveLength(1)
    holds(fold(pdf.text), ['Bản điện tử', 'Nộp trực tuyến', 'Ký số'])
  })

  test('of two who print the first time at once one holds the original', async () => {
    const { code } = await aDossier(province)
    const desk = [clerk(), province.actor('RETURN_DESK', 'tthcc-tinh')]
    const texts = await Promise.all(desk.map((by) => paperOf(code, 'form-01', { by })))
    expect(texts.filter((text) => !saying(text, 'Bản in lại'))).toHaveLength(1)
  })
})

describe('read back field by field', () => {
  test('form 01: who, what, papers, fee, when, where, and how to follow it', async () => {
    const { code, pin } = await aDossier(province, { procedure: PROCEDURES.withFee })
    const { components, procedure } = await viewOf(province, code)
    const text = await paperOf(code, 'form-01')
    holds(text, [
      ...['GIẤY TIẾP NHẬN', 'HẸN TRẢ KẾT QUẢ', code, pin, PERSON.name, PERSON.address, PERSON.phone],
      ...[procedure.officialName, '15 ngày làm việc', '800.000', clerk().name, '1900 0000'],
      ...['Trung tâm Hành chính công tỉnh Quảng Ninh', '08 giờ 00 phút, ngày 21 tháng 4 năm 2026'],
      '17 giờ 00 phút, thứ Sáu, ngày 15 tháng 5 năm 2026',
      ...components.filter(({ status }) => status === 'present').map(({ name }) => name.slice(0, 60)),
    ])
    expect(text).toContain('000000000001')
  })

  test('what has no limit promises no day: on paper, on the screen and in tracking alike', async () => {
    const by = province.actor('RECEPTION', 'tthcc-ha-long')
    const intake = { procedure: PROCEDURES.birth, receivingCentre: 'tthcc-ha-long' }
    const { code, pin } = await aDossier(province, { ...intake, by })
    const receipt = await paperOf(code, 'form-01', { by })
    holds(receipt, [
      '3. Thời gian giải quyết theo quy định: không ghi rõ trong thủ tục đã công bố',
      '5. Thời gian trả kết quả: chưa hẹn được ngày; cơ quan báo khi có kết quả',
    ])
    holds(await paperOf(code, 'form-06', { by }), ['Ngày hẹn trả kết quả: chưa hẹn được ngày'])
    expect(receipt).not.toMatch(/undefined|null|nan\b|tra ngay/)
    const preview = await province.services.dossiers.preview(await anIntake(province, intake), asked(by))
    const seen = [
      preview.deadline,
      (await viewOf(province, code)).deadline,
      (await province.services.dossiers.track({ code, pin })).deadline,
    ]
    for (const deadline of seen) {
      expect(deadline).toMatchObject({ due: null, pace: 'NO_LIMIT', amount: 'Không ghi rõ thời hạn' })
      expect(deadline?.paceWords.vi).toBe('Không ghi rõ thời hạn')
      expect(deadline?.explanation).toContain('Thủ tục đã công bố không ghi rõ thời hạn.')
    }
  })

  test('form 01 of a record without a fee says so and whom to ask', async () => {
    const { code } = await aDossier(province, { procedure: PROCEDURES.silentFee })
    const text = await paperOf(code, 'form-01')
    holds(text, ['Ghi chú: Thủ tục đã công bố không nêu rõ mức phí', 'hỏi nơi tiếp nhận hoặc tổng đài'])
    expect(text).not.toContain('xem ghi chu')
    const said = [{ name: 'Phí, lệ phí', amount: null, note: expect.stringContaining('hỏi nơi tiếp nhận') }]
    expect((await viewOf(province, code)).fees).toEqual({ lines: said, total: null })
    const intake = await anIntake(province, { procedure: PROCEDURES.silentFee })
    expect((await province.services.dossiers.preview(intake, asked(clerk()))).fees.lines).toEqual(said)
  })

  test('form 02: each paper with its reason, and the last day', async () => {
    const code = await processing()
    await act(province, code, 'request-supplement', { items: ITEMS, legalBasis: 'Điều 28 Luật Đất đai' })
    holds(await paperOf(code, 'form-02'), [
      ...['YÊU CẦU BỔ SUNG', code, PERSON.name, ...Object.values(ITEMS[0] ?? {}), 'Điều 28 Luật Đất đai'],
      province.officer('chuyenvien.sotuphap').name,
    ])
  })

  test('form 03: the reason and where to go', async () => {
    const input = await anIntake(province)
    const rightAuthority = 'Ủy ban nhân dân phường Thí Dụ'
    const { code } = await province.services.dossiers.refuseIntake(
      { ...input, reasonCode: 'WRONG_AUTHORITY', reason: REASON, rightAuthority },
      asked(clerk()),
    )
    holds(await paperOf(code, 'form-03'), [
      'TỪ CHỐI',
      code,
      PERSON.name,
      REASON,
      rightAuthority,
      clerk().name,
    ])
  })

  test('form 04: the apology with both dates; form 05: the ground', async () => {
    const code = await processing()
    await act(province, code, 'extend', { reason: REASON, newDue: '2026-05-08' })
    holds(await paperOf(code, 'form-04'), [
      'XIN LỖI',
      code,
      REASON,
      province.officer('lanhdao.sotuphap').name,
    ])
    await act(province, code, 'stop', { reason: 'Đang tranh chấp', legalBasis: 'Điều 21' })
    holds(await paperOf(code, 'form-05'), ['DỪNG', code, 'Đang tranh chấp', 'Điều 21'])
  })

  test('form 06: every hand-over with who gave, who took and when, from the log', async () => {
    const { code } = await aDossier(province)
    const done = []
    for (const step of ['assign', 'appraise', 'review', 'approve', 'issue', 'return'])
      done.push((await walkTo(province, code, step)).officer.name)
    const text = await paperOf(code, 'form-06')
    holds(text, ['PHIẾU KIỂM SOÁT', code, clerk().name, ...done.slice(0, -1), 'Sở Tư pháp'])
    expect(text).not.toMatch(/undefined|null|invalid/)
  })

  test('the receipt of the result: what was given to whom, by whom', async () => {
    const { code } = await aDossier(province)
    await walkTo(province, code, 'return', {
      result: { number: '77/GCN-MAU', summary: 'Giấy chứng nhận mẫu' },
    })
    const receiver = {
      name: 'Lý Thị Thử',
      relation: 'family',
      authorisationPaper: 'Giấy khai sinh',
      personalId: '000000000002',
      slipShown: true,
    } as const
    await act(province, code, 'return', { receiver })
    holds(await paperOf(code, 'handover'), [
      ...[code, '77/GCN-MAU', 'Giấy chứng nhận mẫu', receiver.name, receiver.personalId],
      province.actor('RETURN_DESK', 'tthcc-tinh').name,
    ])
  })

  test('the papers of an end without result: the ground, what goes back, and to whom', async () => {
    const code = await then(accepted(), ['withdraw', { reason: 'Đổi ý định chuyển nhượng' }])
    holds(await paperOf(code, 'form-05'), [
      'DỪNG',
      code,
      'yêu cầu dừng giải quyết hồ sơ của tổ chức, cá nhân',
    ])
    const { components } = await viewOf(province, code)
    const handed = components.filter(({ status }) => status === 'present').map(({ name }) => name)
    holds(await paperOf(code, 'return-minutes'), [
      ...['BIÊN BẢN TRẢ LẠI HỒ SƠ', code, 'Đổi ý định chuyển nhượng', PERSON.name, clerk().name],
      ...handed,
      '01 bản chính',
    ])
  })

  test('form 05 after fifteen days names the request that nobody answered', async () => {
    const code = await then(processing(), ['request-supplement', { items: ITEMS }])
    const number = /so (\d+) hdhs/.exec(await paperOf(code, 'form-02'))?.[1]
    province.clock.advance(16 * 86_400_000)
    await act(province, code, 'close-unsupplemented', {})
    expect(number).toBeDefined()
    holds(await paperOf(code, 'form-05'), [`số ${number}/HDHS ngày 21 tháng 4 năm 2026`])
  })

  test('the payment notice: how much, in words too, and why', async () => {
    const code = await then(processing(), ['request-payment', PAY])
    holds(await paperOf(code, 'payment-notice'), [
      ...['NỘP NGHĨA VỤ TÀI CHÍNH', code, '1.250.000 đồng', 'Một triệu hai trăm năm mươi nghìn đồng'],
      PAY.legalBasis,
    ])
  })

  test('lost papers: which, how it happened, who makes them again, and an apology by the head', async () => {
    const code = await then(processing(), ['report-lost-papers', { lost: LOST, reason: 'Ướt khi chuyển' }])
    holds(await paperOf(code, 'lost-papers'), [
      ...['XIN LỖI', code, PERSON.name, 'Giấy khai sinh', 'Ướt khi chuyển', 'trích lục lại từ sổ gốc'],
      holderAt(province, 'AGENCY_LEAD', 'so-tu-phap').name,
    ])
  })

  test('the minutes of an error, and once more with the right result', async () => {
    const code = await then(returned(), ['report-result-error', { reason: 'Sai năm sinh' }])
    holds(await paperOf(code, 'result-error'), ['SAI SÓT', code, 'Sai năm sinh', RECEIVER.name, 'xin lỗi'])
    await act(province, code, 'correct-result', { result: { number: '99/SUA' }, reason: 'Nhập nhầm' })
    holds(await paperOf(code, 'result-error'), ['99/SUA', 'Nhập nhầm', 'Theo biên bản số'])
    expect(saying(await paperOf(code, 'result-error', { edition: 1 }), '99/SUA')).toBe(false)
  })

  test('the history: each thing that happened, by whom, and where it is now', async () => {
    const code = await processing()
    const text = await paperOf(code, 'progress')
    holds(text, ['QUÁ TRÌNH XỬ LÝ', code, 'Tiếp nhận hồ sơ', clerk().name, 'Đang xử lý, bước', 'Sở Tư pháp'])
    expect(saying(text, 'Mở xem thông tin')).toBe(false)
  })
})

describe('the register (form 07)', () => {
  const register = (centre: string, from: string, to: string) =>
    province.services.dossiers.register({ centre, from, to }, asked(province.actor('RECEPTION', centre)))

  test('lists what a centre received in a period in the order of its book, both days included', async () => {
    const days = ['2026-06-09T23:59:59', '2026-06-10T00:00:00', '2026-06-11T23:59:59', '2026-06-12T00:00:00']
    const codes = []
    for (const day of days) {
      province.clock.set(new Date(`${day}+07:00`))
      codes.push(
        (await aDossier(province, { procedure: PROCEDURES.sameDay, receivingCentre: 'tthcc-cam-pha' })).code,
      )
    }
    const text = (await textOf(await register('tthcc-cam-pha', '2026-06-10', '2026-06-11'))).replaceAll(
      ' ',
      '',
    )
    expect(codes.map((code) => text.includes(squeezed(code)))).toEqual([false, true, true, false])
    expect(text.indexOf(squeezed(codes[1] ?? ''))).toBeLessThan(text.indexOf(squeezed(codes[2] ?? '')))
    const other = await textOf(await register('tthcc-co-to', '2026-06-10', '2026-06-11'))
    expect(codes.some((code) => other.includes(fold(code)))).toBe(false)
  })

  test('of another centre is none of the desk’s business', async () => {
    const refused = province.services.dossiers.register(
      { centre: 'tthcc-cam-pha', from: '2026-06-10', to: '2026-06-11' },
      asked(clerk()),
    )
    expect((await refusalOf(refused)).code).toBe('dossiers.unknown-centre')
  })
})

describe('papers of many dossiers', () => {
  const batch = (codes: string[], by = clerk()) =>
    province.services.dossiers.batchReceipt({ codes }, asked(by))

  test('one receipt for what one person handed in, with every code and appointment; the same list, the same number', async () => {
    const made = [await aDossier(province), await aDossier(province, { procedure: PROCEDURES.withFee })]
    const codes = made.map(({ code }) => code)
    const text = await textOf(await batch(codes))
    holds(text, [
      'GIẤY TIẾP NHẬN NHIỀU HỒ SƠ',
      PERSON.name,
      ...codes,
      ...made.map(({ pin }) => pin),
      '02 (hai) hồ sơ',
    ])
    const number = /so (\d+) gtn/.exec(text)?.[1]
    expect(number).toBeDefined()
    province.clock.advance(60 * 60_000)
    const again = await textOf(await batch([...codes].reverse()))
    expect(/so (\d+) gtn/.exec(again)?.[1]).toBe(number)
    expect(saying(again, 'Bản in lại')).toBe(true)
  })

  test('of people or states that do not go together is refused', async () => {
    const { code } = await aDossier(province)
    const other = await aDossier(province, { owner: { ...PERSON, name: 'Lý Thị Thử' } })
    expect((await refusalOf(batch([code, other.code]))).code).toBe('dossiers.not-one-batch')
    expect((await refusalOf(batch([await refused()]))).code).toBe('dossiers.paper-not-issued')
    const elsewhere = province.actor('RECEPTION', 'tthcc-cam-pha')
    expect((await refusalOf(batch([code], elsewhere))).code).toBe('dossiers.unknown')
  })

  test('what is late at an agency, with who holds it; nothing of another agency', async () => {
    const code = await processing()
    province.clock.advance(30 * 86_400_000)
    const report = (unit: string, by: StaffActor) =>
      province.services.dossiers.overdueReport({ unit }, asked(by))
    const lead = holderAt(province, 'AGENCY_LEAD', 'so-tu-phap')
    holds(await textOf(await report('so-tu-phap', lead)), ['QUÁ HẠN', code, PERSON.name])
    const other = holderAt(province, 'AGENCY_LEAD', 'so-tai-nguyen-moi-truong')
    expect(saying(await textOf(await report('so-tai-nguyen-moi-truong', other)), code)).toBe(false)
    expect((await refusalOf(report('so-tu-phap', other))).code).toBe('dossiers.unknown-unit')
  })

  test('results that nobody fetched, with their numbers', async () => {
    const code = await accepted()
    await walkTo(province, code, 'return', { result: { number: '55/CHO-LAY' } })
    province.clock.advance(10 * 86_400_000)
    const desk = province.actor('RETURN_DESK', 'tthcc-tinh')
    const list = (centre: string) => province.services.dossiers.unclaimedResults({ centre }, asked(desk))
    holds(await textOf(await list('tthcc-tinh')), ['CHƯA NHẬN', code, '55/CHO-LAY', PERSON.phone])
    expect((await refusalOf(list('tthcc-cam-pha'))).code).toBe('dossiers.unknown-centre')
    await act(province, code, 'return', { receiver: RECEIVER })
    expect(saying(await textOf(await list('tthcc-tinh')), code)).toBe(false)
  })

  test('guidance before there is a dossier: papers, place, time and fee', async () => {
    const { content } = await province.services.catalogue.getInForce(PROCEDURES.withFee, '2026-04-21')
    const text = await textOf(
      await province.services.dossiers.guidance(
        { procedure: PROCEDURES.withFee, centre: 'tthcc-tinh', case: undefined },
        asked(clerk()),
      ),
    )
    holds(text, [
      ...['PHIẾU HƯỚNG DẪN', content.name, '15 ngày làm việc', '800.000'],
      ...(content.cases[0]?.components ?? []).map(({ name }) => name.slice(0, 60)),
    ])
  })
})

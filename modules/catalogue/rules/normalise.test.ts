import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paperRule } from './conditions.ts'
import { type HeadingKind, headingKind, withoutListMark } from './headings.ts'
import { normalise } from './normalise.ts'
import { ProcedureRecord } from './record.ts'

type SourceCase = {
  name: string | null
  components: { name: string; originals: number | null; copies: number | null }[]
}

const paper = (name: string, originals: number | null = 1, copies: number | null = 0) => ({
  name,
  originals,
  copies,
})

const aRecord = (cases: SourceCase[], more: object = {}): ProcedureRecord =>
  ProcedureRecord.parse({
    code: '1.000001',
    name: 'Thủ tục thử',
    ministry: 'Bộ Thử',
    field: 'Thử',
    levels: ['commune'],
    online: { offered: false },
    methods: [{ channel: 'direct', time: { number: 3, unit: 'WORKING_DAY' }, free: true, fees: [] }],
    cases,
    source: { key: 'S1', asOf: '2026-07', confidence: 'verified' },
    ...more,
  })

describe('what a heading over papers means', () => {
  test.each<[string | null, HeadingKind, string]>([
    [null, 'GROUP', 'no heading'],
    ['Giấy tờ phải nộp', 'GROUP', 'everybody hands in'],
    ['Giấy tờ phải xuất trình', 'GROUP', 'everybody shows'],
    ['1. Chứng từ phải nộp', 'GROUP', 'numbered'],
    ['Các giấy tờ phải nộp (bản chính) gồm', 'GROUP', 'with a tail'],
    ['a) Thành phần hồ sơ', 'GROUP', 'lettered'],
    ['Thành phần, số lượng hồ sơ', 'GROUP', 'two words of the form'],
    ['Bao gồm', 'GROUP', 'nothing but "gồm"'],
    ['Hồ sơ của người nhận con nuôi', 'GROUP', 'both dossiers are handed in'],
    ['Hồ sơ của người được nhận làm con nuôi', 'GROUP', 'both dossiers are handed in'],
    ['Người yêu cầu chứng thực phải xuất trình các giấy tờ sau', 'GROUP', 'everybody shows'],
    ['Lưu ý', 'NOTE', 'remarks'],
    ['Trường hợp ủy quyền thực hiện thủ tục', 'SUPPLEMENT', 'added when represented'],
    [
      'Trường hợp ủy quyền cho tổ chức thực hiện thủ tục đăng ký doanh nghiệp',
      'SUPPLEMENT',
      'added when represented',
    ],
    ['Trường hợp đăng ký trên môi trường điện tử', 'SUPPLEMENT', 'way of handing in'],
    ['Ngoài ra, tùy từng trường hợp, người nộp thuế nộp thêm', 'SUPPLEMENT', 'added'],
    ['Trường hợp cấp lại', 'ALTERNATIVE', 'one of several'],
    ['b) Đối với cấp lại', 'ALTERNATIVE', 'one of several, lettered'],
    ['(1.7) Đối với công trình nhà ở riêng lẻ', 'ALTERNATIVE', 'one of several, numbered'],
    ['Cá nhân', 'ALTERNATIVE', 'kind of applicant'],
    ['Hồ sơ gia hạn tạm trú gồm', 'ALTERNATIVE', 'names what is asked for'],
    ['Các giấy tờ phải nộp đối với tàu biển', 'ALTERNATIVE', 'papers, but of one kind of object'],
    ['Thành phần hồ sơ cấp lại Giấy phép nhập khẩu', 'ALTERNATIVE', 'names what is asked for'],
    ['Trường hợp khai thác và sử dụng bằng hình thức hợp đồng', 'ALTERNATIVE', 'not about looking data up'],
  ])('%s → %s (%s)', (heading, kind) => {
    expect(headingKind(heading)).toBe(kind)
  })

  test('list marks are not words', () => {
    expect(
      ['a) Đơn', '(1.3) Đơn', '8.3.1.1. Đơn', '- Đơn', '(ii) Đơn', 'a.1) Đơn'].map(withoutListMark),
    ).toEqual(Array.from({ length: 6 }, () => 'Đơn'))
    expect(withoutListMark('02 bộ bản vẽ')).toBe('02 bộ bản vẽ')
  })
})

describe('whether a paper is mandatory', () => {
  test.each<[string, number | null, number | null, boolean, string]>([
    ['Tờ khai đăng ký kết hôn theo mẫu', 1, 0, true, 'plain paper'],
    ['Bản sao Hộ chiếu, Thẻ căn cước', 0, 1, true, 'a copy is asked for'],
    ['Đơn đề nghị theo mẫu', null, null, true, 'unreadable counts do not make it optional'],
    ['Trường hợp trẻ em bị bỏ rơi thì phải có biên bản', 1, 0, false, 'opens with a condition'],
    ['- Đối với người chưa thành niên: văn bản đồng ý', 1, 0, false, 'opens with a condition after a bullet'],
    ['Đối với Quân đội nhân dân: Giấy giới thiệu', 1, 0, false, 'opens with a condition'],
    ['Nếu đã ly hôn thì nộp quyết định của Tòa án', 1, 0, false, 'opens with a condition'],
    ['Văn bản ủy quyền theo quy định của pháp luật', 1, 0, false, 'only representatives'],
    ['Danh sách chủ sở hữu hưởng lợi của doanh nghiệp (nếu có)', 1, 0, false, 'if any'],
    ['Hộ chiếu còn thời hạn (đối với người nước ngoài)', 1, 0, false, 'in brackets'],
    ['Quyết định phê duyệt dự án trong trường hợp đã phê duyệt', 1, 0, false, 'inside the clause'],
    ['Bản vẽ hiện trạng', 0, 0, false, 'neither originals nor copies'],
    [
      'Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản của người làm chứng',
      1,
      0,
      true,
      'a later clause says what replaces it',
    ],
    ['Giấy khám sức khỏe. Trường hợp quá 6 tháng phải khám lại', 1, 0, true, 'a later sentence'],
    ['Giấy tờ chứng minh thuộc diện được miễn phí', 1, 0, false, 'only who asks for exemption'],
  ])('%s (%s, %s) → %s: %s', (name, originals, copies, mandatory) => {
    expect(paperRule({ name, originals, copies }).mandatory).toBe(mandatory)
  })

  test('the condition is told in the source’s words', () => {
    expect(paperRule(paper('Hộ chiếu (đối với người nước ngoài)')).conditionText).toBe(
      'đối với người nước ngoài',
    )
    expect(paperRule(paper('Tờ khai theo mẫu')).conditionText).toBeNull()
  })

  test('a paper of one way of handing in names it', () => {
    const online = 'Mẫu điện tử tương tác (nếu người yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tuyến)'
    const counter =
      'Tờ khai theo mẫu (nếu lựa chọn nộp hồ sơ theo hình thức trực tiếp hoặc gửi hồ sơ qua hệ thống bưu chính)'
    expect(paperRule(paper(online))).toMatchObject({ mandatory: false, channels: ['online'] })
    expect(paperRule(paper(counter))).toMatchObject({ mandatory: true, channels: ['direct', 'postal'] })
  })

  test('a line that only introduces a list is a remark', () => {
    expect(paperRule(paper('Người yêu cầu nộp các giấy tờ sau:', 0, 0)).note).toBe(true)
    expect(paperRule(paper('Lưu ý: văn bản không phải công chứng', 0, 0)).note).toBe(true)
  })
})

describe('cases', () => {
  test('group headings make one case whose papers keep the heading', () => {
    const { cases, flags } = normalise(
      aRecord([
        { name: 'Giấy tờ phải nộp', components: [paper('Tờ khai')] },
        { name: 'Giấy tờ phải xuất trình', components: [paper('Căn cước')] },
        { name: 'Lưu ý', components: [paper('Bản chụp phải rõ nét', 0, 0)] },
      ]),
    )
    expect(cases).toHaveLength(1)
    expect(cases[0]?.components.map((one) => [one.id, one.group])).toEqual([
      ['1.000001.c1.k1', 'Giấy tờ phải nộp'],
      ['1.000001.c1.k2', 'Giấy tờ phải xuất trình'],
    ])
    expect(cases[0]?.notes).toEqual(['Bản chụp phải rõ nét'])
    expect(flags).not.toContain('CASES_AMBIGUOUS')
  })

  test('alternatives become cases, supplements join each of them as conditional papers', () => {
    const { cases } = normalise(
      aRecord([
        { name: 'a) Trường hợp cấp mới', components: [paper('Đơn')] },
        { name: 'b) Trường hợp cấp lại', components: [paper('Đơn cấp lại')] },
        { name: 'Trường hợp ủy quyền thực hiện thủ tục', components: [paper('Giấy giới thiệu')] },
      ]),
    )
    expect(cases.map((one) => [one.name, one.heading])).toEqual([
      ['Trường hợp cấp mới', 'a) Trường hợp cấp mới'],
      ['Trường hợp cấp lại', 'b) Trường hợp cấp lại'],
    ])
    for (const one of cases) {
      expect(one.components.map((item) => item.mandatory)).toEqual([true, false])
      expect(one.components[1]?.conditionText).toBe('Trường hợp ủy quyền thực hiện thủ tục')
    }
  })

  test('the case that bears the procedure’s own name leads', () => {
    const { cases } = normalise(
      aRecord([
        { name: 'Trường hợp đăng ký doanh nghiệp xã hội', components: [paper('Cam kết')] },
        { name: 'Thủ tục thử', components: [paper('Đơn')] },
      ]),
    )
    expect(cases.map((one) => one.name)).toEqual(['Thủ tục thử', 'Trường hợp đăng ký doanh nghiệp xã hội'])
  })

  test('mandatory papers without a heading beside alternatives stay a case of their own, flagged', () => {
    const { cases, flags } = normalise(
      aRecord([
        { name: null, components: [paper('Đơn')] },
        { name: 'Trường hợp cấp lại', components: [paper('Giấy phép cũ')] },
      ]),
    )
    expect(cases.map((one) => one.name)).toEqual(['Trường hợp chung', 'Trường hợp cấp lại'])
    expect(flags).toContain('CASES_AMBIGUOUS')
  })

  test('ids survive a re-import in another order; new papers get new numbers', () => {
    const names = fc.uniqueArray(fc.constantFrom('Đơn', 'Tờ khai', 'Bản vẽ', 'Ảnh', 'Hợp đồng', 'Biên bản'), {
      minLength: 1,
    })
    fc.assert(
      fc.property(names, names, (before, after) => {
        const first = normalise(aRecord([{ name: null, components: before.map((name) => paper(name)) }]))
        const second = normalise(
          aRecord([{ name: null, components: after.map((name) => paper(name)) }]),
          first,
        )
        const idsOf = (content: typeof first) =>
          new Map(content.cases[0]?.components.map((one) => [one.name, one.id]))
        const old = idsOf(first)
        const now = idsOf(second)
        expect(new Set(now.values()).size).toBe(now.size)
        for (const [name, id] of now) {
          if (old.has(name)) expect(id).toBe(old.get(name))
          else expect([...old.values()]).not.toContain(id)
        }
      }),
    )
  })
})

describe('dirty values keep their flag', () => {
  const method = (time: object | null, more: object = {}) => ({
    methods: [{ channel: 'direct', time, free: true, fees: [], ...more }],
  })
  test.each<[string, object, string, boolean]>([
    ['"Khác" is no unit', method({ number: 1, unit: 'OTHER' }), 'TIME_UNIT_OTHER', true],
    ['no time at all', method(null), 'TIME_UNKNOWN', true],
    ['zero days', method({ number: 0, unit: 'WORKING_DAY' }), 'TIME_UNKNOWN', true],
    [
      'split by rule',
      method({ number: 2, unit: 'WORKING_DAY', splitInferred: true }),
      'TIME_SPLIT_INFERRED',
      false,
    ],
    [
      'suspect amount',
      method({ number: 2, unit: 'HOUR' }, { fees: [{ amount: 20, currency: 'VND', suspect: true }] }),
      'AMOUNT_SUSPECT',
      false,
    ],
    ['no word on fees', method({ number: 2, unit: 'HOUR' }, { free: null }), 'FEE_UNKNOWN', false],
  ])('%s', (_title, more, flag, unknownTime) => {
    const content = normalise(aRecord([{ name: null, components: [paper('Đơn')] }], more))
    expect(content.flags).toContain(flag)
    expect(content.methods[0]?.duration === null).toBe(unknownTime)
  })

  test('no papers, unreadable counts, several times in one channel', () => {
    expect(normalise(aRecord([])).flags).toContain('NO_COMPONENTS')
    const counts = aRecord([{ name: null, components: [paper('Đơn', null, null)] }])
    expect(normalise(counts).flags).toContain('COUNTS_UNKNOWN')
    const time = (number: number) => ({
      channel: 'direct',
      time: { number, unit: 'WORKING_DAY' },
      free: true,
      fees: [],
    })
    expect(normalise(aRecord([], { methods: [time(1), time(3)] })).flags).toContain('TIME_VARIES')
  })
})

import { createHash } from 'node:crypto'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { systemClock } from '#platform/clock/clock.ts'
import { createPaperRenderer, TemplateError } from '#platform/papers/renderer.ts'
import { readCode128, readQr } from '../../tests/support/codes.ts'
import { type ReadPdf, readPdf } from '../../tests/support/pdf.ts'
import { type PaperInput, PaperKind } from './contract.ts'
import { paperExamples } from './examples.ts'
import { createPapers } from './papers.ts'
import { readShippedTemplates, shippedLibrary } from './templates.ts'

const data = path.join(import.meta.dirname, '../../data')
const renderer = createPaperRenderer({
  templates: path.join(data, 'templates'),
  fonts: path.join(data, 'fonts'),
})
const library = shippedLibrary(readShippedTemplates(path.join(data, 'templates')))
const papers = createPapers({ renderer, library, clock: systemClock })
const print = async <K extends PaperKind>(kind: K, input: PaperInput<K>): Promise<ReadPdf> =>
  readPdf(await papers.renderPaper(kind, input))

const A5 = { width: 419.53, height: 595.28 }
const A4 = { width: 595.28, height: 841.89 }

/** Each text stands in the paper, in this order: what a screen reader says and what a search finds. */
const expectInOrder = (text: string, parts: readonly string[]): void => {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    expect(
      at,
      `"${part}" after "${text.slice(Math.max(0, from - 40), from)}" in: ${text}`,
    ).toBeGreaterThanOrEqual(0)
    from = at + part.length
  }
}

/** No text leaves the page's box. */
const expectInside = (pdf: ReadPdf): void => {
  for (const page of pdf.pages)
    for (const box of page.boxes) {
      expect(box.x, box.text).toBeGreaterThan(14)
      expect(box.x + box.width, box.text).toBeLessThan(page.width - 14)
      expect(box.y, box.text).toBeGreaterThan(14)
      expect(box.y, box.text).toBeLessThan(page.height - 14)
    }
}

const form01 = paperExamples['form-01']
const TITLE_01 = 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ'
/** The longest official title among the 2,436 procedures of the national catalogue. */
const LONGEST =
  'Đăng ký biến động đối với trường hợp thay đổi quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo thỏa thuận của các thành viên hộ gia đình hoặc của vợ và chồng; quyền sử dụng đất xây dựng công trình trên mặt đất phục vụ cho việc vận hành, khai thác sử dụng công trình ngầm, quyền sở hữu công trình ngầm; bán tài sản, điều chuyển, chuyển nhượng quyền sử dụng đất là tài sản công theo quy định của pháp luật về quản lý, sử dụng tài sản công; nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất theo kết quả giải quyết tranh chấp, khiếu nại, tố cáo về đất đai hoặc bản án, quyết định của Tòa án, quyết định thi hành án của cơ quan thi hành án đã được thi hành; quyết định hoặc phán quyết của Trọng tài thương mại Việt Nam về giải quyết tranh chấp giữa các bên phát sinh từ hoạt động thương mại liên quan đến đất đai; nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất do xử lý tài sản thế chấp là quyền sử dụng đất, tài sản gắn liền với đất đã được đăng ký, bao gồm cả xử lý khoản nợ có nguồn gốc từ khoản nợ xấu của tổ chức tín dụng, chi nhánh ngân hàng nước ngoài'

describe('form 01', () => {
  test('says every field of the receipt, in reading order, on one A5 page per copy', async () => {
    const pdf = await print('form-01', form01)
    expect(pdf.pages).toHaveLength(2)
    for (const [index, copy] of [
      '(Liên 1: lưu tại bộ phận tiếp nhận)',
      '(Liên 2: giao người nộp hồ sơ)',
    ].entries()) {
      const page = pdf.pages[index]
      expect(page?.width).toBeCloseTo(A5.width, 0)
      expect(page?.height).toBeCloseTo(A5.height, 0)
      expectInOrder(page?.text ?? '', [
        'UBND THÀNH PHỐ HẠ LONG',
        'TRUNG TÂM HÀNH CHÍNH CÔNG',
        'Mã hồ sơ: H49.05.12-260421-0007',
        'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
        'Độc lập - Tự do - Hạnh phúc',
        'Quảng Ninh, ngày 21 tháng 4 năm 2026',
        TITLE_01,
        copy,
        'Bộ phận tiếp nhận và trả kết quả: Trung tâm Hành chính công thành phố Hạ Long',
        'Tiếp nhận hồ sơ của: Nguyễn Văn Mẫu',
        'Người nộp: Nguyễn Văn Mẫu',
        'Địa chỉ: Số 00, đường Thí Dụ, phường Mẫu, thành phố Hạ Long',
        'Số định danh cá nhân: 000000000001',
        'Số điện thoại: 0900 000 001',
        `Nội dung yêu cầu giải quyết: ${form01.procedure.name} (mã 1.013833)`,
        '1. Thành phần hồ sơ nộp gồm:',
        'TT Thành phần hồ sơ Bản chính Chứng thực Bản sao Điện tử',
        '1 Đơn đăng ký biến động đất đai, tài sản gắn liền với đất theo Mẫu số 18 1 x',
        '2 Bản gốc Giấy chứng nhận đã cấp 1 1 x',
        '3 Mảnh trích đo bản đồ địa chính thửa đất x',
        '4 Giấy tờ chứng minh về việc đổi tên, thay đổi thông tin 1 x',
        '2. Số lượng hồ sơ: 01 (bộ)',
        '3. Thời gian giải quyết theo quy định: 10 ngày làm việc',
        '4. Thời gian nhận hồ sơ: 08 giờ 58 phút, ngày 21 tháng 4 năm 2026',
        '5. Thời gian trả kết quả: 17 giờ 00 phút, thứ Sáu, ngày 08 tháng 5 năm 2026',
        'Đếm từ 22/4; không tính cuối tuần, nghỉ bù Giỗ Tổ 27/4, lễ 30/4 và 01/5.',
        '6. Phí, lệ phí: Không thu',
        '7. Đăng ký nhận kết quả tại: Quầy 9, Trung tâm Hành chính công thành phố Hạ Long',
        'NGƯỜI NỘP HỒ SƠ',
        'Nguyễn Văn Mẫu',
        'NGƯỜI TIẾP NHẬN HỒ SƠ',
        'Hoàng Thị Mẫu',
        'Mã tra cứu 4821',
        'Hỗ trợ: 1900 0000',
        'Vào Sổ theo dõi hồ sơ, Quyển số 01, Số thứ tự 0412',
      ])
      // The number of a continued page never stands on the first page of a copy.
      expect(page?.text.startsWith('UBND')).toBe(true)
    }
    expectInside(pdf)
  })

  test('bar code and QR read back as the code and the tracking link', async () => {
    const { pages } = await print('form-01', { ...form01, copies: ['applicant'] })
    const drawings = (pages[0]?.paths ?? []).filter((one) => one.length > 100)
    expect(drawings).toHaveLength(2)
    const [bars, qr] = drawings
    expect(readCode128(bars ?? [])).toBe('H49.05.12-260421-0007')
    expect(readQr(qr ?? [])).toBe(form01.tracking.url)
  })

  test('bar code and QR stand on the page whole, at the size a scanner needs', async () => {
    const { pages } = await print('form-01', { ...form01, copies: ['applicant'] })
    const filled = (pages[0]?.drawings ?? []).filter((one) => one.paint === 'fill')
    const sizes = filled.map(({ box: [left, bottom, right, top] }) => [right - left, top - bottom])
    const mm = 72 / 25.4
    expect(sizes).toHaveLength(2)
    expect(sizes[0]?.[0]).toBeCloseTo(50 * mm, 0)
    expect(sizes[0]?.[1]).toBeCloseTo(7 * mm, 0)
    expect(sizes[1]?.[0]).toBeCloseTo(16 * mm, 0)
    expect(sizes[1]?.[1]).toBeCloseTo(16 * mm, 0)
  })

  test('is tagged, in Vietnamese, titled, NFC, and the same bytes each time', async () => {
    const bytes = await papers.renderPaper('form-01', form01)
    const again = await createPapers({
      renderer: createPaperRenderer({
        templates: path.join(data, 'templates'),
        fonts: path.join(data, 'fonts'),
      }),
      library,
      clock: systemClock,
    }).renderPaper('form-01', form01)
    expect(createHash('sha256').update(again).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    )
    const pdf = await readPdf(bytes)
    expect(pdf.tagged).toBe(true)
    expect(pdf.language).toBe('vi-VN')
    expect(pdf.text).toBe(pdf.text.normalize('NFC'))
  })

  test('data in NFD are printed in NFC', async () => {
    const pdf = await print('form-01', { ...form01, officer: 'Hoàng Thị Mẫu'.normalize('NFD') })
    expect(pdf.text).toContain('Hoàng Thị Mẫu'.normalize('NFC'))
  })

  test('the longest official title and 30 components flow to a second page that names the dossier', async () => {
    const components = Array.from({ length: 30 }, (_, i) => ({
      name: `Giấy tờ thứ ${i + 1} chứng minh điều kiện theo quy định của pháp luật chuyên ngành`,
      originals: 1,
      copies: 2,
    }))
    const pdf = await print('form-01', {
      ...form01,
      procedure: { code: '9.999999', name: LONGEST },
      components,
      copies: ['applicant'],
    })
    expect(pdf.pages).toHaveLength(3)
    expectInOrder(
      pdf.text.replace(
        / Mã hồ sơ H49\.05\.12-260421-0007 \d( TT Thành phần hồ sơ Bản chính Chứng thực Bản sao Điện tử)?/g,
        '',
      ),
      [LONGEST, ...components.map((component, i) => `${i + 1} ${component.name} 1 2`)],
    )
    expect(pdf.pages[1]?.text).toMatch(/^Mã hồ sơ H49\.05\.12-260421-0007 2 /)
    // The head of the table is repeated, so that a number on the second page still has its column.
    expect(pdf.pages[1]?.text).toContain('TT Thành phần hồ sơ Bản chính')
    expect(pdf.pages[2]?.text).toContain('NGƯỜI TIẾP NHẬN HỒ SƠ')
    expectInside(pdf)
  })

  test('an organisation with its representative', async () => {
    const pdf = await print('form-01', {
      ...form01,
      applicant: {
        kind: 'organisation',
        name: 'Công ty TNHH Một thành viên Ví Dụ Minh Họa',
        representative: 'Trần Thị Thử',
        identity: { kind: 'tax-code', number: '0000000000-001' },
        address: 'Khu công nghiệp Mẫu',
        email: 'vidu@example.vn',
      },
    })
    expectInOrder(pdf.text, [
      'Tiếp nhận hồ sơ của: Công ty TNHH Một thành viên Ví Dụ Minh Họa',
      'Người nộp: Trần Thị Thử',
      'Mã số thuế: 0000000000-001',
      'Email: vidu@example.vn',
      'NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên) Trần Thị Thử',
    ])
    expect(pdf.text).not.toContain('Số điện thoại')
  })

  test('missing optional values leave no empty labels behind', async () => {
    const pdf = await print('form-01', {
      ...form01,
      applicant: { kind: 'person', name: 'Lê Văn Thử' },
      due: null,
      book: null,
      components: [],
      fees: null,
      tracking: { url: form01.tracking.url },
      duration: { amount: null, unit: 'IMMEDIATE' },
    })
    for (const label of [
      'Địa chỉ:',
      'Số điện thoại',
      'Mã tra cứu',
      'Hỗ trợ:',
      'Vào Sổ',
      'null',
      'undefined',
      'none',
    ])
      expect(pdf.text).not.toContain(label)
    expect(pdf.text).toContain('5. Thời gian trả kết quả: trả ngay sau khi tiếp nhận, giải quyết')
    const undated = await print('form-01', { ...form01, due: null, duration: { amount: null, unit: 'NONE' } })
    expect(undated.text).toContain('3. Thời gian giải quyết theo quy định: không ghi rõ')
    expect(undated.text).toContain('5. Thời gian trả kết quả: chưa hẹn được ngày; cơ quan báo khi có kết quả')
    expect(pdf.text).toContain('6. Phí, lệ phí: Theo thông báo của cơ quan giải quyết')
  })

  test('values are text, never markup of the template', async () => {
    const hostile = '#panic("x") *đậm* $x$ [a] \\ <b> "trích" @ref // ghi'
    const pdf = await print('form-01', { ...form01, note: hostile, copies: ['archive'] })
    expect(pdf.text).toContain(`Ghi chú: ${hostile}`)
  })
})

/** Every Vietnamese letter with every mark, both cases. */
const ALPHABET = [...'aăâeêioôơuưy']
  .flatMap((vowel) =>
    ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((mark) => (vowel + mark).normalize('NFC')),
  )
  .concat('đ')
  .join(' ')

test('every Vietnamese letter is printed and read back, in the three faces', async () => {
  const both = `${ALPHABET} ${ALPHABET.toUpperCase()}`
  const pdf = await print('form-01', {
    ...form01,
    note: both,
    officer: both,
    copies: ['archive'],
    letterhead: { ...form01.letterhead, place: both },
  })
  const bare = (text: string) => text.replace(/\s/g, '')
  expect(bare(pdf.text).split(bare(both))).toHaveLength(4)
})

describe('the other forms', () => {
  test.each<[PaperKind, typeof A4, string[]]>([
    [
      'form-02',
      A5,
      [
        'Số: 15/HDHS',
        'Mã hồ sơ: H49.05.12-260421-0007',
        'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
        'Hồ sơ của: Nguyễn Văn Mẫu',
        'Nội dung yêu cầu giải quyết: Đăng ký biến động',
        '1 Bản gốc Giấy chứng nhận quyền sử dụng đất đã cấp 01 bản chính',
        '2 Giấy tờ chứng minh việc đổi tên, có chứng thực 01 bản',
        'Lý do: Hồ sơ chưa có Giấy chứng nhận',
        'Căn cứ: Nghị định 118/2025/NĐ-CP, Điều 19 khoản 5',
        'chậm nhất đến hết ngày 06 tháng 5 năm 2026',
        'liên hệ với Hoàng Thị Mẫu, số điện thoại 0900 000 002',
        'NGƯỜI NỘP HỒ SƠ',
        'NGƯỜI HƯỚNG DẪN',
        'Hoàng Thị Mẫu',
        'Mã tra cứu 4821',
      ],
    ],
    [
      'form-03',
      A5,
      [
        'Số: 03/TCHS',
        'Mã hồ sơ: H49.05.12-260421-0007',
        'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
        'thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:',
        'Thửa đất nằm ngoài địa bàn',
        'Nơi có thẩm quyền giải quyết: Chi nhánh Văn phòng đăng ký đất đai',
        'Xin thông báo cho Ông/Bà được biết và thực hiện./.',
        'NGƯỜI TIẾP NHẬN HỒ SƠ',
        'Hoàng Thị Mẫu',
      ],
    ],
    [
      'form-04',
      A5,
      [
        'Số: 07/PXL',
        'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
        'Kính gửi: Nguyễn Văn Mẫu',
        'Ngày 21 tháng 4 năm 2026, Trung tâm Hành chính công tiếp nhận hồ sơ',
        'mã hồ sơ: H49.05.12-260421-0007',
        'Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 08 tháng 5 năm 2026',
        'Lý do: Cơ quan phối hợp chưa gửi',
        'xin lỗi Ông/Bà',
        '17 giờ 00 phút, thứ Sáu, ngày 15 tháng 5 năm 2026',
        'Mong nhận được sự thông cảm của Ông/Bà./.',
        'Nơi nhận:',
        '- Như trên;',
        'GIÁM ĐỐC',
        'Trần Thị Ví Dụ',
      ],
    ],
    [
      'form-05',
      A5,
      [
        'Số: 02/TB-TTHCC',
        'Mã hồ sơ: H49.05.12-260421-0007',
        'THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ',
        'Thời gian tiếp nhận: 08 giờ 58 phút, ngày 21 tháng 4 năm 2026',
        'Căn cứ Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ số 15/HDHS ngày 21 tháng 4 năm 2026',
        'dừng giải quyết hồ sơ kể từ ngày 07 tháng 5 năm 2026.',
        'Giấy tờ trả lại: 1. Bản gốc Giấy chứng nhận đã cấp (01 bản)',
        'Phí, lệ phí: Chưa thu, không phải hoàn trả',
        'GIÁM ĐỐC',
        'Trần Thị Ví Dụ',
      ],
    ],
    [
      'form-06',
      A4,
      [
        'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ',
        'Quyển số 01, Số thứ tự 0412',
        'Kèm theo hồ sơ của: Nguyễn Văn Mẫu',
        'Mã hồ sơ: H49.05.12-260421-0007',
        'Ngày nhận hồ sơ: 08 giờ 58 phút, ngày 21 tháng 4 năm 2026',
        'Ngày hẹn trả kết quả: 17 giờ 00 phút, ngày 08 tháng 5 năm 2026',
        'Cơ quan (bộ phận) giải quyết hồ sơ: Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
        'Cơ quan phối hợp giải quyết hồ sơ: Chi cục Thuế khu vực III',
        'TÊN CƠ QUAN',
        '1. Giao: Bộ phận tiếp nhận và trả kết quả',
        '2. Nhận: Phòng Đăng ký đất đai',
        '10 giờ 05 phút, ngày 21 tháng 4 năm 2026',
        'Hoàng Thị Mẫu',
        'Lê Văn Thử',
        'Chuyển qua môi trường điện tử',
        '09 giờ 00 phút, ngày 28 tháng 4 năm 2026',
        'Trước hạn',
        'Đã xác minh thực địa',
        '…… giờ …… phút',
        'Ghi chú: Trường hợp hồ sơ được chuyển qua môi trường điện tử',
      ],
    ],
    [
      'form-07',
      { width: A4.height, height: A4.width },
      [
        'SỔ THEO DÕI HỒ SƠ',
        'Lĩnh vực: Đất đai',
        'Quyển số: 01',
        'Năm: 2026',
        'Nhận và trả kết quả',
        'Mã hồ sơ',
        'Tên thủ tục hành chính',
        '412',
        'H49.05.12-260421-0007',
        'Đăng ký biến động đất đai',
        '01',
        'Nguyễn Văn Mẫu',
        'Phường Mẫu, 0900 000 001',
        '21/04/2026',
        '08/05/2026',
        'Trực tiếp',
      ],
    ],
    [
      'result-receipt',
      A5,
      [
        'Mã hồ sơ: H49.05.12-260421-0007',
        'GIẤY BIÊN NHẬN TRẢ KẾT QUẢ',
        'Hồ sơ của: Nguyễn Văn Mẫu',
        'Thời gian trả kết quả: 14 giờ 20 phút, ngày 08 tháng 5 năm 2026',
        'Người nhận kết quả: Nguyễn Văn Mẫu',
        'Số định danh cá nhân: 000000000001',
        '1 Giấy chứng nhận quyền sử dụng đất đã chỉnh lý 00123/GCN, 07/05/2026 01',
        'Giấy tờ trả lại: 1. Giấy tờ chứng minh về việc đổi tên (01 bản)',
        'NGƯỜI NHẬN KẾT QUẢ',
        'NGƯỜI TRẢ KẾT QUẢ',
        'Hoàng Thị Mẫu',
      ],
    ],
  ])('%s says its fields in order on its page', async (kind, size, parts) => {
    const pdf = await print(kind, paperExamples[kind])
    expectInOrder(pdf.text, kind === 'form-07' ? ['Độc lập - Tự do - Hạnh phúc', ...parts] : parts)
    expect(pdf.text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    expect(pdf.pages[0]?.width).toBeCloseTo(size.width, 0)
    expect(pdf.pages[0]?.height).toBeCloseTo(size.height, 0)
    expect(pdf.pages).toHaveLength(kind === 'form-07' ? 2 : 1)
    expectInside(pdf)
  })

  test.each(PaperKind.options)('%s of a sample dossier prints MẪU on each page', async (kind) => {
    const pdf = await print(kind, { ...paperExamples[kind], sample: true })
    for (const page of pdf.pages) expect(page.text).toMatch(/(^| )MẪU( |$)/)
  })

  test('form 06 with forty hand-overs and a register with two hundred rows go on over pages with their heads', {
    timeout: 120_000,
  }, async () => {
    const [handover] = paperExamples['form-06'].handovers
    const sheet = await print('form-06', {
      ...paperExamples['form-06'],
      handovers: Array.from({ length: 40 }, () => ({ from: 'Phòng Mẫu', to: 'Phòng Thử', ...handover })),
    })
    expect(sheet.pages.length).toBeGreaterThan(2)
    for (const page of sheet.pages.slice(1, -1)) expect(page.text).toContain('TÊN CƠ QUAN')
    expectInside(sheet)
    const [row] = paperExamples['form-07'].rows
    if (!row) throw new Error('the example has a row')
    const register = await print('form-07', {
      ...paperExamples['form-07'],
      rows: Array.from({ length: 200 }, (_, i) => ({ ...row, number: i + 1, procedure: LONGEST })),
    })
    for (const page of register.pages.slice(1)) expect(page.text).toContain('Mã hồ sơ')
    expectInside(register)
  })
})

test('each form has a template in force; none before the first', async () => {
  for (const kind of PaperKind.options)
    expect((await library.inForce(kind, '2026-04-21T08:00:00+07:00')).body).toContain('print-all')
  await expect(library.inForce('form-05', '2024-01-01T08:00:00+07:00')).rejects.toThrow('no template')
})

test('a template that does not fit its data is an error that names it', () => {
  expect(() => renderer.render('form-01.typ', [{}])).toThrow(TemplateError)
  expect(() => renderer.render('none.typ', [{}])).toThrow('none.typ')
})

import { code128, qr } from '#platform/papers/codes.ts'
import type { PageLayout } from '#platform/papers/compiled.ts'
import type { Face } from '#platform/papers/faces.ts'
import type { Block, Piece } from '#platform/papers/lines.ts'
import type { PrintedReceipt } from './printing.ts'

/**
 * The template that the layout below repeats: `form-01.typ` with `common.typ`. When one of them changes, form 01 is set by
 * Typst alone until the layout follows and this hash with it; the test of the fast path says so.
 */
export const RECEIPT_TEMPLATE = '9055c182a38afc0104ff149bbacb67cf2529f119b88fb8f6ac8f5bb85f73f5fa'

const MM = 72 / 25.4
const SIZE = 9.5
const LEFT = 15 * MM
const WIDTH = (148 - 15 - 9) * MM

const HEAD_GUTTER = 2 * MM
const SIGN_GUTTER = 2 * MM
const HEAD_LEFT = (WIDTH - HEAD_GUTTER) / 2.24
const HEAD_RIGHT = ((WIDTH - HEAD_GUTTER) * 1.24) / 2.24
const INSET = 1.3 * MM
const COLUMNS = [7.5, 124 - 7.5 - 12 - 14 - 12 - 12, 12, 14, 12, 12].map((width) => width * MM)
const FRAME_INSET = 2 * MM
const QR_COLUMN = (16 + 3) * MM

const words =
  (face: Face, size: number) =>
  (text: string): Piece => ({ face, size, text })
const regular = words('Regular', SIZE)
const bold = words('Bold', SIZE)
const item = (label: string, value: string): Piece[] => [bold(`${label}:`), regular(` ${value}`)]

type Column = Pick<Block, 'x' | 'width' | 'align'>
const PAGE: Column = { x: LEFT, width: WIDTH, align: 'left' }
const line = (id: string, column: Column, ...pieces: Piece[]): Block => ({ id, ...column, pieces })

const head = ({ head, date, code }: PrintedReceipt): Block[] => {
  const left: Column = { x: LEFT, width: HEAD_LEFT, align: 'centre' }
  const right: Column = { x: LEFT + HEAD_LEFT + HEAD_GUTTER, width: HEAD_RIGHT, align: 'centre' }
  const small = SIZE * 0.88
  return [
    line('superior', left, words('Regular', small)(head.superior.toUpperCase())),
    line('agency', left, words('Bold', small)(head.agency.toUpperCase())),
    line('code', left, words('Regular', small)('Mã hồ sơ: '), words('Bold', small)(code ?? '')),
    line('nation', right, words('Bold', small)('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')),
    line('motto', right, words('Bold', SIZE * 0.94)('Độc lập - Tự do - Hạnh phúc')),
    line('place', right, words('Italic', SIZE)(`${head.place}, ${date}`)),
  ]
}

const TABLE_HEAD = ['TT', 'Thành phần hồ sơ', 'Bản chính', 'Chứng thực', 'Bản sao', 'Điện tử']
const cell = (id: string, column: number, piece: Piece, align: Block['align']): Block => {
  const before = COLUMNS.slice(0, column).reduce((sum, width) => sum + width, 0)
  const width = (COLUMNS[column] ?? 0) - 2 * INSET
  return line(id, { x: LEFT + before + INSET, width, align }, piece)
}
const table = (rows: PrintedReceipt['components']): Block[] => [
  ...TABLE_HEAD.map((text, column) => cell(`h${column}`, column, bold(text), 'centre')),
  ...rows.flatMap((row, index) =>
    row.flatMap((text, column) =>
      text === ''
        ? []
        : [cell(`${index}.${column}`, column, regular(text), column === 1 ? 'left' : 'centre')],
    ),
  ),
]

const frame = ({ due, withoutDay, explanation }: PrintedReceipt): Block[] => {
  const inner: Column = { x: LEFT + FRAME_INSET, width: WIDTH - 2 * FRAME_INSET, align: 'left' }
  return [
    due
      ? line('due', inner, bold(`5. Thời gian trả kết quả: ${due}`))
      : line('without-day', inner, ...item('5. Thời gian trả kết quả', withoutDay)),
    ...(explanation ? [line('why', inner, words('Regular', SIZE * 0.92)(explanation))] : []),
  ]
}

const signatures = ({ submitter, officer, hints }: PrintedReceipt): Block[] =>
  [
    { title: 'Người nộp hồ sơ', name: submitter },
    { title: 'Người tiếp nhận hồ sơ', name: officer },
  ].flatMap(({ title, name }, index) => {
    const width = (WIDTH - SIGN_GUTTER) / 2
    const column: Column = { x: LEFT + index * (width + SIGN_GUTTER), width, align: 'centre' }
    return [
      line(`sign${index}`, column, bold(title.toUpperCase())),
      line(`hint${index}`, column, words('Italic', SIZE)(hints[index] ?? '')),
      line(`name${index}`, column, bold(name)),
    ]
  })

const foot = ({ pin, hotline, book }: PrintedReceipt): Block[] => {
  const column: Column = { x: LEFT + QR_COLUMN, width: WIDTH - QR_COLUMN, align: 'left' }
  const [plain, strong] = [words('Regular', 8.5), words('Bold', 8.5)]
  const bring = 'Khi đến nhận kết quả mang theo giấy này hoặc căn cước.'
  return [
    line(
      'follow',
      column,
      plain('Quét mã hoặc mở '),
      plain('trang theo dõi hồ sơ'),
      ...(pin
        ? [plain(' để xem hồ sơ đang ở đâu. Mã tra cứu '), strong(pin), plain('.')]
        : [plain(' để xem hồ sơ đang ở đâu.')]),
    ),
    line(
      'bring',
      column,
      ...(hotline ? [plain(`${bring} Hỗ trợ: `), strong(hotline), plain('.')] : [plain(bring)]),
    ),
    ...(book ? [line('book', column, words('Italic', 8.5)(`Vào Sổ theo dõi hồ sơ, ${book}`))] : []),
  ]
}

const persons = (paper: PrintedReceipt): Block[] => {
  const contacts = paper.contacts.flatMap((text, index): Piece[] =>
    index === 0 ? [regular(text ?? '')] : [{ gap: 1.2 * SIZE }, regular(text ?? '')],
  )
  return [
    line('desk', PAGE, regular(`Bộ phận tiếp nhận và trả kết quả: ${paper.desk}`)),
    line(
      'owner',
      PAGE,
      regular('Tiếp nhận hồ sơ của: '),
      bold(paper.owner),
      regular(' '),
      { gap: 0.8 * SIZE },
      regular('Người nộp: '),
      bold(paper.submitter),
    ),
    ...(paper.address ? [line('address', PAGE, regular(`Địa chỉ: ${paper.address}`))] : []),
    ...(contacts.length > 0 ? [line('contacts', PAGE, ...contacts)] : []),
    line(
      'procedure',
      { ...PAGE, align: 'justify' },
      regular(`Nội dung yêu cầu giải quyết: ${paper.procedure}`),
    ),
  ]
}

const middle = (paper: PrintedReceipt): Block[] => [
  line('components', PAGE, bold('1. Thành phần hồ sơ nộp gồm:')),
  ...table(paper.components),
  line(
    'sets',
    PAGE,
    bold('2. Số lượng hồ sơ:'),
    regular(` ${paper.sets}`),
    { fill: true },
    ...item('3. Thời gian giải quyết theo quy định', paper.duration),
  ),
  line('received', PAGE, ...item('4. Thời gian nhận hồ sơ', paper.received)),
  ...frame(paper),
  ...(paper.secondPhase
    ? [
        line(
          'second',
          PAGE,
          regular(`Giai đoạn hai: nhận hồ sơ ${paper.secondPhase.receive}; trả kết quả `),
          bold(paper.secondPhase.return),
        ),
      ]
    : []),
  line('fees', PAGE, ...item('6. Phí, lệ phí', paper.fees)),
  line('result', PAGE, ...item('7. Đăng ký nhận kết quả tại', paper.result)),
  ...(paper.note ? [line('note', PAGE, ...item('Ghi chú', paper.note))] : []),
]

/** Form 01 as `form-01.typ` writes it: the same paragraphs in the same order, columns and faces. */
export const receiptLayout = (paper: PrintedReceipt): PageLayout => ({
  blocks: [
    ...(paper.sample ? [line('sample', { ...PAGE, align: 'right' }, words('Bold', 16)('MẪU'))] : []),
    ...head(paper),
    line(
      'title',
      { ...PAGE, align: 'centre' },
      words('Bold', SIZE * 1.5)('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ'),
    ),
    line('copy', { ...PAGE, align: 'centre' }, words('Italic', SIZE)(paper.copy)),
    ...persons(paper),
    ...middle(paper),
    ...signatures(paper),
    ...foot(paper),
  ],
  symbols: [code128(paper.code ?? ''), qr(paper.link)],
  link: paper.link,
})

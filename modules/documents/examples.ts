import type { z } from 'zod'
import { type PaperInput, type PaperKind, paperData } from './paper-data.ts'

/** Invented papers (MẪU people, impossible numbers) for previews of a template, tests and the benchmark. */
const letterhead = {
  superior: 'UBND thành phố Hạ Long',
  agency: 'Trung tâm Hành chính công',
  place: 'Quảng Ninh',
}
const applicant = {
  kind: 'person' as const,
  name: 'Nguyễn Văn Mẫu',
  identity: { kind: 'personal-id' as const, number: '000000000001' },
  address: 'Số 00, đường Thí Dụ, phường Mẫu, thành phố Hạ Long',
  phone: '0900 000 001',
}
const dossier = {
  letterhead,
  issuedAt: '2026-04-21T08:58:00+07:00',
  dossierCode: 'H49.05.12-260421-0007',
  applicant,
  procedure: {
    code: '1.013833',
    name: 'Đăng ký biến động đối với trường hợp đổi tên hoặc thay đổi thông tin về người sử dụng đất, chủ sở hữu tài sản gắn liền với đất hoặc thay đổi số hiệu hoặc địa chỉ của thửa đất; thay đổi hạn chế quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất hoặc có thay đổi quyền đối với thửa đất liền kề; giảm diện tích thửa đất do sạt lở tự nhiên',
  },
}
const tracking = {
  url: 'https://motcua.example.vn/tra-cuu/H49.05.12-260421-0007?t=Xq3vJ8mKpR2wZ5yT',
  pin: '4821',
  hotline: '1900 0000',
}
const signer = { title: 'Giám đốc', name: 'Trần Thị Ví Dụ' }

const listed = {
  dossierCode: dossier.dossierCode,
  procedure: dossier.procedure.name,
  applicant: applicant.name,
}

export const paperExamples: { [K in PaperKind]: PaperInput<K> } = {
  'form-01': {
    ...dossier,
    desk: 'Trung tâm Hành chính công thành phố Hạ Long',
    components: [
      {
        name: 'Đơn đăng ký biến động đất đai, tài sản gắn liền với đất theo Mẫu số 18',
        originals: 1,
        electronic: true,
      },
      { name: 'Bản gốc Giấy chứng nhận đã cấp', originals: 1, copies: 1, electronic: true },
      { name: 'Mảnh trích đo bản đồ địa chính thửa đất', electronic: true },
      { name: 'Giấy tờ chứng minh về việc đổi tên, thay đổi thông tin', certified: 1, electronic: true },
    ],
    duration: { amount: 10, unit: 'WORKING_DAY' },
    receivedAt: '2026-04-21T08:58:00+07:00',
    due: {
      at: '2026-05-08T17:00:00+07:00',
      explanation: 'Đếm từ 22/4; không tính cuối tuần, nghỉ bù Giỗ Tổ 27/4, lễ 30/4 và 01/5.',
    },
    fees: [],
    resultReturn: { way: 'counter', place: 'Quầy 9, Trung tâm Hành chính công thành phố Hạ Long' },
    officer: 'Hoàng Thị Mẫu',
    tracking,
    book: { volume: 1, number: 412 },
  },
  'form-02': {
    ...dossier,
    number: '15/HDHS',
    requirements: [
      { text: 'Bản gốc Giấy chứng nhận quyền sử dụng đất đã cấp', quantity: '01 bản chính' },
      { text: 'Giấy tờ chứng minh việc đổi tên, có chứng thực', quantity: '01 bản' },
    ],
    reason: 'Hồ sơ chưa có Giấy chứng nhận đã cấp nên chưa xác định được thửa đất cần đăng ký biến động.',
    legalBasis: 'Nghị định 118/2025/NĐ-CP, Điều 19 khoản 5',
    deadline: '2026-05-06',
    contact: { name: 'Hoàng Thị Mẫu', phone: '0900 000 002' },
    officer: 'Hoàng Thị Mẫu',
    tracking,
  },
  'form-03': {
    ...dossier,
    number: '03/TCHS',
    reason: 'Thửa đất nằm ngoài địa bàn mà Trung tâm được giao tiếp nhận.',
    rightAuthority: 'Chi nhánh Văn phòng đăng ký đất đai, Quầy 3, Trung tâm Phục vụ hành chính công xã Mẫu',
    officer: 'Hoàng Thị Mẫu',
  },
  'form-04': {
    ...dossier,
    number: '07/PXL',
    receivedAt: '2026-04-21T08:58:00+07:00',
    promisedAt: '2026-05-08T17:00:00+07:00',
    reason: 'Cơ quan phối hợp chưa gửi kết quả xác minh ranh giới thửa đất.',
    newDueAt: '2026-05-15T17:00:00+07:00',
    recipients: ['Như trên', 'Lưu: VT, hồ sơ'],
    signer,
  },
  'form-05': {
    ...dossier,
    number: '02/TB-TTHCC',
    receivedAt: '2026-04-21T08:58:00+07:00',
    ground: { kind: 'not-completed', noticeNumber: '15/HDHS', noticeDay: '2026-04-21' },
    stoppedFrom: '2026-05-07',
    papersReturned: ['Bản gốc Giấy chứng nhận đã cấp (01 bản)'],
    feeHandling: 'Chưa thu, không phải hoàn trả',
    recipients: ['Như trên', 'Lưu: VT, hồ sơ'],
    signer,
  },
  'form-06': {
    ...dossier,
    book: { volume: 1, number: 412 },
    receivedAt: '2026-04-21T08:58:00+07:00',
    dueAt: '2026-05-08T17:00:00+07:00',
    responsible: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
    coordinating: ['Chi cục Thuế khu vực III'],
    handovers: [
      {
        from: 'Bộ phận tiếp nhận và trả kết quả',
        to: 'Phòng Đăng ký đất đai',
        at: '2026-04-21T10:05:00+07:00',
        giver: 'Hoàng Thị Mẫu',
        receiver: 'Lê Văn Thử',
        electronic: true,
      },
      {
        from: 'Phòng Đăng ký đất đai',
        to: 'Lãnh đạo Chi nhánh',
        at: '2026-04-28T09:00:00+07:00',
        giver: 'Lê Văn Thử',
        receiver: 'Phạm Minh Họa',
        outcome: 'early',
        note: 'Đã xác minh thực địa',
      },
      { from: 'Lãnh đạo Chi nhánh', to: 'Bộ phận tiếp nhận và trả kết quả' },
    ],
  },
  'form-07': {
    letterhead,
    issuedAt: '2026-04-21T08:58:00+07:00',
    field: 'Đất đai',
    volume: 1,
    year: 2026,
    rows: [
      {
        number: 412,
        dossierCode: 'H49.05.12-260421-0007',
        procedure: 'Đăng ký biến động đất đai',
        sets: 1,
        applicant: 'Nguyễn Văn Mẫu',
        contact: 'Phường Mẫu, 0900 000 001',
        responsible: 'Chi nhánh Văn phòng đăng ký đất đai',
        receivedOn: '2026-04-21',
        dueOn: '2026-05-08',
        way: 'counter',
      },
    ],
  },
  'batch-receipt': {
    letterhead,
    issuedAt: '2026-04-21T09:40:00+07:00',
    number: '06/GTN',
    desk: 'Trung tâm Hành chính công thành phố Hạ Long',
    submitter: {
      kind: 'person',
      name: 'Nguyễn Văn Mẫu',
      representative: 'Phan Thị Thử, nhân viên bưu chính',
      phone: '0900 000 003',
    },
    receivedAt: '2026-04-21T09:40:00+07:00',
    rows: [
      {
        ...listed,
        papers: 5,
        dueAt: '2026-05-08T17:00:00+07:00',
        fee: 0,
        pin: '4821',
      },
      {
        dossierCode: 'H49.05.12-260421-0008',
        procedure: 'Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh',
        applicant: 'Công ty TNHH Một thành viên Ví Dụ Minh Họa',
        sets: 2,
        papers: 3,
        fee: 16_000,
        pin: '1177',
      },
    ],
    officer: 'Hoàng Thị Mẫu',
    hotline: '1900 0000',
  },
  'handover-sheet': {
    letterhead,
    issuedAt: '2026-04-21T15:30:00+07:00',
    number: '21/BGHS',
    code: 'BG-H49.05.12-260421-0021',
    from: { unit: 'Trung tâm Hành chính công thành phố Hạ Long', person: 'Hoàng Thị Mẫu' },
    to: { unit: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long', person: 'Lê Văn Thử' },
    handedAt: '2026-04-21T15:30:00+07:00',
    purpose: 'Chuyển hồ sơ giấy để giải quyết',
    rows: [
      { ...listed, papers: 5, receivedOn: '2026-04-21', dueAt: '2026-05-08T17:00:00+07:00' },
      {
        dossierCode: 'H49.05.12-260421-0008',
        procedure: 'Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh',
        applicant: 'Công ty TNHH Một thành viên Ví Dụ Minh Họa',
        receivedOn: '2026-04-21',
        note: 'Kèm 01 bản gốc',
      },
    ],
  },
  'result-handover': {
    letterhead: { ...letterhead, agency: 'Chi nhánh Văn phòng đăng ký đất đai' },
    issuedAt: '2026-05-07T16:00:00+07:00',
    number: '09/BGKQ',
    code: 'KQ-H49.05.12-260507-0009',
    from: { unit: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long', person: 'Lê Văn Thử' },
    to: { unit: 'Trung tâm Hành chính công thành phố Hạ Long' },
    handedAt: '2026-05-07T16:00:00+07:00',
    rows: [
      {
        ...listed,
        result: 'Giấy chứng nhận quyền sử dụng đất đã chỉnh lý, số 00123/GCN ngày 07/05/2026',
        address: 'Số 00, đường Thí Dụ, phường Mẫu',
        feeDue: true,
      },
      {
        dossierCode: 'H49.05.12-260421-0008',
        procedure: 'Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh',
        result: 'Trích lục, số 88/TL',
        applicant: 'Công ty TNHH Một thành viên Ví Dụ Minh Họa',
        post: true,
        note: '02 bản',
      },
    ],
  },
  'result-receipt': {
    ...dossier,
    returnedAt: '2026-05-08T14:20:00+07:00',
    results: [
      { name: 'Giấy chứng nhận quyền sử dụng đất đã chỉnh lý', number: '00123/GCN', day: '2026-05-07' },
    ],
    returnedPapers: ['Giấy tờ chứng minh về việc đổi tên (01 bản)'],
    receiver: { name: 'Nguyễn Văn Mẫu', identity: { kind: 'personal-id', number: '000000000001' } },
    officer: 'Hoàng Thị Mẫu',
    tracking,
  },
  'transfer-slip': {
    ...dossier,
    number: '04/PCXL',
    from: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
    to: 'Chi cục Thuế khu vực III',
    role: 'participant',
    work: 'Xác định nghĩa vụ tài chính về đất đai',
    sentAt: '2026-04-22T09:00:00+07:00',
    dueAt: '2026-04-28T17:00:00+07:00',
    finalDueAt: '2026-05-08T17:00:00+07:00',
    limit: '24 giờ làm việc',
    attachments: ['Phiếu chuyển thông tin địa chính (01 bản)', 'Đơn đăng ký biến động (01 bản điện tử)'],
    recipients: ['Như trên', 'Trung tâm Hành chính công thành phố Hạ Long', 'Lưu: hồ sơ'],
    officer: 'Lê Văn Thử',
  },
  'payment-notice': {
    ...dossier,
    number: '11/TBNT',
    items: [
      { name: 'Lệ phí trước bạ nhà, đất', amount: 1_250_000 },
      { name: 'Phí thẩm định hồ sơ cấp Giấy chứng nhận', amount: 100_000 },
    ],
    legalBasis: 'Thông báo số 00/TB-CCT ngày 28/4/2026 của Chi cục Thuế khu vực III',
    deadline: '2026-05-28',
    ways: ['Trực tuyến tại trang theo dõi hồ sơ', 'Tại quầy thu phí của Trung tâm'],
    officer: 'Lê Văn Thử',
    tracking,
  },
  'return-minutes': {
    ...dossier,
    number: '02/BBTL',
    returnedAt: '2026-04-24T14:05:00+07:00',
    reason: 'Tổ chức, cá nhân yêu cầu rút hồ sơ vì thay đổi nội dung đề nghị.',
    requestedOn: '2026-04-24',
    papers: [
      { name: 'Bản gốc Giấy chứng nhận đã cấp', quantity: '01 bản chính' },
      { name: 'Giấy tờ chứng minh về việc đổi tên', quantity: '01 bản chứng thực' },
    ],
    feeHandling: 'Chưa thu, không phải hoàn trả',
    receiver: { name: 'Nguyễn Văn Mẫu', identity: { kind: 'personal-id', number: '000000000001' } },
    officer: 'Hoàng Thị Mẫu',
  },
  'result-error': {
    ...dossier,
    number: '01/BBSS',
    reportedAt: '2026-05-11T08:20:00+07:00',
    reporter: 'Nguyễn Văn Mẫu',
    result: { name: 'Giấy chứng nhận quyền sử dụng đất', number: '00123/GCN', day: '2026-05-07' },
    error: 'Sai năm sinh của người sử dụng đất: ghi 1978, đúng là 1987.',
    correctBy: '2026-05-14T17:00:00+07:00',
    corrected: {
      number: '00131/GCN',
      day: '2026-05-12',
      at: '2026-05-12T10:30:00+07:00',
      cause: 'Nhập nhầm khi in kết quả',
    },
    officer: 'Hoàng Thị Mẫu',
  },
  'lost-papers': {
    ...dossier,
    number: '01/TBXL',
    foundAt: '2026-04-29T10:00:00+07:00',
    papers: [{ name: 'Mảnh trích đo bản đồ địa chính thửa đất', quantity: '01 bản chính, bị ướt' }],
    circumstances: 'Giấy tờ bị ướt khi chuyển từ Trung tâm sang Chi nhánh trong mưa lớn.',
    holder: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
    remedy: 'Chi nhánh đo và cấp lại mảnh trích đo, thay bản bị hỏng trong hồ sơ.',
    remedyBy: '2026-05-05',
    recipients: ['Như trên', 'Lưu: VT, hồ sơ'],
    signer,
  },
  progress: {
    ...dossier,
    issuedAt: '2026-04-28T10:15:00+07:00',
    receivedAt: '2026-04-21T08:58:00+07:00',
    dueAt: '2026-05-08T17:00:00+07:00',
    state: 'Đang xử lý, bước Thẩm định hồ sơ',
    responsible: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
    entries: [
      { at: '2026-04-21T08:58:00+07:00', what: 'Tiếp nhận hồ sơ', by: 'Hoàng Thị Mẫu' },
      {
        at: '2026-04-21T10:05:00+07:00',
        what: 'Chuyển hồ sơ',
        by: 'Hoàng Thị Mẫu',
        detail: 'Bộ phận tiếp nhận và trả kết quả → Phòng Đăng ký đất đai',
      },
      {
        at: '2026-04-22T08:10:00+07:00',
        what: 'Phân công thụ lý',
        by: 'Phạm Minh Họa',
        detail: 'Lê Văn Thử',
      },
    ],
    officer: 'Hoàng Thị Mẫu',
  },
  guidance: {
    letterhead,
    issuedAt: '2026-04-21T08:30:00+07:00',
    procedure: { ...dossier.procedure, case: 'Đổi tên, thay đổi thông tin về người sử dụng đất' },
    components: [
      { name: 'Đơn đăng ký biến động đất đai, tài sản gắn liền với đất theo Mẫu số 18', originals: 1 },
      { name: 'Bản gốc Giấy chứng nhận đã cấp', originals: 1, copies: 1 },
      {
        name: 'Giấy tờ chứng minh về việc đổi tên, thay đổi thông tin',
        certified: 1,
        mandatory: false,
      },
    ],
    where: [
      'Trung tâm Hành chính công thành phố Hạ Long, giờ làm việc hành chính',
      'Trực tuyến trên Cổng Dịch vụ công quốc gia',
      'Qua dịch vụ bưu chính công ích',
    ],
    duration: { amount: 10, unit: 'WORKING_DAY' },
    fees: [{ name: 'Phí thẩm định hồ sơ', amount: 100_000 }],
    legalBases: ['Luật Đất đai số 31/2024/QH15', 'Nghị định số 101/2024/NĐ-CP'],
    officer: 'Hoàng Thị Mẫu',
    tracking: { url: 'https://motcua.example.vn/thu-tuc/1.013833', hotline: '1900 0000' },
  },
  'overdue-report': {
    letterhead,
    issuedAt: '2026-05-12T08:00:00+07:00',
    scope: 'Chi nhánh Văn phòng đăng ký đất đai Hạ Long',
    at: '2026-05-12T08:00:00+07:00',
    rows: [
      {
        ...listed,
        submitter: 'Nguyễn Văn Mẫu',
        receivedOn: '2026-04-21',
        dueAt: '2026-05-08T17:00:00+07:00',
        lateDays: 2,
        state: 'Thẩm định hồ sơ',
        holder: 'Lê Văn Thử',
        note: 'Chờ kết quả xác minh ranh giới',
      },
    ],
    officer: 'Hoàng Thị Mẫu',
  },
  'unclaimed-results': {
    letterhead,
    issuedAt: '2026-06-01T08:00:00+07:00',
    scope: 'Trung tâm Hành chính công thành phố Hạ Long',
    at: '2026-06-01T08:00:00+07:00',
    rows: [
      {
        ...listed,
        phone: '0900 000 001',
        result: '00123/GCN, 07/05/2026',
        completedOn: '2026-05-07',
        waitingDays: 25,
        note: 'Đã nhắn tin ngày 15/05/2026',
      },
    ],
    officer: 'Hoàng Thị Mẫu',
  },
  'seal-register': {
    letterhead,
    issuedAt: '2026-06-01T08:00:00+07:00',
    scope: 'Trung tâm Phục vụ hành chính công tỉnh Quảng Ninh',
    agency: 'Sở Tư pháp',
    seal: 'Dấu thứ hai, số 02',
    keeper: 'Hoàng Thị Mẫu',
    from: '2026-05-01',
    to: '2026-05-31',
    rows: [
      {
        ...listed,
        at: '2026-05-07T15:20:00+07:00',
        result: '00123/GCN',
        resultOn: '2026-05-07',
        signer: 'TUQ. GIÁM ĐỐC Lê Văn Mẫu',
        edition: 1,
      },
    ],
    officer: 'Hoàng Thị Mẫu',
  },
}

const LONG_NAME = 'Nguyễn Phước Bảo Quỳnh Tôn Nữ Hoàng Ngọc Thùy Dương Thí Dụ'
const LONG_TITLE = `${dossier.procedure.name}; cấp lại Giấy chứng nhận do bị mất, bị hư hỏng theo thỏa thuận của các thành viên hộ gia đình hoặc của vợ và chồng`
const PEOPLE = new Set(['name', 'applicant', 'submitter', 'representative', 'officer', 'person', 'reporter'])
const FIXED = new Set(['copies', 'ways', 'letterhead', 'tracking', 'fees', 'secondPhase', 'contacts'])

const lengthened = (value: unknown, key: string, listed: boolean): unknown => {
  if (FIXED.has(key)) return value
  if (typeof value === 'string') {
    // In a list `name` is what a paper or a fee is called.
    if (PEOPLE.has(key) && value.length < 40 && !(listed && key === 'name')) return LONG_NAME
    return key === 'procedure' || value === dossier.procedure.name ? LONG_TITLE : value
  }
  if (Array.isArray(value)) {
    const rows = value.map((one) => lengthened(one, key, true))
    // As many rows as reach over several pages, but within every schema's bound.
    return rows.length === 0 ? rows : Array.from({ length: 20 }, (_, i) => rows[i % rows.length])
  }
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, lengthened(part, name, listed)]),
    )
  return value
}

/** Names, titles and lists as long as they come; what a template must not cut. */
export const longExample = <K extends PaperKind>(kind: K): PaperInput<K> =>
  // Only lengths change: the shape stays the example's.
  lengthened(paperExamples[kind], '', false) as PaperInput<K>

/** The same paper with nothing that may be left out. */
export const bareExample = <K extends PaperKind>(kind: K): PaperInput<K> => {
  const { shape }: { shape: Record<string, z.ZodType> } = paperData[kind]
  // A schema that takes nothing for a value has it as optional.
  return Object.fromEntries(
    Object.entries(paperExamples[kind]).filter(([key]) => !shape[key]?.safeParse(undefined).success),
  ) as PaperInput<K>
}

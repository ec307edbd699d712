import type { PaperInput } from './paper-data.ts'

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

export const paperExamples: { [K in import('./paper-data.ts').PaperKind]: PaperInput<K> } = {
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
}

import type { Limit } from './calendar.ts'

/** People and organisations are invented; their numbers belong to nobody. */
export type PartyEntry = {
  kind: 'person' | 'organisation'
  name: string
  number: string
  birthDate?: string
  phone: string
  address: string
  email?: string
  /** Typed into the search of communes, without accents, and what it is called. */
  commune?: string
  communeName?: string
}

export type Case = {
  title: string
  /** What the clerk types, without accents. */
  asked: string
  procedure: string
  centre: string
  limit: Limit
  /** What form 01 says on time and fee. */
  limitOnPaper: string
  feesOnPaper: string
  owner: PartyEntry
  representative?: PartyEntry & { paperNumber: string }
  /** Who comes for the result of an organisation, with a letter of introduction. */
  receiver?: { name: string; number: string; paper: string }
  /** The owner's citizen card is scanned instead of typed. */
  card?: { gender: 'Nam' | 'Nữ'; issued: string }
  /** The unit that must get it. */
  resolves: RegExp
  /** A scanned file goes with the first paper. */
  attaches?: boolean
  result: { number: string; summary: string }
}

/** Five procedures of different shapes, as the national catalogue has them. */
export const CASES: readonly Case[] = [
  {
    title: 'same day: certified copies, the applicant by the QR code of the card',
    asked: 'sao y ban chinh',
    procedure: '2.000815',
    centre: 'tthcc-ha-long',
    limit: { kind: 'same-day' },
    limitOnPaper: 'trong ngày',
    feesOnPaper: 'Theo thông báo của cơ quan giải quyết',
    owner: {
      kind: 'person',
      name: 'Nguyễn Thị Mẫu',
      number: '000000000101',
      birthDate: '02/09/1985',
      phone: '0900000101',
      address: 'Số 1 phố Thí Dụ, phường Hồng Gai, Quảng Ninh',
    },
    card: { gender: 'Nữ', issued: '01032022' },
    resolves: /Phòng Tư pháp thành phố Hạ Long/,
    result: { number: 'SCT', summary: 'Bản sao chứng thực từ bản chính' },
  },
  {
    title: '15 working days with a fee: an organisation asks the department of agriculture',
    asked: 'giay chung nhan du dieu kien buon ban thuoc bao ve thuc vat',
    procedure: '1.004363',
    centre: 'tthcc-tinh',
    limit: { kind: 'working-days', days: 15 },
    limitOnPaper: '15 ngày làm việc',
    feesOnPaper: 'Phí 800.000 đồng',
    attaches: true,
    owner: {
      kind: 'organisation',
      name: 'Công ty TNHH Ví Dụ Nông Nghiệp',
      number: '0200000002',
      phone: '0900000102',
      address: 'Số 2 đường Minh Họa, phường Bãi Cháy, Quảng Ninh',
      email: 'lienhe@vidu.example',
    },
    receiver: { name: 'Đỗ Văn Minh Họa', number: '000000000202', paper: 'Giấy giới thiệu 02/GGT' },
    resolves: /Sở Nông nghiệp/,
    result: { number: 'GCN-BVTV', summary: 'Giấy chứng nhận đủ điều kiện buôn bán thuốc' },
  },
  {
    title: 'provincial: a criminal record, received at a district centre for the department of justice',
    asked: 'ly lich tu phap',
    procedure: '3.000333',
    centre: 'tthcc-mong-cai',
    limit: { kind: 'days', days: 10 },
    limitOnPaper: '10 ngày',
    feesOnPaper: 'Theo thông báo của cơ quan giải quyết',
    owner: {
      kind: 'person',
      name: 'Trần Văn Ví Dụ',
      number: '000000000103',
      birthDate: '19/05/1990',
      phone: '0900000103',
      address: 'Số 3 phố Giả Định, phường Trần Phú, Quảng Ninh',
      email: 'tran.vidu@thu.example',
    },
    resolves: /Sở Tư pháp/,
    result: { number: 'STP-LLTP', summary: 'Phiếu lý lịch tư pháp số 1' },
  },
  {
    title: 'communal: the registration of a birth, decided by a ward',
    asked: 'dang ky khai sinh',
    procedure: '1.001193',
    centre: 'tthcc-uong-bi',
    limit: { kind: 'none' },
    limitOnPaper: 'không ghi rõ trong thủ tục đã công bố',
    feesOnPaper: 'Không thu',
    owner: {
      kind: 'person',
      name: 'Lê Minh Họa',
      number: '000000000104',
      birthDate: '30/04/1992',
      phone: '0900000104',
      address: 'Tổ 4, phường Vàng Danh, Quảng Ninh',
      commune: 'vang danh',
      communeName: 'Phường Vàng Danh',
    },
    resolves: /phường Vàng Danh/,
    result: { number: 'KS', summary: 'Giấy khai sinh' },
  },
  {
    title: 'with a fee: an extract of civil status, handed in by a representative',
    asked: 'ban sao trich luc ho tich',
    procedure: '2.000635',
    centre: 'tthcc-cam-pha',
    limit: { kind: 'none' },
    limitOnPaper: 'không ghi rõ trong thủ tục đã công bố',
    feesOnPaper: 'Phí 8.000 đồng',
    owner: {
      kind: 'person',
      name: 'Phạm Thị Thử',
      number: '000000000105',
      birthDate: '20/11/1970',
      phone: '0900000105',
      address: 'Số 5 phố Thí Dụ, phường Cẩm Trung, Quảng Ninh',
    },
    representative: {
      kind: 'person',
      name: 'Phạm Văn Thử Nghiệm',
      number: '000000000205',
      birthDate: '01/01/1998',
      phone: '0900000205',
      address: 'Số 5 phố Thí Dụ, phường Cẩm Trung, Quảng Ninh',
      paperNumber: '05/GUQ',
    },
    resolves: /Phòng Tư pháp thành phố Cẩm Phả/,
    result: { number: 'TLKS-BS', summary: 'Bản sao trích lục khai sinh' },
  },
]

/** The text in the QR code of the citizen card: seven fields. */
export const cardText = ({ owner, card }: Case): string => {
  const [day = '', month = '', year = ''] = (owner.birthDate ?? '').split('/')
  return [
    owner.number,
    '',
    owner.name,
    `${day}${month}${year}`,
    card?.gender ?? '',
    owner.address,
    card?.issued ?? '',
  ].join('|')
}

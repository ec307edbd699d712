type Language = 'vi' | 'en'

/** What stands on a ticket besides its data. Addressed as in all words for citizens: "ông/bà", short, no abbreviations. */
export const PAPER_WORDS = {
  vi: {
    again: 'BẢN IN LẠI',
    wait: 'Dự kiến chờ',
    unknown: 'chưa đủ số liệu',
    range: (from: number, to: number) => (from === 0 ? `dưới ${to} phút` : `${from}–${to} phút`),
    back: 'Nên có mặt trước',
    late: 'Hôm nay có thể không kịp. Mời ông/bà hỏi quầy hướng dẫn để đặt lịch.',
    taken: 'Lấy số lúc',
    ahead: 'Phía trước',
    people: (count: number) => `${count} người`,
    offline: 'Máy lấy số đang mất mạng. Số này vẫn có giá trị và được gọi theo giờ lấy số.',
    bring: 'Mang theo đến quầy',
    missing: 'Còn thiếu: ',
    prepare: 'GIẤY TỜ CẦN CHUẨN BỊ',
    more: (count: number) => `và ${count} giấy tờ khác, xem trên điện thoại`,
    phone: 'Xem lượt trên điện thoại',
    phoneText: (minutes: number | null) =>
      minutes === null
        ? 'Quét mã để biết còn bao nhiêu người.'
        : `Quét mã để biết còn bao nhiêu người. Lỡ lượt thì quay lại trong ${minutes} phút.`,
    privacy: 'Phiếu không ghi tên hay số điện thoại.',
    help: (hotline: string) => `Hỗ trợ: ${hotline}`,
  },
  en: {
    again: 'PRINTED AGAIN',
    wait: 'Expected wait',
    unknown: 'not known yet',
    range: (from: number, to: number) => (from === 0 ? `under ${to} min` : `${from}–${to} min`),
    back: 'Be here before',
    late: 'It may be too late for today. Please ask the guide desk for an appointment.',
    taken: 'Taken at',
    ahead: 'Ahead of you',
    people: (count: number) => `${count}`,
    offline: 'The kiosk has no network. This number is valid and is called by the time it was taken.',
    bring: 'Bring to the counter',
    missing: 'Missing: ',
    prepare: 'PAPERS TO PREPARE',
    more: (count: number) => `and ${count} more, see them on your phone`,
    phone: 'Follow it on your phone',
    phoneText: (minutes: number | null) =>
      minutes === null
        ? 'Scan to see how many are ahead.'
        : `Scan to see how many are ahead. If you miss your call, come back within ${minutes} minutes.`,
    privacy: 'No name or telephone number on this paper.',
    help: (hotline: string) => `Help: ${hotline}`,
  },
} as const satisfies Record<Language, unknown>

/** What a kiosk says where somebody prefers to hear: each sentence is rendered ahead as one clip. */
export const SPOKEN = {
  vi: {
    start: 'Xin mời ông bà chọn việc cần làm. Chạm vào một ô trên màn hình.',
    find: 'Gõ việc cần làm, không dấu cũng được, rồi chọn một dòng.',
    group: 'Chọn thủ tục. Chưa rõ thì chạm nút dưới cùng để lấy số luôn.',
    papers: 'Đánh dấu giấy tờ đã mang theo, chọn diện ưu tiên nếu có, rồi chạm nút lấy số.',
    ticket: 'Số của ông bà là',
    mine: 'Đây là lượt của ông bà.',
    'look-up': 'Quét mã trên giấy tiếp nhận, hoặc gõ mã hồ sơ.',
    rate: 'Đưa phiếu số vào khe quét để đánh giá.',
    idle: 'Ông bà còn ở đây không? Chạm nút tôi cần thêm thời gian để làm tiếp.',
    help: 'Mời ông bà giơ tay hoặc đến bàn hướng dẫn.',
    wait: 'Mời ông bà chờ gọi số trên màn hình lớn.',
  },
  en: {
    start: 'Please choose what you need. Touch a box on the screen.',
    find: 'Type what you need, then choose a line.',
    group: 'Choose the procedure. If you are not sure, touch the last button to take a number.',
    papers: 'Mark the papers you have brought, say whether you have priority, then take a number.',
    ticket: 'Your number is',
    mine: 'This is your turn.',
    'look-up': 'Scan the code on the receipt, or type the dossier code.',
    rate: 'Hold your ticket under the scanner to rate your visit.',
    idle: 'Are you still here? Touch, I need more time, to go on.',
    help: 'Please raise your hand or come to the guide desk.',
    wait: 'Please wait for your number on the large display.',
  },
} as const
export type SpokenKey = keyof (typeof SPOKEN)['vi']

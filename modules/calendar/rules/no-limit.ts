import type { Words } from './model.ts'

/**
 * What everybody says of a procedure without a usable limit. The record is silent or gives a number without a unit, so nobody
 * may claim that the law sets none, and nobody may promise a day.
 */
export const NO_LIMIT_WORDS = {
  short: { vi: 'Không ghi rõ thời hạn', en: 'No limit stated' },
  sentence: {
    vi: 'Thủ tục đã công bố không ghi rõ thời hạn.',
    en: 'The published procedure states no time limit.',
  },
  promise: { vi: 'Chưa hẹn được ngày', en: 'No date promised yet' },
} as const satisfies Record<string, Words>

/** What a template may name, by the word between braces; said in Vietnamese because officers type it. */
export const PLACEHOLDERS = {
  'ho-ten': { vi: 'Tên chủ hồ sơ', en: 'Owner' },
  'ma-ho-so': { vi: 'Mã hồ sơ', en: 'Dossier code' },
  'thu-tuc': { vi: 'Tên thủ tục', en: 'Procedure' },
  'ngay-nhan': { vi: 'Ngày nhận hồ sơ', en: 'Day received' },
  'han-tra': { vi: 'Ngày hẹn trả', en: 'Day promised' },
  'co-quan': { vi: 'Cơ quan giải quyết', en: 'Resolving agency' },
  'hom-nay': { vi: 'Ngày hôm nay', en: 'Today' },
} as const
export type Placeholder = keyof typeof PLACEHOLDERS

export const isPlaceholder = (name: string): name is Placeholder => name in PLACEHOLDERS

const IN_BRACES = /\{([^{}]*)\}/g

/** Words in braces that stand for nothing: a typing error that would go into an official opinion. */
export const unknownPlaceholders = (body: string): string[] =>
  [...new Set([...body.matchAll(IN_BRACES)].map(([, name = '']) => name.trim()))].filter(
    (name) => !isPlaceholder(name),
  )

/** The template's text with the dossier's facts; what is not known stays in braces, for the officer to see. */
export const fillTemplate = (body: string, facts: Partial<Record<Placeholder, string>>): string =>
  body.replace(IN_BRACES, (all, name: string) => {
    const key = name.trim()
    return (isPlaceholder(key) ? facts[key] : undefined) || all
  })

/** The profiles that come with the product, as files of `data/organisation`. */
export const PROFILES = ['quang-ninh-2016', 'quang-ninh-2025'] as const
export type Profile = (typeof PROFILES)[number]

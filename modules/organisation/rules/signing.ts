import type { LocalDate } from '#platform/time/vietnam.ts'

/** Ký thay (deputy), thừa lệnh (head of a part, by standing order), thừa ủy quyền (by written authority): Decree 30/2020, Article 13. */
export const CAPACITIES = ['KT', 'TL', 'TUQ'] as const
export type Capacity = (typeof CAPACITIES)[number]

type Dated = { from: LocalDate; to: LocalDate | null; decisionNo: string }

export type Mandate = Dated & {
  id: string
  account: string
  name: string
  /** The agency for which is signed. */
  unit: string
  capacity: Capacity
  principalTitle: string
  signerTitle: string
  /** Only for what this centre received and approves on the spot; null: everything of the agency. */
  centre: string | null
  /** Codes of procedures; empty: all. */
  procedures: readonly string[]
  endedOn: LocalDate | null
}

/** What of a procedure is done at a centre ("4 tại chỗ", with the seal "5 tại chỗ"). */
export const ON_SITE_PARTS = ['appraise', 'approve', 'seal'] as const
export type OnSitePart = (typeof ON_SITE_PARTS)[number]
export type OnSite = Dated & {
  id: string
  centre: string
  procedure: string
  parts: readonly OnSitePart[]
}

/** A second seal of an agency, kept at a centre. */
export type SecondSeal = Dated & { id: string; unit: string; centre: string; label: string; keeper: string }

/** The records of signing that are in force on one day, for look-ups. */
export type Signing = {
  /** By account. */
  mandates: ReadonlyMap<string, readonly Mandate[]>
  /** By centre and procedure. */
  onSite: ReadonlyMap<string, OnSite>
  /** By agency and centre. */
  seals: ReadonlyMap<string, SecondSeal>
  /** Each seal that was ever kept, by its id. */
  everySeal: ReadonlyMap<string, SecondSeal>
}

export type SigningRecords = {
  mandates: readonly Mandate[]
  onSite: readonly OnSite[]
  seals: readonly SecondSeal[]
}

export const NO_SIGNING: SigningRecords = { mandates: [], onSite: [], seals: [] }

const isOn = ({ from, to }: Dated, day: LocalDate): boolean => from <= day && (to === null || day <= to)
/** The day on which a mandate is ended is the first without it. */
const stands = (one: Mandate, day: LocalDate): boolean =>
  isOn(one, day) && (one.endedOn === null || day < one.endedOn)

const pair = (a: string, b: string): string => `${a}|${b}`

export const signingOn = ({ mandates, onSite, seals }: SigningRecords, day: LocalDate): Signing => ({
  mandates: Map.groupBy(
    mandates.filter((one) => stands(one, day)),
    ({ account }) => account,
  ),
  onSite: new Map(
    onSite.filter((one) => isOn(one, day)).map((one) => [pair(one.centre, one.procedure), one]),
  ),
  seals: new Map(seals.filter((one) => isOn(one, day)).map((one) => [pair(one.unit, one.centre), one])),
  everySeal: new Map(seals.map((one) => [one.id, one])),
})

/** What of this procedure is done at this centre, by the decisions in force. */
export const onSiteAt = ({ onSite }: Signing, centre: string, procedure: string): readonly OnSitePart[] =>
  onSite.get(pair(centre, procedure))?.parts ?? []

export const sealAt = ({ seals }: Signing, unit: string, centre: string): SecondSeal | undefined =>
  seals.get(pair(unit, centre))

/** What a mandate is compared with. */
export type ToSign = {
  unit: string
  centre: string
  procedure: string
  onSite: readonly string[]
}

/** The mandate under which somebody signs this; `within` says whether a unit lies in an agency. */
export const mandateFor = (
  { mandates }: Signing,
  account: string,
  what: ToSign,
  within: (unit: string, agency: string) => boolean,
): Mandate | undefined =>
  mandates.get(account)?.find(
    ({ unit, centre, procedures }) =>
      within(what.unit, unit) &&
      (procedures.length === 0 || procedures.includes(what.procedure)) &&
      // A mandate of a centre is for what that centre may approve on the spot.
      (centre === null || (centre === what.centre && what.onSite.includes('approve'))),
  )

/** How a result or a letter is signed: who is signed for, as which office, and on what that rests. */
export type SignedAs = {
  capacity: Capacity | null
  /** Lines above the name, in capitals: "TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC". */
  lines: string[]
  decisionNo: string | null
  mandate: string | null
}

/** A committee decides as a body, so whoever signs for it signs in its name first (Article 13(2)). */
const BODY = 'TM. ỦY BAN NHÂN DÂN'

export const signedUnder = (
  { id, capacity, principalTitle, signerTitle, decisionNo }: Mandate,
  collective: boolean,
): SignedAs => ({
  capacity,
  mandate: id,
  decisionNo,
  lines: [
    // Only head and deputies sign in the name of the body; others by order or authority of its head.
    ...(collective && capacity === 'KT' ? [BODY] : []),
    `${capacity}. ${principalTitle.toUpperCase()}`,
    signerTitle.toUpperCase(),
  ],
})

const DEPUTY = /^phó\s+/i
/** "Phó Chủ tịch UBND huyện Hải Hà" → "Phó Chủ tịch": the office without the place where it is held. */
const OFFICES =
  /^(Phó\s+)?(Chủ tịch|Giám đốc|Chánh Văn phòng|Chánh Thanh tra|Cục trưởng|Chi cục trưởng|Trưởng ban|Hiệu trưởng)/i

/** Of a head or a deputy who holds the office: a deputy signs for the head (Article 13(1)). */
export const signedByOffice = (position: string, collective: boolean): SignedAs => {
  const office = OFFICES.exec(position)?.[0]
  const none = { capacity: null, decisionNo: null, mandate: null }
  if (!office) return { ...none, lines: ['THỦ TRƯỞNG CƠ QUAN'] }
  const title = office.toUpperCase()
  const body = collective && /chủ tịch/i.test(office) ? [BODY] : []
  if (!DEPUTY.test(office)) return { ...none, lines: [...body, title] }
  return {
    ...none,
    capacity: 'KT',
    lines: [...body, `KT. ${office.replace(DEPUTY, '').toUpperCase()}`, title],
  }
}

import type { Channel, Level } from './record.ts'

/** Raised when the stored shape of a version's content changes. */
export const CONTENT_SCHEMA = 1

export type DurationUnit =
  | 'WORKING_DAY'
  | 'CALENDAR_DAY'
  | 'WORKING_HOUR'
  | 'HOUR'
  | 'MONTH'
  | 'SAME_DAY'
  | 'IMMEDIATE'
export type Duration = { amount: number; unit: DurationUnit }

/** Where a source value is dirty: it is kept, shown with its flag, and never guessed. */
export type Flag =
  | 'TIME_UNKNOWN'
  | 'TIME_UNIT_OTHER'
  | 'TIME_SPLIT_INFERRED'
  | 'TIME_VARIES'
  | 'FEE_UNKNOWN'
  | 'AMOUNT_SUSPECT'
  | 'COUNTS_UNKNOWN'
  | 'NO_COMPONENTS'
  | 'CASES_MISSING_IN_SOURCE'
  | 'CASES_AMBIGUOUS'

export type Component = {
  /** `{case}.k{n}`: survives re-imports as long as the wording does. */
  id: string
  name: string
  originals: number | null
  copies: number | null
  /** Must be handed in at a counter in this case. */
  mandatory: boolean
  mandatorySource: 'derived' | 'edited'
  /** Heading inside the dossier, as the source writes it. */
  group: string | null
  conditionText: string | null
  /** Ways of handing in that ask for this paper; null: all. */
  channels: Channel[] | null
  form: { file: string | null; code: string | null } | null
  /** Type code of the national store, where the source names one. */
  typeCode: string | null
}

export type ProcedureCase = {
  /** `{code}.c{n}`: survives re-imports as long as the wording does. */
  id: string
  name: string
  /** The source's heading; null when it has none. */
  heading: string | null
  components: Component[]
  /** Remarks of the source that stand among the papers. */
  notes: string[]
}

export type SourceFee = {
  amount: number | null
  currency: 'VND' | 'USD'
  note: string | null
  suspect: boolean
}

export type Method = {
  channel: Channel
  /** Null when the source has none or says "Khác". */
  duration: Duration | null
  /** The source's own number and unit, shown with the flag. */
  sourceTime: { number: number | null; unit: string } | null
  fees: SourceFee[]
  free: boolean | null
  note: string | null
  flags: Flag[]
}

export type AgencyOf = { units: string[]; types: string[]; text: string | null }

/** What one version of a procedure says. Stored as JSON with {@link CONTENT_SCHEMA}; never changed after publication. */
export type Content = {
  name: string
  ministry: string
  field: string
  levels: Level[]
  agency: string | null
  competentAuthority: string | null
  coordinatingAgency: string | null
  formality: string | null
  objects: string[]
  online: { offered: boolean; level: 'FULL' | 'PARTIAL' | null }
  methods: Method[]
  cases: ProcedureCase[]
  results: { name: string; code: string | null }[]
  legalBasis: string[]
  /** Levels and agencies per organisation profile, where known. */
  profiles: Record<string, { levels: Level[] | null; agency: AgencyOf | null }>
  flags: Flag[]
  source: { key: string; url: string | null; asOf: string; confidence: string }
}

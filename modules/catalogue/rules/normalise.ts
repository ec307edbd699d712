import { fold } from '#platform/text/fold.ts'
import { type PaperRule, paperRule } from './conditions.ts'
import type { AgencyOf, Component, Content, Duration, Flag, Method, ProcedureCase } from './content.ts'
import { headingKind, withoutListMark } from './headings.ts'
import type { ProcedureRecord, SourceComponent } from './record.ts'

type SourceCase = ProcedureRecord['cases'][number]
type Draft = Omit<ProcedureCase, 'id' | 'components'> & { components: Omit<Component, 'id'>[] }

/** The name of the only case, or of the papers that stand beside named cases. */
const GENERAL_CASE = 'Trường hợp chung'

type RuleOf = (component: SourceComponent) => PaperRule

const draftComponents = (source: SourceCase, supplement: boolean, ruleOf: RuleOf): Omit<Component, 'id'>[] =>
  source.components.flatMap((component): Omit<Component, 'id'>[] => {
    const rule = ruleOf(component)
    if (rule.note) return []
    const { formFile, formCode } = component
    return [
      {
        name: component.name,
        originals: component.originals,
        copies: component.copies,
        mandatory: rule.mandatory && !supplement,
        mandatorySource: 'derived',
        group: source.name,
        conditionText: supplement ? source.name : rule.conditionText,
        channels: rule.channels,
        form: formFile || formCode ? { file: formFile ?? null, code: formCode ?? null } : null,
        typeCode: component.typeCode ?? null,
      },
    ]
  })

const notesOf = (components: readonly SourceComponent[], ruleOf: RuleOf): string[] =>
  components.filter((component) => ruleOf(component).note).map((component) => component.name)

/**
 * Turns the source's headings into cases. Alternatives become cases; groups and unnamed lists form the general case (or, when
 * there are no alternatives, the only one); supplements join every case as conditional papers; notes join every case.
 * Unnamed papers beside alternatives may be common to all or a case of their own: the source does not say, so they stay a case
 * of their own and the version is flagged.
 */
const draftCases = (record: ProcedureRecord): { cases: Draft[]; ambiguous: boolean } => {
  // Each wording is judged once; lists are read several times.
  const judged = new Map<SourceComponent, PaperRule>()
  const ruleOf: RuleOf = (component) => {
    const rule = judged.get(component) ?? paperRule(component)
    judged.set(component, rule)
    return rule
  }
  const kinds = record.cases.map((source) => ({ source, kind: headingKind(source.name) }))
  const of = (kind: string) => kinds.filter((item) => item.kind === kind).map((item) => item.source)
  const alternatives = of('ALTERNATIVE').filter((source) => draftComponents(source, false, ruleOf).length > 0)
  const remarks = [
    ...of('NOTE').flatMap((source) => source.components.map((component) => component.name)),
    ...of('GROUP').flatMap((source) => notesOf(source.components, ruleOf)),
    ...of('SUPPLEMENT').flatMap((source) => notesOf(source.components, ruleOf)),
    ...of('ALTERNATIVE')
      .filter((source) => !alternatives.includes(source))
      .flatMap((source) => source.components.map((component) => component.name)),
  ]
  const supplements = of('SUPPLEMENT').flatMap((source) => draftComponents(source, true, ruleOf))
  const groups = of('GROUP').flatMap((source) => draftComponents(source, false, ruleOf))
  const general: Draft = {
    name: GENERAL_CASE,
    heading: null,
    components: [...groups, ...supplements],
    notes: remarks,
  }
  if (alternatives.length === 0) return { cases: [general], ambiguous: false }
  // Some records list special cases first: the case that bears the procedure's own name leads.
  const bearsName = (source: SourceCase): number =>
    Number(fold(withoutListMark(source.name ?? '')) === fold(record.name))
  const ordered = [...alternatives].sort((a, b) => bearsName(b) - bearsName(a))
  const named = ordered.map(
    (source): Draft => ({
      name: withoutListMark(source.name ?? '') || GENERAL_CASE,
      heading: source.name,
      components: [
        ...draftComponents(source, false, ruleOf).map((component) => ({ ...component, group: null })),
        ...supplements,
      ],
      notes: [...notesOf(source.components, ruleOf), ...remarks],
    }),
  )
  const asksForMore = groups.some((component) => component.mandatory)
  if (!asksForMore) {
    const optional = groups.filter((component) => !component.mandatory)
    return {
      cases: named.map((item) => ({ ...item, components: [...item.components, ...optional] })),
      ambiguous: false,
    }
  }
  return { cases: [general, ...named], ambiguous: true }
}

/** Numbers that stay with their wording: an item known from before keeps its number, a new one gets the next free. */
const keepNumbers = <T>(
  items: readonly T[],
  wording: (item: T) => string,
  known: readonly { id: string; wording: string }[],
  prefix: string,
): string[] => {
  const numberIn = (id: string): number => Number(id.slice(prefix.length))
  const free = new Map<string, string[]>()
  for (const item of known) free.set(item.wording, [...(free.get(item.wording) ?? []), item.id])
  let highest = known.reduce((max, item) => Math.max(max, numberIn(item.id)), 0)
  return items.map((item) => {
    const kept = free.get(wording(item))?.shift()
    if (kept !== undefined) return kept
    highest += 1
    return `${prefix}${highest}`
  })
}

const caseWording = (item: { heading: string | null; name: string }): string =>
  fold(item.heading ?? item.name)
const componentWording = (item: { name: string; group: string | null }): string =>
  `${fold(item.group ?? '')}|${fold(item.name)}`

const withIds = (
  code: string,
  drafts: readonly Draft[],
  previous: readonly ProcedureCase[],
): ProcedureCase[] => {
  const known = previous.map((item) => ({ id: item.id, wording: caseWording(item) }))
  const ids = keepNumbers(drafts, caseWording, known, `${code}.c`)
  return drafts.map((draft, index) => {
    const id = ids[index] ?? `${code}.c${index + 1}`
    const before = previous.find((item) => item.id === id)?.components ?? []
    const numbers = keepNumbers(
      draft.components,
      componentWording,
      before.map((item) => ({ id: item.id, wording: componentWording(item) })),
      `${id}.k`,
    )
    const components = draft.components.map((component, n) => ({
      id: numbers[n] ?? `${id}.k${n + 1}`,
      ...component,
    }))
    return { id, name: draft.name, heading: draft.heading, components, notes: [...new Set(draft.notes)] }
  })
}

/** A source time that can be computed with; "Khác", zero, minutes and years cannot. */
const durationOf = (time: ProcedureRecord['methods'][number]['time']): Duration | null => {
  if (!time?.number) return null
  if (time.unit === 'OTHER' || time.unit === 'YEAR' || time.unit === 'MINUTE') return null
  return { amount: time.number, unit: time.unit }
}

const methodOf = (source: ProcedureRecord['methods'][number]): Method => {
  const flags: Flag[] = []
  if (source.time?.unit === 'OTHER') flags.push('TIME_UNIT_OTHER')
  else if (!durationOf(source.time)) flags.push('TIME_UNKNOWN')
  if (source.time?.splitInferred) flags.push('TIME_SPLIT_INFERRED')
  if (source.fees.some((fee) => fee.suspect)) flags.push('AMOUNT_SUSPECT')
  if (source.fees.length === 0 && source.free === null) flags.push('FEE_UNKNOWN')
  return {
    channel: source.channel,
    duration: durationOf(source.time),
    sourceTime: source.time ? { number: source.time.number, unit: source.time.unit } : null,
    fees: source.fees.map((fee) => ({
      amount: fee.amount,
      currency: fee.currency,
      note: fee.note ?? null,
      suspect: fee.suspect ?? false,
    })),
    free: source.free,
    note: source.note ?? null,
    flags,
  }
}

const variesWithinChannel = (methods: readonly Method[]): boolean =>
  methods.some((one) =>
    methods.some(
      (other) =>
        one.channel === other.channel &&
        (one.duration?.amount !== other.duration?.amount || one.duration?.unit !== other.duration?.unit),
    ),
  )

const agencyOf = (
  agency: { units: string[]; types: string[]; text?: string } | undefined,
): AgencyOf | null =>
  agency ? { units: agency.units, types: agency.types, text: agency.text ?? null } : null

/** Derives what the product reads from a published record; `previous` keeps the ids of cases and papers. */
export const normalise = (record: ProcedureRecord, previous?: Pick<Content, 'cases'>): Content => {
  const methods = record.methods.map(methodOf)
  const drafted = draftCases(record)
  const cases = withIds(record.code, drafted.cases, previous?.cases ?? [])
  const flags = new Set<Flag>(methods.flatMap((method) => method.flags))
  if (methods.length === 0) flags.add('TIME_UNKNOWN')
  if (variesWithinChannel(methods)) flags.add('TIME_VARIES')
  if (drafted.ambiguous) flags.add('CASES_AMBIGUOUS')
  if (record.casesMissingInSource) flags.add('CASES_MISSING_IN_SOURCE')
  const components = cases.flatMap((item) => item.components)
  if (components.length === 0) flags.add('NO_COMPONENTS')
  if (components.some((item) => item.originals === null || item.copies === null)) flags.add('COUNTS_UNKNOWN')
  const { quangNinh } = record
  return {
    name: record.name,
    ministry: record.ministry,
    field: record.field,
    levels: record.levels,
    agency: record.agency ?? null,
    competentAuthority: record.competentAuthority ?? null,
    coordinatingAgency: record.coordinatingAgency ?? null,
    formality: record.formality ?? null,
    objects: record.objects,
    online: { offered: record.online.offered, level: record.online.level ?? null },
    methods,
    cases,
    results: record.results.map((result) => ({ name: result.name, code: result.code ?? null })),
    legalBasis: record.legalBasis,
    profiles: quangNinh
      ? {
          'quang-ninh-2016': { levels: quangNinh.levels2016 ?? null, agency: agencyOf(quangNinh.agency2016) },
          'quang-ninh-2025': { levels: null, agency: agencyOf(quangNinh.agency2025) },
        }
      : {},
    flags: [...flags].sort(),
    source: {
      key: record.source.key,
      url: record.source.url ?? null,
      asOf: record.source.asOf,
      confidence: record.source.confidence,
    },
  }
}

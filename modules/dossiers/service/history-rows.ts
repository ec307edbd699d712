import { copyText } from '#platform/log/bulk.ts'
import { createIds } from '#platform/log/bulk-ids.ts'
import { canonicalJson } from '#platform/log/canonical.ts'
import { type EventRow, leafHash } from '#platform/log/event.ts'
import type { EventActor } from '#platform/log/log.ts'
import { syllables, tokensOfWords } from '#platform/text/fold.ts'
import { clockOf, dayOf, type HistoryRow } from '../rules/history.ts'
import type { FoundPlace, PlaceFinder } from './history-places.ts'
import { NO_FEES, type ProcedureFinder } from './history-procedures.ts'

/** One line ready to be written: COPY's text for each table, and its event. */
export type HistoryRecord = {
  line: number
  code: string
  /** The register's number of its result, which two dossiers never share. */
  register: { unit: string; year: number; number: string } | null
  dossier: string
  result: string
  clock: string
  handover: string
  event: EventRow
}

export const DOSSIER_COLUMNS = `id, code, pin, version, state, outcome, procedure_code, procedure_version, procedure_name,
  procedure_official_name, field, case_id, case_name, duration_amount, duration_unit, channel, receiving_centre,
  resolving_unit, returning_centre, return_way, owner, submitter, owner_name, owner_number, owner_phone, search_tokens, sets,
  note, fees, received_at, accepted_at, clock_started_at, due_at, original_due_at, ended_reason, completed_at, returned_at,
  ended_at, intake_by, intake_by_name, approved_by, book_number, sample, moved_at,
  import_id, import_line`
export const RESULT_COLUMNS =
  'id, dossier_id, edition, unit, year, number, date, summary, outcome, signer, issued_at, issued_by'
export const CLOCK_COLUMNS = 'dossier_id, ordinal, kind, from_zero, from_at, to_at'
export const HANDOVER_COLUMNS =
  'dossier_id, at, by_account, by_name, receiver_name, relation, slip_shown, way'

/** Nobody of ours: the account of whoever did it in the former system. */
const ELSEWHERE = 'imported'
const NULL = '\\N'

const text = (value: string | null): string => (value === null || value === '' ? NULL : copyText(value))
const instant = (at: number | null): string => (at === null ? NULL : new Date(at).toISOString())

/** The tokens of `searchTokens`, each word folded once for the whole file: Vietnamese has few. */
export const createTokenizer = () => {
  const folded = new Map<string, readonly string[]>()
  const wordsOf = (word: string): readonly string[] => {
    const known = folded.get(word)
    if (known) return known
    const made = syllables(word)
    if (folded.size < 200_000) folded.set(word, made)
    return made
  }
  return (name: string): string[] => tokensOfWords(name.split(/\s+/).flatMap(wordsOf))
}

/** Letters, digits and the pair's `_` need no quotes in an array, except that one word means nothing there. */
const arrayText = (tokens: readonly string[]): string =>
  `{${tokens.map((token) => (token === 'null' ? '"null"' : token)).join(',')}}`

type Imported = {
  dossier: string
  code: string
  line: number
  procedure: string
  received: string
  state: string
  former: Record<string, string> | undefined
}

/** The row that `log.prepare` would make, a third of its time: the members that never change are written once. */
export const createImportedEvents = (
  { id: importId, now, actor }: Pick<HistoryTarget, 'id' | 'now' | 'actor'>,
  newId: () => string,
) => {
  const at = now.toISOString()
  const text = JSON.stringify
  const head = `{"actor":{"id":${text(actor.id)},"kind":${text(actor.kind)},"name":${text(actor.name)}},"at":"${at}","data":{"code":`
  return ({ dossier, code, line, procedure, received, state, former }: Imported): EventRow => {
    const id = newId()
    const formerText = former ? `"former":${canonicalJson(former)},` : ''
    const body = `${head}${text(code)},${formerText}"import":"${importId}","line":${line},"procedure":${text(procedure)},"received":"${received}","state":"${state}"},"id":"${id}","subject":{"id":"${dossier}","kind":"dossier"},"type":"dossier-imported"}`
    return {
      id,
      type: 'dossier-imported',
      at,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      subjectKind: 'dossier',
      subjectId: dossier,
      body,
      hash: leafHash(body),
    }
  }
}

export type HistoryTarget = {
  id: string
  now: Date
  actor: EventActor
  samples: boolean
  places: PlaceFinder
  procedures: ProcedureFinder
  isCentre: (unit: string) => boolean
  /** In whose register of results a unit's decisions are numbered. */
  registerOf: (unit: string) => string
}

const pinOf = (line: HistoryRow['line']): string =>
  line.pin || String(Math.floor(Math.random() * 1_000_000)).padStart(6, '0')

export const createHistoryWriter = (target: HistoryTarget) => {
  const { id: importId, samples, places, procedures, isCentre, registerOf } = target
  const tokensOf = createTokenizer()
  const newId = createIds()
  const eventOf = createImportedEvents(target, newId)

  const placesOf = (
    line: HistoryRow['line'],
  ): { receiving: FoundPlace; resolving: FoundPlace; returning: FoundPlace } | string[] => {
    const problems: string[] = []
    const find = (
      field: 'receivingCentre' | 'resolvingUnit' | 'returningCentre',
      asCentre: boolean,
    ): FoundPlace | undefined => {
      const named = line[field]
      const found = places(named)
      if (!found)
        problems.push(
          `${field}: ${named === '' ? 'thiếu đơn vị' : `không có đơn vị "${named}" và không rõ đơn vị kế tục`}`,
        )
      else if (asCentre && !isCentre(found.unit)) problems.push(`${field}: "${named}" không phải trung tâm`)
      return found
    }
    const receiving = find('receivingCentre', true)
    const resolving = find('resolvingUnit', false)
    const returning = line.returningCentre === '' ? receiving : find('returningCentre', true)
    return receiving && resolving && returning && problems.length === 0
      ? { receiving, resolving, returning }
      : problems
  }

  /** What the file called the units, where it was not what they are called today: the log keeps it. */
  const formerOf = (found: Record<string, FoundPlace>): Record<string, string> | undefined => {
    const former = Object.entries(found).flatMap(([key, { was }]) => (was === null ? [] : [[key, was]]))
    return former.length === 0 ? undefined : Object.fromEntries(former)
  }

  /** The record, or why the line cannot be one. */
  return (row: HistoryRow, number: number): HistoryRecord | string[] => {
    const { line } = row
    const found = placesOf(line)
    const procedure = procedures.find(line.procedure, dayOf(row.receivedAt), line.case)
    if (!procedure)
      return [
        ...(Array.isArray(found) ? found : []),
        `procedure: không có thủ tục ${line.procedure} trong danh mục`,
      ]
    if (Array.isArray(found)) return found
    const { receiving, resolving, returning } = found
    const id = newId()
    const name = line.ownerName.normalize('NFC')
    const submitter = line.submitterName.normalize('NFC')
    const owner = JSON.stringify({
      kind: row.kind,
      name,
      ...(line.ownerId ? { personalId: line.ownerId } : {}),
      ...(line.ownerBirthDate ? { birthDate: line.ownerBirthDate } : {}),
      ...(line.ownerPhone ? { phone: line.ownerPhone } : {}),
      ...(line.ownerAddress ? { address: line.ownerAddress.normalize('NFC') } : {}),
    })
    const receivedAt = instant(row.receivedAt)
    const dueAt = instant(row.dueAt)
    const acceptedAt = instant(row.acceptedAt)
    const completedAt = instant(row.completedAt)
    const returnedAt = instant(row.returnedAt)
    const dossier = [
      id,
      row.code,
      pinOf(line),
      '1',
      row.state,
      row.outcome ?? NULL,
      procedure.code,
      procedure.version,
      copyText(procedure.name),
      copyText(procedure.official),
      text(procedure.field),
      copyText(procedure.caseId),
      copyText(procedure.caseName),
      procedure.amount ?? NULL,
      procedure.unit ?? NULL,
      row.channel,
      receiving.unit,
      resolving.unit,
      returning.unit,
      row.returnWay,
      copyText(owner),
      submitter === '' ? NULL : copyText(JSON.stringify({ kind: 'person', name: submitter })),
      copyText(name),
      text(line.ownerId),
      text(line.ownerPhone),
      arrayText(tokensOf(submitter === '' ? name : `${name} ${submitter}`)),
      '1',
      text(line.note),
      FEES,
      receivedAt,
      acceptedAt,
      acceptedAt,
      dueAt,
      dueAt,
      text(line.endedReason),
      completedAt,
      returnedAt,
      row.completedAt === null ? instant(row.endedAt) : NULL,
      ELSEWHERE,
      copyText(line.receivedBy),
      line.approvedBy === '' ? NULL : ELSEWHERE,
      row.bookNumber,
      samples ? 't' : 'f',
      completedAt === NULL ? (row.endedAt === null ? receivedAt : instant(row.endedAt)) : completedAt,
      importId,
      number,
    ].join('\t')
    const register = entryOf(row, registerOf(resolving.unit))
    return {
      line: number,
      code: row.code,
      register,
      dossier: `${dossier}\n`,
      result: register
        ? `${newId()}\t${id}\t1\t${register.unit}\t${register.year}\t${copyText(register.number)}\t${row.resultDate}\t${text(line.resultSummary)}\t${row.outcome}\t${text(line.approvedBy)}\t${completedAt}\t${ELSEWHERE}\n`
        : '',
      clock: clockOf(row)
        .map(
          ({ kind, fromZero, from, to }, i) =>
            `${id}\t${i + 1}\t${kind}\t${fromZero ? 't' : 'f'}\t${instant(from)}\t${instant(to)}\n`,
        )
        .join(''),
      handover:
        row.state === 'RETURNED' && line.receiver !== ''
          ? `${id}\t${returnedAt}\t${ELSEWHERE}\t${copyText(line.receivedBy)}\t${copyText(line.receiver)}\towner\tf\t${row.returnWay}\n`
          : '',
      event: eventOf({
        dossier: id,
        code: row.code,
        line: number,
        procedure: procedure.code,
        received: receivedAt,
        state: row.state,
        former: formerOf({
          receivingCentre: receiving,
          resolvingUnit: resolving,
          returningCentre: returning,
        }),
      }),
    }
  }
}

const FEES = copyText(JSON.stringify(NO_FEES))

const entryOf = ({ line, resultDate }: HistoryRow, unit: string): HistoryRecord['register'] =>
  line.resultNumber === '' || resultDate === null
    ? null
    : { unit, year: Number(resultDate.slice(0, 4)), number: line.resultNumber }

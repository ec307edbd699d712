import type { StaffActor } from '#modules/identity/contract.ts'
import { holds } from '#modules/identity/rules.ts'
import type { Clock } from '#platform/clock/clock.ts'
import { type Db, inTransaction, type Tx } from '#platform/db/connect.ts'
import { Refusal, refuse } from '#platform/errors.ts'
import type { Idempotency } from '#platform/http/idempotency.ts'
import type { EventLog } from '#platform/log/log.ts'
import type { Input, Output } from '#platform/operation.ts'
import type { Trials } from '#platform/papers/trial.ts'
import { localDateOf, toLocalIso } from '#platform/time/vietnam.ts'
import * as contract from './contract.ts'
import { bareExample, longExample, paperExamples } from './examples.ts'
import { drawn } from './papers.ts'
import { printPaper } from './printing.ts'
import { forbiddenWord } from './rules.ts'
import * as store from './template-store.ts'
import { type ShippedTemplate, sourceOf, type TemplateSource } from './templates.ts'

const EXAMPLES: Readonly<
  Record<contract.PaperExample, <K extends contract.PaperKind>(kind: K) => contract.PaperInput<K>>
> = { usual: (kind) => paperExamples[kind], long: longExample, bare: bareExample }

/** Invented papers as the template is given them, symbols drawn. */
const examplePapers = <K extends contract.PaperKind>(kind: K, example: contract.PaperExample) =>
  // Each schema takes the examples of its own kind; TypeScript cannot follow the pair through an index.
  printPaper(kind, contract.paperData[kind].parse(EXAMPLES[example](kind)) as contract.PaperData<K>)

const assertAdmin = (actor: StaffActor): void => {
  if (!holds(actor, 'CATALOG_ADMIN')) throw new Refusal('platform.forbidden')
}

/** What is shipped was written and checked before its release. */
const SHIPPED = { author: 'system', authorName: 'Một Cửa' }

export type AdministrationDeps = {
  db: Db
  clock: Clock
  log: Pick<EventLog, 'append'>
  trials: Trials
  shipped: readonly ShippedTemplate[]
}

type Version = Input<typeof contract.withdrawPaperTemplate>

/** Templates of papers as the province decides on them: each change is one transaction with its event. */
export const createTemplateAdministration = ({ db, clock, log, trials, shipped }: AdministrationDeps) => {
  const today = () => localDateOf(clock.now())

  const seen = (row: store.TemplateRow, actor: StaffActor): contract.PaperTemplateVersion => ({
    kind: row.kind,
    version: row.version,
    shipped: row.shipped !== null,
    title: row.title,
    page: row.page,
    legalBasis: row.legalBasis,
    state: row.state,
    effectiveFrom: row.effectiveFrom,
    effectiveTo: row.effectiveTo,
    decisionNumber: row.decisionNumber,
    sha256: row.sha256,
    author: row.authorName,
    createdAt: toLocalIso(row.createdAt),
    mine: row.author === actor.id,
    publisher: row.publisherName,
    publishedAt: row.publishedAt && toLocalIso(row.publishedAt),
    withdrawnReason: row.withdrawnReason,
  })

  /** A form in one line: what is in force, what comes, what waits. `versions` newest first. */
  const lineOf = (
    kind: contract.PaperKind,
    versions: readonly store.TemplateRow[],
  ): contract.PaperTemplateRow => {
    const day = today()
    const published = versions.flatMap((row) =>
      row.state === 'published' && row.effectiveFrom ? [{ ...row, effectiveFrom: row.effectiveFrom }] : [],
    )
    const inForce = published.find(
      ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (!effectiveTo || day < effectiveTo),
    )
    const next = published.filter(({ effectiveFrom }) => effectiveFrom > day).at(-1)
    const shown = inForce ?? versions[0]
    if (!shown) throw new Error(`no template of ${kind} was registered`)
    const named = (row: typeof inForce) =>
      row ? { version: row.version, effectiveFrom: row.effectiveFrom } : null
    return {
      kind,
      title: shown.title,
      page: shown.page,
      legalBasis: shown.legalBasis,
      inForce: named(inForce),
      next: named(next),
      drafts: versions.filter(({ state }) => state === 'draft').length,
    }
  }

  const list = async (actor: StaffActor): Promise<Output<typeof contract.listPaperTemplates>> => {
    assertAdmin(actor)
    const rows = await store.listTemplates(db)
    return {
      items: contract.PAPER_KINDS.map((kind) =>
        lineOf(
          kind,
          rows.filter((row) => row.kind === kind),
        ),
      ),
    }
  }

  const get = async (
    { kind }: Input<typeof contract.getPaperTemplate>,
    actor: StaffActor,
  ): Promise<Output<typeof contract.getPaperTemplate>> => {
    assertAdmin(actor)
    const rows = await store.listTemplates(db, kind)
    return {
      ...lineOf(kind, rows),
      versions: rows.map((row) => seen(row, actor)),
      values: examplePapers(kind, 'usual')[0] ?? {},
    }
  }

  const known = async (version: Pick<Version, 'kind' | 'version'>): Promise<store.TemplateRow> => {
    const row = await store.findTemplate(db, version)
    if (!row) throw new Refusal('documents.unknown-template')
    return row
  }

  const source = async (
    version: Input<typeof contract.getPaperTemplateSource>,
    actor: StaffActor,
  ): Promise<string> => {
    assertAdmin(actor)
    const row = await known(version)
    return (await store.getSource(db, row.sha256)).body
  }

  /** Sets a text apart from the server; refuses with every mistake and its line. */
  const tryOut = async (
    { body, shared }: TemplateSource,
    kind: contract.PaperKind,
    examples: readonly contract.PaperExample[],
  ): Promise<Buffer[]> => {
    const told = await trials.run({
      files: { 'main.typ': body, 'common.typ': shared },
      main: 'main.typ',
      prints: examples.map((example) => examplePapers(kind, example).map(drawn)),
    })
    if (told.outcome === 'printed') return told.pdfs
    if (told.outcome === 'too-heavy')
      return refuse(contract.draftPaperTemplate, 'documents.template-too-heavy', { seconds: trials.seconds })
    const { problems } = told
    const [first] = problems
    const where = (word: string) =>
      first
        ? `${first.file === 'main.typ' ? '' : `${first.file}, `}${word} ${first.line ?? '?'}: ${first.message}`
        : '?'
    return refuse(contract.draftPaperTemplate, 'documents.template-broken', {
      first: { vi: where('dòng'), en: where('line') },
      problems,
    })
  }

  const preview = async (
    input: Input<typeof contract.previewPaperTemplate>,
    actor: StaffActor,
  ): Promise<Buffer> => {
    assertAdmin(actor)
    const row = await known(input)
    const [pdf] = await tryOut(await store.getSource(db, row.sha256), row.kind, [input.example])
    if (!pdf) throw new Error('one print asked, none made')
    return pdf
  }

  const sharedParts = (): string => {
    const [first] = shipped
    if (!first) throw new Error('no templates were shipped')
    return first.shared
  }

  const record = (
    tx: Tx,
    actor: StaffActor,
    kind: contract.PaperKind,
    event: contract.PaperTemplateEvent,
  ): Promise<unknown> =>
    log.append(tx, [
      {
        type: event.type,
        at: clock.now(),
        actor: { kind: 'staff', id: actor.id, name: actor.name },
        subject: { kind: 'paper-template', id: kind },
        data: event.data,
      },
    ])

  /** Of a form that is written to: all its versions, locked, oldest first. */
  const locked = async (tx: Tx, { kind, version }: Pick<Version, 'kind' | 'version'>) => {
    const versions = await store.lockTemplates(tx, kind)
    const row =
      versions.find((one) => one.version === version) ??
      refuse(contract.withdrawPaperTemplate, 'documents.unknown-template')
    return { versions, row }
  }

  const changed = async (tx: Tx, version: Pick<Version, 'kind' | 'version'>, actor: StaffActor) => {
    const row = await store.findTemplate(tx, version)
    if (!row) throw new Error('a version vanished from under its lock')
    return seen(row, actor)
  }

  const draft = async (
    input: Input<typeof contract.draftPaperTemplate>,
    actor: StaffActor,
    idempotency?: Idempotency,
  ): Promise<contract.PaperTemplateVersion> => {
    assertAdmin(actor)
    const operation = contract.draftPaperTemplate
    const { kind, legalBasis } = input
    const body = input.source.normalize('NFC')
    const word = forbiddenWord(body)
    if (word) return refuse(operation, 'documents.template-forbidden-word', word)
    const text = sourceOf(body, sharedParts())
    await tryOut(text, kind, contract.PaperExample.options)
    return inTransaction(db, async (tx) => {
      const versions = await store.lockTemplates(tx, kind)
      const last = versions.at(-1)
      if (!last) return refuse(operation, 'documents.unknown-template')
      const same = versions.find((one) => one.sha256 === text.sha256 && one.state !== 'withdrawn')
      if (same) return refuse(operation, 'documents.template-unchanged', { version: same.version })
      const version = last.version + 1
      await store.keepSource(tx, text)
      await store.insertTemplate(tx, {
        kind,
        version,
        shipped: null,
        title: input.title ?? last.title,
        page: last.page,
        legalBasis,
        sha256: text.sha256,
        author: actor.id,
        authorName: actor.name,
        createdAt: clock.now(),
        published: null,
      })
      await record(tx, actor, kind, { type: 'paper-template-drafted', data: { version } })
      const answer = await changed(tx, { kind, version }, actor)
      await idempotency?.remember(tx, answer)
      return answer
    })
  }

  const publish = async (
    input: Input<typeof contract.publishPaperTemplate>,
    actor: StaffActor,
  ): Promise<contract.PaperTemplateVersion> => {
    assertAdmin(actor)
    const operation = contract.publishPaperTemplate
    const { kind, version, effectiveFrom, decisionNumber } = input
    return inTransaction(db, async (tx) => {
      const { versions, row } = await locked(tx, input)
      if (row.state !== 'draft') return refuse(operation, 'documents.template-not-a-draft', { version })
      if (row.author === actor.id) return refuse(operation, 'documents.template-same-person')
      if (effectiveFrom < today())
        return refuse(operation, 'documents.template-in-past', { today: dayWords(today()) })
      const last = versions.find((one) => one.state === 'published' && one.effectiveTo === null)
      if (last?.effectiveFrom && last.effectiveFrom >= effectiveFrom)
        return refuse(operation, 'documents.template-day-taken', {
          version: last.version,
          day: dayWords(last.effectiveFrom),
        })
      if (last) await store.updateTemplate(tx, last, { effective_to: effectiveFrom })
      await store.updateTemplate(tx, row, {
        state: 'published',
        effective_from: effectiveFrom,
        decision_number: decisionNumber,
        publisher: actor.id,
        publisher_name: actor.name,
        published_at: clock.now(),
      })
      await record(tx, actor, kind, {
        type: 'paper-template-published',
        data: { version, effectiveFrom, decisionNumber },
      })
      return changed(tx, row, actor)
    })
  }

  /** The version whose period ends where this one's begins takes over again. */
  const reopenBefore = async (
    tx: Tx,
    row: store.TemplateRow,
    versions: readonly store.TemplateRow[],
  ): Promise<void> => {
    const operation = contract.withdrawPaperTemplate
    const { version } = row
    if (row.effectiveTo !== null) return refuse(operation, 'documents.template-not-the-last', { version })
    const before = versions.find(
      (one) => one.state === 'published' && one.effectiveTo === row.effectiveFrom && one.effectiveTo !== null,
    )
    if (!before) return refuse(operation, 'documents.template-nothing-before', { version })
    await store.updateTemplate(tx, before, { effective_to: null })
  }

  const withdraw = async (input: Version, actor: StaffActor): Promise<contract.PaperTemplateVersion> => {
    assertAdmin(actor)
    const { kind, version, reason } = input
    return inTransaction(db, async (tx) => {
      const { versions, row } = await locked(tx, input)
      if (row.state === 'withdrawn')
        return refuse(contract.withdrawPaperTemplate, 'documents.template-already-withdrawn', { version })
      // Before the version before is opened again: no day has two in force.
      await store.updateTemplate(tx, row, {
        state: 'withdrawn',
        withdrawn_by: actor.id,
        withdrawn_reason: reason,
        withdrawn_at: clock.now(),
      })
      if (row.state === 'published') await reopenBefore(tx, row, versions)
      await record(tx, actor, kind, { type: 'paper-template-withdrawn', data: { version, reason } })
      return changed(tx, row, actor)
    })
  }

  /**
   * Writes what is shipped into the database; at every start. A corrected text of a shipped version replaces it for papers to
   * come. A new shipped version is in force from its day on, unless the province has decided on a form of its own: then it is a
   * draft for the administrators.
   */
  const register = (from: Db): Promise<void> =>
    inTransaction(from, async (tx) => {
      await store.lockAllTemplates(tx)
      for (const template of shipped) await registerOne(tx, template)
    })

  const registerOne = async (tx: Tx, template: ShippedTemplate): Promise<void> => {
    const { kind, title, page, legalBasis, sha256, effectiveFrom } = template
    const versions = await store.lockTemplates(tx, kind)
    const present = versions.find((one) => one.shipped === template.version)
    await store.keepSource(tx, template)
    if (present) {
      if (present.sha256 !== sha256 || present.title !== title)
        await store.updateTemplate(tx, present, {
          sha256,
          title,
          page,
          legal_basis: JSON.stringify(legalBasis),
        })
      return
    }
    const last = versions.find((one) => one.state === 'published' && one.effectiveTo === null)
    const own = versions.some((one) => one.shipped === null && one.state === 'published')
    if (last && !own) await store.updateTemplate(tx, last, { effective_to: effectiveFrom })
    const now = clock.now()
    await store.insertTemplate(tx, {
      ...{ kind, title, page, legalBasis, sha256, ...SHIPPED },
      version: (versions.at(-1)?.version ?? 0) + 1,
      shipped: template.version,
      createdAt: now,
      published: own ? null : { from: effectiveFrom, at: now },
    })
  }

  return {
    templates: { list, get, source, preview, draft, publish, withdraw },
    /** Writes the shipped templates into the database; at every start, safe from several processes at once. */
    registerTemplates: register,
  }
}

const dayWords = (day: string): string => day.split('-').reverse().join('/')

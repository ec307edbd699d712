import type { StaffActor } from '#modules/identity/contract.ts'
import { Refusal } from '#platform/errors.ts'
import type { Input } from '#platform/operation.ts'
import type * as op from '../contract.ts'
import { isConsultationFile } from '../store/consultations.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { createBooks, READERS_OF } from './books.ts'
import type { Asked, DossierDeps } from './deps.ts'
import type { createHandover } from './handover.ts'
import { createHandoverPaper } from './handover-paper.ts'
import { assertPeriod, createOnSite } from './on-site.ts'
import { titleOfPaper } from './paper-list.ts'
import type { createPapers } from './papers.ts'
import { recordReading as reading } from './readings.ts'
import { holdsAt } from './rights.ts'
import { createSheets } from './sheets.ts'

type PrintingDeps = DossierDeps & {
  readable: (code: string, actor: StaffActor) => Promise<DossierRow>
  papers: ReturnType<typeof createPapers>
  handover: ReturnType<typeof createHandover>
}

/** What is printed and opened: papers and files carry numbers in full, so that each is a reading of personal data. */
export const createPrinting = (deps: PrintingDeps) => {
  const { readable, papers, handover } = deps
  const sheets = createSheets(deps, readable)
  const printHandover = createHandoverPaper(deps)
  const onSite = createOnSite(deps)
  const books = createBooks(deps)
  const recordReading = reading(deps)

  const ownsFile = async (dossier: string, file: string): Promise<boolean> => {
    const [component, result, opinion] = await Promise.all([
      deps.db
        .selectFrom('dossier_component')
        .select('component_id')
        .where('dossier_id', '=', dossier)
        .where((where) => where(where.val(file), '=', where.fn.any('files')))
        .executeTakeFirst(),
      deps.db
        .selectFrom('dossier_result')
        .select('id')
        .where('dossier_id', '=', dossier)
        .where('file', '=', file)
        .executeTakeFirst(),
      isConsultationFile(deps.db, dossier, file),
    ])
    return component !== undefined || result !== undefined || opinion
  }

  return {
    paper: async ({ code, ...asked }: Input<typeof op.getPaper>, { actor }: Asked): Promise<Buffer> => {
      const dossier = await readable(code, actor)
      const printed = await papers.print(asked, dossier, actor)
      const { form } = asked
      await recordReading(actor, { kind: 'dossier', id: dossier.id }, [`paper:${form}`], titleOfPaper(form))
      return printed
    },

    register: async (
      { centre, from, to }: Input<typeof op.getRegister>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const tree = await deps.tree()
      if (!tree.centres.has(centre)) throw new Refusal('dossiers.unknown-centre', { centre })
      if (!holdsAt(actor, tree, READERS_OF.register, centre))
        throw new Refusal('dossiers.unknown-centre', { centre })
      assertPeriod({ from, to })
      const printed = await papers.register(centre, from, to)
      await recordReading(
        actor,
        { kind: 'centre', id: centre },
        [`register:${from}..${to}`],
        'In sổ theo dõi hồ sơ',
      )
      return printed
    },

    batchReceipt: async ({ codes }: Input<typeof op.getBatchReceipt>, { actor }: Asked): Promise<Buffer> => {
      const { printed, dossiers } = await sheets.batchReceipt(codes, actor)
      for (const { id } of dossiers)
        await recordReading(
          actor,
          { kind: 'dossier', id },
          ['paper:batch-receipt'],
          'In giấy tiếp nhận nhiều hồ sơ',
        )
      return printed
    },
    handoverPaper: async (
      { sheet: code }: Input<typeof op.getHandoverPaper>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const sheet = await handover.readable(code, actor, await deps.tree())
      const printed = await printHandover(sheet, actor)
      await recordReading(
        actor,
        { kind: 'handover-sheet', id: sheet.id },
        [`owner-names:${sheet.rows}`],
        'In phiếu bàn giao',
      )
      return printed
    },
    overdueReport: async ({ unit }: Input<typeof op.getOverdueReport>, { actor }: Asked): Promise<Buffer> => {
      const printed = await sheets.overdueReport(unit, actor)
      await recordReading(actor, { kind: 'unit', id: unit }, ['overdue-report'], 'In báo cáo hồ sơ quá hạn')
      return printed
    },
    unclaimedResults: async (
      { centre }: Input<typeof op.getUnclaimedResults>,
      { actor }: Asked,
    ): Promise<Buffer> => {
      const printed = await sheets.unclaimedResults(centre, actor)
      await recordReading(
        actor,
        { kind: 'centre', id: centre },
        ['unclaimed-results'],
        'In danh sách kết quả chưa nhận',
      )
      return printed
    },
    sealRegister: async (input: Input<typeof op.getSealRegister>, { actor }: Asked): Promise<Buffer> => {
      const printed = await onSite.sealRegister(input, actor)
      await recordReading(
        actor,
        { kind: 'second-seal', id: input.seal },
        [`seal-register:${input.from}..${input.to}`],
        'In sổ sử dụng con dấu thứ hai',
      )
      return printed
    },
    onSiteShare: onSite.share,
    books: (_input: Input<typeof op.listBooks>, { actor }: Asked) => books(actor),
    guidance: (input: Input<typeof op.getGuidance>, { actor }: Asked): Promise<Buffer> =>
      sheets.guidance(input, actor),

    /** A file of a dossier that this officer may read; the opening is logged like any reading of personal data. */
    file: async ({ code, file }: Input<typeof op.getDossierFile>, { actor }: Asked) => {
      const dossier = await readable(code, actor)
      if (!(await ownsFile(dossier.id, file))) throw new Refusal('dossiers.unknown-file')
      await recordReading(actor, { kind: 'dossier', id: dossier.id }, [`file:${file}`], 'Xem tệp của hồ sơ')
      return deps.documents.open(file)
    },
  }
}

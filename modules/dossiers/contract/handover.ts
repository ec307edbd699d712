import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { ItemRefusal, MOST_AT_ONCE } from './bulk.ts'
import { DossierCode, Instant, Reason } from './vocabulary.ts'

const Named = z.object({ id: z.string(), name: z.string() })
const Count = z.object({ value: z.int(), capped: z.boolean() })
const Unit = z.string().max(80)
const Page = {
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
}

/** What travels: paper dossiers to the agency, results to the returning centre, results that nobody fetched back. */
export const SHEET_KINDS = ['dossiers', 'results', 'uncollected'] as const
export const SheetKind = z.enum(SHEET_KINDS)
export type SheetKind = z.infer<typeof SheetKind>

/** `PBG26-000012`: prefix, year, running number; what the bar code of a sheet says. */
export const SheetCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^PBG\d{2}-\d{6,}$/, 'Mã phiếu bàn giao có dạng PBG26-000012.')

const SheetState = z.enum(['open', 'received', 'cancelled'])
/** What was received otherwise than listed, and how it was settled. */
export const ROW_STATES = ['listed', 'received', 'missing', 'extra', 'cancelled'] as const
export const RESOLUTIONS = ['found', 'kept', 'lost', 'accepted', 'returned'] as const
export const Resolution = z.enum(RESOLUTIONS)
export type Resolution = z.infer<typeof Resolution>

export const SheetSummary = z.object({
  code: z.string(),
  kind: SheetKind,
  state: SheetState,
  from: Named,
  to: Named,
  rows: z.int(),
  /** Missing and extra ones that nobody has settled. */
  unsettled: z.int(),
  handedAt: Instant,
  handedBy: z.string(),
  closedAt: Instant.nullable(),
  closedBy: z.string().nullable(),
})
export type SheetSummary = z.infer<typeof SheetSummary>

export const SheetRow = z.object({
  dossier: z.string(),
  procedure: z.string(),
  /** Null where the reader may not know the dossier: an extra one of another agency. */
  owner: z.string().nullable(),
  state: z.enum(ROW_STATES),
  resolution: Resolution.nullable(),
  resolutionNote: z.string().nullable(),
  resolvedBy: z.string().nullable(),
  /** How this person may settle the difference now. */
  settle: z.array(Resolution),
})
export type SheetRow = z.infer<typeof SheetRow>

export const Sheet = SheetSummary.extend({
  note: z.string().nullable(),
  cancelReason: z.string().nullable(),
  items: z.array(SheetRow),
  mayReceive: z.boolean(),
  mayCancel: z.boolean(),
})
export type Sheet = z.infer<typeof Sheet>

/** Dossiers or results that still have to leave, those due first on top; the alarm of T7. */
export const listHandoverCandidates = defineOperation({
  id: 'dossiers.list-handover-candidates',
  method: 'GET',
  path: '/handover-sheets/candidates',
  summary: 'What waits to be handed over on a sheet',
  access: 'staff',
  input: z.object({ kind: SheetKind, from: Unit, ...Page }),
  output: z.object({
    items: z.array(
      z.object({
        code: z.string(),
        procedure: z.string(),
        owner: z.string(),
        to: Named,
        /** Accepted, or result ready. */
        since: Instant,
        /** Until when it has to leave (Articles 18(2), 20(1) of Decree 118/2025); of results the date promised. */
        due: Instant.nullable(),
        late: z.boolean(),
        sets: z.int(),
      }),
    ),
    next: z.string().nullable(),
    total: Count,
    /** Of those shown, how many should have left already. */
    late: z.int(),
  }),
  errors: ['dossiers.not-your-unit'],
})

/** One sheet for each place that the dossiers go to; what cannot be handed over is refused alone. */
export const createHandoverSheets = defineOperation({
  id: 'dossiers.create-handover-sheets',
  method: 'POST',
  path: '/handover-sheets',
  summary: 'Hand dossiers or results over on sheets',
  access: 'staff',
  input: z.object({
    kind: SheetKind,
    from: Unit,
    dossiers: z.array(DossierCode).min(1).max(MOST_AT_ONCE),
    note: z.string().trim().max(1_000).optional(),
  }),
  output: z.object({
    sheets: z.array(SheetSummary),
    refused: z.array(z.object({ code: z.string(), refusal: ItemRefusal })),
  }),
  status: 201,
  errors: ['dossiers.not-your-unit'],
  idempotent: true,
})

export const listHandoverSheets = defineOperation({
  id: 'dossiers.list-handover-sheets',
  method: 'GET',
  path: '/handover-sheets',
  summary: 'Sheets of my units, newest first',
  access: 'staff',
  input: z.object({
    direction: z.enum(['in', 'out', 'both']).default('both'),
    /** `unsettled`: with differences that wait for somebody. */
    state: z.enum(['open', 'received', 'cancelled', 'unsettled']).optional(),
    kind: SheetKind.optional(),
    ...Page,
  }),
  output: z.object({
    items: z.array(SheetSummary),
    next: z.string().nullable(),
    /** On their way to me, and with unsettled differences. */
    counts: z.object({ arriving: Count, unsettled: Count }),
  }),
  errors: [],
})

export const getHandoverSheet = defineOperation({
  id: 'dossiers.get-handover-sheet',
  method: 'GET',
  path: '/handover-sheets/:sheet',
  summary: 'One sheet with its rows',
  access: 'staff',
  input: z.object({ sheet: SheetCode }),
  output: Sheet,
  errors: ['dossiers.unknown-sheet'],
})

/** Giấy bàn giao hồ sơ in two copies, or Phiếu bàn giao kết quả; issued once, later prints are marked as copies. */
export const getHandoverPaper = defineOperation({
  id: 'dossiers.get-handover-paper',
  method: 'GET',
  path: '/handover-sheets/:sheet/paper',
  summary: 'The sheet to be signed by both sides, as PDF',
  access: 'staff',
  input: z.object({ sheet: SheetCode }),
  output: z.unknown(),
  produces: 'application/pdf',
  errors: ['dossiers.unknown-sheet'],
})

/** Everything that lay in the batch, as scanned; what is missing or too many follows from it. */
export const receiveHandoverSheet = defineOperation({
  id: 'dossiers.receive-handover-sheet',
  method: 'POST',
  path: '/handover-sheets/:sheet/receipt',
  summary: 'Receive a sheet with what came on it',
  access: 'staff',
  input: z.object({ sheet: SheetCode, received: z.array(DossierCode).max(2 * MOST_AT_ONCE) }),
  output: Sheet,
  errors: ['dossiers.unknown-sheet', 'dossiers.sheet-closed', 'dossiers.not-your-unit', 'dossiers.unknown'],
  idempotent: true,
})

export const settleHandoverRow = defineOperation({
  id: 'dossiers.settle-handover-row',
  method: 'POST',
  path: '/handover-sheets/:sheet/rows/:code/settlement',
  summary: 'Settle a missing or extra dossier of a received sheet',
  access: 'staff',
  input: z.object({ sheet: SheetCode, code: DossierCode, resolution: Resolution, note: Reason }),
  output: Sheet,
  errors: ['dossiers.unknown-sheet', 'dossiers.not-your-unit', 'dossiers.no-difference'],
  idempotent: true,
})

export const cancelHandoverSheet = defineOperation({
  id: 'dossiers.cancel-handover-sheet',
  method: 'POST',
  path: '/handover-sheets/:sheet/cancellation',
  summary: 'Take back a sheet that was not received yet',
  access: 'staff',
  input: z.object({ sheet: SheetCode, reason: Reason }),
  output: Sheet,
  errors: ['dossiers.unknown-sheet', 'dossiers.sheet-closed', 'dossiers.not-your-unit'],
  idempotent: true,
})

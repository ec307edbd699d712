import { z } from 'zod'
import { defineOperation } from '#platform/operation.ts'
import { DossierSummary } from './dossier.ts'
import { Channel, Day, Instant, State } from './vocabulary.ts'

const Count = z.object({ value: z.int(), capped: z.boolean() })

/** Conditions that combine; none of them holds a personal number, so that they may be kept and named. */
export const SearchConditions = z.object({
  states: z.array(State).max(20).optional(),
  procedure: z.string().trim().max(40).optional(),
  /** Receiving and returning centre. */
  centre: z.string().max(80).optional(),
  returningCentre: z.string().max(80).optional(),
  /** Agency that resolves, with the units beneath it. */
  agency: z.string().max(80).optional(),
  /** Account in whose hands the present step is. */
  officer: z.string().max(80).optional(),
  channel: Channel.optional(),
  pace: z.enum(['DUE_SOON', 'OVERDUE']).optional(),
  /** Days of the promised moment, both included. */
  dueFrom: Day.optional(),
  dueTo: Day.optional(),
  receivedFrom: Day.optional(),
  receivedTo: Day.optional(),
})
export type SearchConditions = z.infer<typeof SearchConditions>

/**
 * By POST, because what is looked for may be a card or phone number, and addresses are kept by browsers, proxies and logs
 * (ASVS 14.2.1).
 */
export const searchDossiers = defineOperation({
  id: 'dossiers.search',
  method: 'POST',
  path: '/dossiers/search',
  summary: 'Find dossiers by anything known of them, in pages, newest first',
  access: 'staff',
  input: SearchConditions.extend({
    /** Code or its end, card or phone number, or a name without regard to accents. */
    q: z.string().trim().max(200).optional(),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({ items: z.array(DossierSummary), next: z.string().nullable(), total: Count }),
  errors: [],
})

/** Who holds steps now, for the condition `officer`; found by a part of the name, without accents, or by the account. */
export const listOfficers = defineOperation({
  id: 'dossiers.list-officers',
  method: 'GET',
  path: '/officers',
  summary: 'Officers who hold steps, by name',
  access: 'staff',
  input: z.object({ q: z.string().trim().max(100).optional(), id: z.string().max(80).optional() }),
  output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
  errors: [],
})

export const FILTER_LISTS = ['dossiers', 'tasks'] as const
const FilterName = z.string().trim().min(1).max(60)

/** A list's conditions under a name; of one officer, at most one the default. */
export const SavedFilter = z.object({
  id: z.uuid(),
  list: z.enum(FILTER_LISTS),
  name: FilterName,
  conditions: SearchConditions,
  /** Applied when the list is opened. */
  isDefault: z.boolean(),
  savedAt: Instant,
})
export type SavedFilter = z.infer<typeof SavedFilter>

export const listFilters = defineOperation({
  id: 'dossiers.list-filters',
  method: 'GET',
  path: '/me/filters',
  summary: 'My saved filters',
  access: 'staff',
  input: z.object({}),
  output: z.object({ items: z.array(SavedFilter) }),
  errors: [],
})

export const saveFilter = defineOperation({
  id: 'dossiers.save-filter',
  method: 'PUT',
  path: '/me/filters/:id',
  summary: 'Keep conditions of a list under a name',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    list: z.enum(FILTER_LISTS),
    name: FilterName,
    conditions: SearchConditions,
    isDefault: z.boolean().default(false),
  }),
  output: SavedFilter,
  errors: ['dossiers.filter-name-taken', 'dossiers.too-many-kept'],
})

export const removeFilter = defineOperation({
  id: 'dossiers.remove-filter',
  method: 'DELETE',
  path: '/me/filters/:id',
  summary: 'Throw a saved filter away',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: z.object({}),
  status: 204,
  errors: [],
})

/** Words written often, inserted by key; placeholders like `{ten}` are filled from the dossier. */
export const OpinionTemplate = z.object({
  id: z.uuid(),
  key: z.string(),
  title: z.string(),
  body: z.string(),
  /** Null for the officer's own. */
  unit: z.object({ id: z.string(), name: z.string() }).nullable(),
  savedBy: z.string(),
  mayEdit: z.boolean(),
})
export type OpinionTemplate = z.infer<typeof OpinionTemplate>

export const listTemplates = defineOperation({
  id: 'dossiers.list-templates',
  method: 'GET',
  path: '/opinion-templates',
  summary: 'My opinion templates and those of my units',
  access: 'staff',
  input: z.object({}),
  output: z.object({
    items: z.array(OpinionTemplate),
    /** Units for which this person may keep shared ones. */
    shareable: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  errors: [],
})

export const saveTemplate = defineOperation({
  id: 'dossiers.save-template',
  method: 'PUT',
  path: '/opinion-templates/:id',
  summary: 'Keep an opinion template, own or shared by a unit',
  access: 'staff',
  input: z.object({
    id: z.uuid(),
    key: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9-]{1,30}$/, 'Từ khóa gồm chữ thường không dấu, số, dấu gạch; ví dụ du-dk.'),
    title: z.string().trim().min(1, 'Ghi tên mẫu.').max(120),
    body: z.string().trim().min(1, 'Ghi nội dung mẫu.').max(4_000),
    unit: z.string().max(80).optional(),
  }),
  output: OpinionTemplate,
  errors: [
    'dossiers.template-key-taken',
    'dossiers.template-not-yours',
    'dossiers.template-placeholder',
    'dossiers.too-many-kept',
  ],
})

export const removeTemplate = defineOperation({
  id: 'dossiers.remove-template',
  method: 'DELETE',
  path: '/opinion-templates/:id',
  summary: 'Throw an opinion template away',
  access: 'staff',
  input: z.object({ id: z.uuid() }),
  output: z.object({}),
  status: 204,
  errors: ['dossiers.template-not-yours'],
})

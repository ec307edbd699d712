import { Readable } from 'node:stream'
import type { StaffActor } from '#modules/identity/contract.ts'
import type { Clock } from '#platform/clock/clock.ts'
import type { Db } from '#platform/db/connect.ts'
import { createIdempotency, createRecall } from '#platform/http/idempotency.ts'
import { createPaperRenderer, type PaperRenderer } from '#platform/papers/renderer.ts'
import { atRoot } from '#platform/root.ts'
import { localDateOf } from '#platform/time/vietnam.ts'
import type { Services } from '#server/services.ts'
import type { Doing, Planned, Story } from './story.ts'

type Create = Extract<Doing, { kind: 'create' }>

/** A dossier as the simulator knows it once it has been handed in. */
type OpenStep = { id: string; step: string }

export type Living = { story: Story; code: string; id: string }

/** Each doing as the use case that an officer's screen would call. */
export const createDoings = ({
  services,
  db,
  clock,
  seed,
}: {
  services: Services
  db: Db
  clock: Clock
  seed: string
}) => {
  const { dossiers, workflow, documents } = services
  let renderer: PaperRenderer | undefined

  const scan = async (by: StaffActor, title: string, owner: string): Promise<string> => {
    renderer ??= createPaperRenderer({ templates: atRoot('data/demo'), fonts: atRoot('data/fonts') })
    const day = localDateOf(clock.now()).split('-').reverse().join('/')
    const pdf = renderer.render('sample-paper.typ', [{ title, owner, day }])
    const file = { name: `${title.slice(0, 60)}.pdf`, stream: Readable.from([pdf]) }
    return (await documents.upload(file, by.id)).id
  }

  const marked = ({ n }: Story, by: StaffActor) => {
    const key = { account: by.id, key: `${seed}/${n}`, operation: 'dossiers.create', body: { seed, n } }
    return {
      idempotency: createIdempotency({ ...key, status: 201, now: clock.now }),
      recall: () => createRecall(db)(key),
    }
  }

  const withScans = async ({ intake, scanned }: Story, by: StaffActor): Promise<Story['intake']> => ({
    ...intake,
    components: await Promise.all(
      intake.components.map(async (one) =>
        scanned.includes(one.component)
          ? { ...one, files: [await scan(by, 'Giấy tờ kèm hồ sơ', intake.owner.name)] }
          : one,
      ),
    ),
  })

  const send = async (story: Story, { by }: Planned, does: Create): Promise<string> => {
    const input = await withScans(story, by)
    const asked = { actor: by, idempotency: marked(story, by).idempotency }
    switch (does.end) {
      case 'accepted':
        return (await dossiers.create(input, asked)).code
      case 'submitted':
        return (
          await dossiers.submit(
            { ...input, channel: input.channel === 'postal' ? 'postal' : 'online' },
            asked,
          )
        ).code
      case 'incomplete': {
        const { items, legalBasis } = does
        return (await dossiers.requestIntakeSupplement({ ...input, items, legalBasis }, asked)).code
      }
      case 'refused': {
        const { reasonCode, reason, rightAuthority } = does
        return (await dossiers.refuseIntake({ ...input, reasonCode, reason, rightAuthority }, asked)).code
      }
    }
  }

  return {
    /** Hands the dossier in; when that was done before a break, the first answer is found again. */
    create: async (story: Story, planned: Planned, does: Create, resuming: boolean): Promise<Living> => {
      const before = resuming ? await marked(story, planned.by).recall() : undefined
      const known: { code: string } | undefined = before && JSON.parse(before.answer)
      const code = known?.code ?? (await send(story, planned, does))
      // Looked up beside the services: an officer who opens the dossier leaves a record of having read it.
      const { id } = await db
        .selectFrom('dossier')
        .select('id')
        .where('code', '=', code)
        .executeTakeFirstOrThrow()
      return { story, code, id }
    },

    /** The steps that each of these dossiers stands at. */
    openTasks: async (ids: readonly string[]): Promise<Map<string, OpenStep[]>> => {
      const tasks = await workflow.tasksOfSubjects(db, ids)
      return new Map(
        [...tasks].map(([id, list]) => {
          const open = list.filter(({ state }) => state === 'open' || state === 'claimed')
          return [id, open.map((task) => ({ id: task.id, step: task.step }))] as const
        }),
      )
    },

    /** Anything but the handing in; `open` are the steps it stands at. */
    carryOut: async (
      { story, code, id }: Living,
      { by, does }: Planned,
      open: readonly OpenStep[],
    ): Promise<void> => {
      const asked = { actor: by, idempotency: undefined }
      if (does.kind === 'create') throw new Error('a dossier is handed in once')
      if (does.kind === 'reveal') return void (await dossiers.reveal({ code, reason: does.reason }, asked))
      if (does.kind === 'explain') {
        const { reasonCode, explanation } = does
        return void (await dossiers.explainLateness({ code, reasonCode, explanation }, asked))
      }
      if (does.kind === 'act')
        return void (await dossiers.act({ code, action: does.action, ...does.input }, asked))
      if (does.kind === 'deliver') {
        const { message: name, payload } = does
        const subject = { kind: 'dossier', id }
        await workflow.deliverMessage(db, { subject, name, key: null, sender: 'Cơ quan thuế', payload })
        return
      }
      const task = open.find(({ step }) => step === does.step)
      if (!task)
        throw new Error(`${code} stands at ${open.map(({ step }) => step).join(', ')}, not at ${does.step}`)
      switch (does.kind) {
        case 'claim':
          return void (await dossiers.claim({ id: task.id }, asked))
        case 'send-back':
          return void (await dossiers.sendBack(
            { id: task.id, reason: does.reason, toStep: does.toStep },
            asked,
          ))
        case 'reassign':
          return void (await dossiers.reassign(
            { id: task.id, assignee: does.assignee, reason: does.reason },
            asked,
          ))
        case 'complete': {
          const { opinion, decision, assignee, outcome, result } = does
          const file = result?.scanned ? await scan(by, result.summary, story.intake.owner.name) : undefined
          const registered = result && { result: { summary: result.summary, file } }
          return void (await dossiers.complete(
            { id: task.id, opinion, decision, assignee, outcome, ...registered },
            asked,
          ))
        }
      }
    },
  }
}

import { createHttpClient, type HttpClient, type Reply } from '../support/http-client.ts'

export type Clerk = { name: string; http: HttpClient; cookie: string }
type Step = { task: string; role: string; state: string }
export type View = {
  code: string
  state: string
  version: number
  process: { steps: Step[] }
  opinions: { text: string }[]
  timeline: { type: string; detail: string | null }[]
  task: { assignee: { name: string } | null } | null
}

export const signIn = async (base: string, name: string): Promise<Clerk> => {
  const http = createHttpClient(base, 64)
  return { name, http, cookie: await http.signIn(name) }
}

type Extra = { key?: string; version?: number }

export const post = (
  clerk: Clerk,
  path: string,
  body: unknown,
  { key, version }: Extra = {},
): Promise<Reply> =>
  clerk.http.call({
    path,
    body,
    cookie: clerk.cookie,
    headers: {
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
  })

export const read = async (clerk: Clerk, code: string): Promise<View> => {
  const { status, body } = await clerk.http.call({
    method: 'GET',
    path: `/dossiers/${code}`,
    cookie: clerk.cookie,
  })
  if (status !== 200) throw new Error(`${code}: ${status} ${body}`)
  return JSON.parse(body)
}

/** "Sao y bản chính": one paper, five steps. */
export const createIntake = async (clerk: Clerk, centre: string): Promise<(note: string) => unknown> => {
  const { body } = await clerk.http.call({ method: 'GET', path: '/procedures/2.000815' })
  const [first]: { id: string; components: { id: string }[] }[] = JSON.parse(body).cases
  return (note) => ({
    procedure: '2.000815',
    case: first?.id,
    receivingCentre: centre,
    channel: 'direct',
    owner: { kind: 'person', name: 'Nguyễn Văn Mẫu', personalId: '000000000001', phone: '0900000001' },
    components: first?.components.map(({ id }) => ({ component: id, originals: 1 })),
    resultReturn: { way: 'counter' },
    note,
  })
}

export const currentTask = (view: View): string =>
  view.process.steps.find(({ state }) => state === 'current')?.task ?? ''

/** Takes the step that the dossier waits at. */
export const step = async (clerk: Clerk, reader: Clerk, code: string): Promise<void> => {
  const task = currentTask(await read(reader, code))
  const { status, body } = await post(clerk, `/tasks/${task}/complete`, { opinion: 'Đã xem.' })
  if (status !== 200) throw new Error(`${clerk.name} at ${code}: ${status} ${body}`)
}

/** Runs `work` for each item, `width` at a time, in order of arrival. */
export const inParallel = async <T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  const rest = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: width }, lane))
  return results
}

import { useMutation } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { listServiceGroups, type ServiceGroup } from '#modules/queue/contract.ts'
import { PRIORITY_CLASSES, type PriorityClass } from '#modules/queue/rules.ts'
import { newIdempotencyKey } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import { AppLink } from '../../ui/link.tsx'
import { CrowdWord, WaitText } from '../hall/waits.tsx'
import { issueTicket } from '../kiosk/issue.ts'
import styles from './tickets.module.css'
import { words } from './words.ts'

type Wish = { key: string; group: string; priority: PriorityClass }
const kept = (centre: string) => ({ wish: `mot-cua.take.${centre}`, token: `mot-cua.ticket.${centre}` })
const read = (key: string): string | null => {
  try {
    return window.sessionStorage.getItem(key)
  } catch {
    return null
  }
}
const write = (key: string, value: string): void => {
  try {
    window.sessionStorage.setItem(key, value)
  } catch {
    // A reload then asks anew.
  }
}

/** The same wish keeps its key through double taps and reloads; another wish gets another. */
const keyFor = (centre: string, group: string, priority: PriorityClass): string => {
  const before: unknown = JSON.parse(read(kept(centre).wish) ?? 'null')
  const same = (wish: unknown): wish is Wish =>
    typeof wish === 'object' &&
    wish !== null &&
    'group' in wish &&
    wish.group === group &&
    'priority' in wish &&
    wish.priority === priority
  if (same(before)) return before.key
  const wish: Wish = { key: newIdempotencyKey(), group, priority }
  write(kept(centre).wish, JSON.stringify(wish))
  return wish.key
}

/** Behind the code at the door: choose a service, take a number, no machine needed. */
export function TakePage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const { centre } = useParams({ from: '/portal/lay-so/$centre' })
  const navigate = useNavigate()
  const { data, error, refetch } = useOperation(
    listServiceGroups,
    { centre },
    { refetchInterval: 30_000, keep: true },
  )
  const [group, setGroup] = useState<string>()
  const [priority, setPriority] = useState<PriorityClass>('NONE')
  const [unchosen, setUnchosen] = useState(false)
  const token = read(kept(centre).token)
  const take = useMutation({
    mutationFn: (serviceGroup: string) =>
      issueTicket(
        { centre, serviceGroup, priorityClass: priority, channel: 'PHONE', language },
        keyFor(centre, serviceGroup, priority),
      ),
    onSuccess: (ticket) => {
      write(kept(centre).token, ticket.token)
      void navigate({ to: '/ve/$token', params: { token: ticket.token } })
    },
  })
  const failed = error ?? take.error
  return (
    <div className={styles.page}>
      <header>
        <h1>{w.takeTitle}</h1>
        <p className={styles.small}>{w.takeHint}</p>
      </header>
      {token ? (
        <p className={styles.card}>
          {w.mine}. <AppLink href={`/ve/${token}`}>{w.mineOpen}</AppLink>
        </p>
      ) : null}
      {failed ? (
        <ErrorSummary
          key={take.submittedAt}
          problems={[{ message: messageOf(failed, language) }]}
          action={error ? <Button onClick={() => void refetch()}>{w.again}</Button> : undefined}
        />
      ) : null}
      {!data && !error ? (
        <Loading>
          <SkeletonRows rows={5} height={72} />
        </Loading>
      ) : null}
      {data?.items.length === 0 ? <EmptyState title={w.noServices} /> : null}
      {data && data.items.length > 0 ? (
        <form
          noValidate
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault()
            setUnchosen(!group)
            if (group && !take.isPending) take.mutate(group)
          }}
        >
          <fieldset className={styles.choices} aria-describedby={unchosen && !group ? 'unchosen' : undefined}>
            <legend>{w.which}</legend>
            {data.items.map((one) => (
              <GroupChoice
                key={one.id}
                group={one}
                chosen={group === one.id}
                choose={() => setGroup(one.id)}
              />
            ))}
          </fieldset>
          {unchosen && !group ? (
            <p id="unchosen" className={styles.bad} role="alert">
              {w.choose}
            </p>
          ) : null}
          <fieldset className={styles.classes}>
            <legend>{w.priority}</legend>
            <p className={styles.small}>{w.priorityHint}</p>
            <div>
              {PRIORITY_CLASSES.map((one) => (
                <label key={one} className={classes(styles.pill, priority === one && styles.chosen)}>
                  <input
                    type="radio"
                    name="priority"
                    className="visually-hidden"
                    checked={priority === one}
                    onChange={() => setPriority(one)}
                  />
                  {w.classes[one]}
                </label>
              ))}
            </div>
          </fieldset>
          <Button look="main" type="submit" wide busy={take.isPending}>
            {w.take}
          </Button>
        </form>
      ) : null}
      <p>
        <AppLink href={`/cho-doi/${centre}`}>{w.promises}</AppLink>
      </p>
    </div>
  )
}

function GroupChoice({
  group,
  chosen,
  choose,
}: {
  group: ServiceGroup
  chosen: boolean
  choose: () => void
}) {
  const w = useWords(words)
  const { language } = useLanguage()
  return (
    <label className={classes(styles.choice, chosen && styles.chosen)}>
      <input type="radio" name="group" checked={chosen} onChange={choose} className={styles.radio} />
      <span>
        <strong lang={language === 'vi' ? 'vi' : undefined}>
          {language === 'vi' ? group.name : group.nameEn}
        </strong>
        <span className={styles.line}>
          {group.open ? (
            <>
              <CrowdWord crowd={group.crowd} /> · <WaitText wait={group.wait} /> · {w.waiting(group.waiting)}
            </>
          ) : (
            group.closed?.[language]
          )}
        </span>
      </span>
    </label>
  )
}

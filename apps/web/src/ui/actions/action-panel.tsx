import { Clock, type LucideIcon } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../button/button.tsx'
import { classes } from '../classes.ts'
import { Dialog } from '../dialog/dialog.tsx'
import { Key } from '../key/key.tsx'
import { useShortcuts } from '../keyboard/keyboard.tsx'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './action-panel.module.css'

export type PanelAction = {
  id: string
  /** Verb and object: "Trình lãnh đạo ký". */
  label: string
  icon: LucideIcon
  shortcut?: string
  /** The filled one; at most one per panel. */
  main?: boolean
  /** A limit in words: "Chỉ được yêu cầu đến 17:00 hôm nay". */
  limit?: string
  /** Offered, but not right now: why, and what unblocks it. */
  blocked?: string
  /** Cannot be undone: a sheet repeats what happens before it runs. */
  irreversible?: { consequences: readonly string[]; keep?: string }
  run: () => void
}

type ActionPanelProps = {
  /** "Bước này cần ông/bà". */
  lead?: string
  title: string
  due?: ReactNode
  /** Only what the server offers for this person now. */
  actions: readonly PanelAction[]
  busy?: boolean
  /** Shown instead of actions when there are none: who holds it. */
  waitingFor?: string
}

const words = catalogue(
  {
    happens: 'Việc này không hoàn tác được:',
    keep: 'Giữ nguyên',
    nothing: 'Hiện không có việc nào cho ông/bà ở hồ sơ này.',
  },
  {
    happens: 'This cannot be undone:',
    keep: 'Keep as it is',
    nothing: 'There is nothing for you to do here now.',
  },
)

/** The only place of action of a screen. */
export function ActionPanel({ lead, title, due, actions, busy, waitingFor }: ActionPanelProps) {
  const w = useWords(words)
  const [asking, setAsking] = useState<PanelAction>()
  const start = (action: PanelAction): void => {
    if (busy || action.blocked) return
    if (action.irreversible) setAsking(action)
    else action.run()
  }
  useShortcuts(
    actions.flatMap((action) =>
      action.shortcut
        ? [
            {
              keys: action.shortcut,
              label: action.label,
              run: () => start(action),
              when: !action.blocked && !busy,
            },
          ]
        : [],
    ),
  )
  const main = actions.find((action) => action.main)
  return (
    <section className={classes(styles.panel, main && styles.mine)} aria-label={title}>
      {lead ? <p className={styles.lead}>{lead}</p> : null}
      <h2 className={styles.title}>{title}</h2>
      {due ? (
        <p className={styles.due}>
          <Clock size={16} aria-hidden="true" /> <span>{due}</span>
        </p>
      ) : null}
      {main ? (
        <div className={styles.main}>
          <Button
            look="main"
            wide
            icon={main.icon}
            shortcut={main.shortcut}
            blocked={main.blocked}
            busy={busy}
            onClick={() => start(main)}
          >
            {main.label}
          </Button>
          {main.limit ? <p className={styles.limit}>{main.limit}</p> : null}
        </div>
      ) : null}
      {actions.length === 0 ? <p className={styles.none}>{waitingFor ?? w.nothing}</p> : null}
      <ul className={styles.list}>
        {actions
          .filter((action) => action !== main)
          .map((action) => (
            <li key={action.id}>
              <button
                type="button"
                className={styles.action}
                aria-disabled={busy || action.blocked ? true : undefined}
                aria-keyshortcuts={action.shortcut}
                onClick={() => start(action)}
              >
                <action.icon size={18} aria-hidden="true" />
                <span className={styles.label}>
                  {action.label}
                  {(action.blocked ?? action.limit) ? (
                    <span className={styles.limit}>{action.blocked ?? action.limit}</span>
                  ) : null}
                </span>
                {action.shortcut ? <Key keys={action.shortcut} /> : null}
              </button>
            </li>
          ))}
      </ul>
      <Dialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={`${asking?.label ?? ''}?`}
        actions={
          <>
            <Button onClick={() => setAsking(undefined)}>{asking?.irreversible?.keep ?? w.keep}</Button>
            <Button
              look="main"
              onClick={() => {
                setAsking(undefined)
                asking?.run()
              }}
            >
              {asking?.label}
            </Button>
          </>
        }
      >
        <p>{w.happens}</p>
        <ul className={styles.consequences}>
          {asking?.irreversible?.consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
      </Dialog>
    </section>
  )
}

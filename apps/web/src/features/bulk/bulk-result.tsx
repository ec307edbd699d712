import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { ItemRefusal } from '#modules/dossiers/contract.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button } from '../../ui/button/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './bulk.module.css'

const words = catalogue(
  {
    done: 'Đã xong',
    refused: 'Chưa làm được',
    why: 'Vì sao chưa làm được',
    unknown: 'hồ sơ ngoài phạm vi của ông/bà',
    again: (n: number) => `Làm lại ${n} dòng còn lại`,
    leave: 'Để các dòng này lại',
  },
  {
    done: 'Done',
    refused: 'Not done',
    why: 'Why not',
    unknown: 'a dossier outside your reach',
    again: (n: number) => `Try the other ${n} again`,
    leave: 'Leave these',
  },
)

/** What was not done: the row, the dossier if one may know it, and the server's reason. */
export type Refused = { key: string; code: string | null; refusal: ItemRefusal }

type BulkResultProps = {
  title: string
  done: number
  refused: readonly Refused[]
  onClose: () => void
  /** Sends the rest once more; rejects when the answer did not come. */
  onRest: (keys: readonly string[]) => Promise<void>
}

/** Shown when a list was not done whole: how many were, and the others under their reasons, with a way to try again. */
export function BulkResult({ title, done, refused, onClose, onRest }: BulkResultProps) {
  const w = useWords(words)
  const [busy, setBusy] = useState(false)
  const again = async (): Promise<void> => {
    setBusy(true)
    await onRest(refused.map(({ key }) => key)).finally(() => setBusy(false))
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      look="sheet"
      actions={
        <>
          <Button onClick={onClose}>{w.leave}</Button>
          <Button look="main" icon={RotateCcw} busy={busy} onClick={() => void again()}>
            {w.again(refused.length)}
          </Button>
        </>
      }
    >
      <div className={desk.stack}>
        <div className={styles.figures}>
          <div className={classes(styles.figure, styles.done)}>
            <strong className="n">{done}</strong>
            {w.done}
          </div>
          <div className={classes(styles.figure, styles.notDone)}>
            <strong className="n">{refused.length}</strong>
            {w.refused}
          </div>
        </div>
        <h3 className={desk.section}>{w.why}</h3>
        <RefusedReasons refused={refused} />
      </div>
    </Dialog>
  )
}

/** Rows under the reason that they share. */
export function RefusedReasons({ refused }: { refused: readonly Refused[] }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const reasons = [...Map.groupBy(refused, ({ refusal }) => refusal[language])]
  return (
    <div className={styles.reasons}>
      {reasons.map(([reason, rows]) => (
        <div key={reason} className={styles.reason}>
          {reason}
          <ul className={styles.codes}>
            {rows.map(({ key, code }) => (
              <li key={key} className="n">
                {code ?? w.unknown}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

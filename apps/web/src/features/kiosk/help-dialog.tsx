import { useMutation } from '@tanstack/react-query'
import { Footprints, Hand, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { askForHelpAtKiosk, getKioskHelp, withdrawKioskHelp } from '#modules/queue/contract.ts'
import { call } from '../../api/call.ts'
import { useOperation } from '../../api/queries.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { partsOf } from '../../ui/format/format.ts'
import { useWords } from '../../ui/language/language.tsx'
import { kioskOf } from '../kiosk-offline/here.ts'
import styles from './kiosk.module.css'
import { words } from './words.ts'

/** How soon the visitor sees that somebody is coming. */
const EVERY_MS = 3_000

const ask = async (centre: string) => {
  const token = await kioskOf(centre)
    .look()
    .then(
      (kiosk) => kiosk.token,
      () => null,
    )
  return call(askForHelpAtKiosk, { centre, ...(token === null ? {} : { token }) })
}

type HelpProps = { centre: string; guide: readonly number[]; onClose: () => void }

/** Calls an officer to this machine as soon as it opens, and says who comes; without network it says where to go instead. */
export function HelpDialog({ centre, guide, onClose }: HelpProps) {
  const w = useWords(words)
  const asking = useMutation({ mutationFn: () => ask(centre), networkMode: 'always' })
  const { mutate } = asking
  useEffect(() => mutate(), [mutate])
  const id = asking.data?.id
  const standing = useOperation(
    getKioskHelp,
    { call: id ?? '' },
    { enabled: id !== undefined, refetchInterval: EVERY_MS, keep: true },
  )
  const help = standing.data ?? asking.data
  const withdraw = (): void => {
    if (id) void call(withdrawKioskHelp, { call: id }).catch(() => undefined)
    onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.helpTitle}
      actions={
        <>
          {help && !help.over ? <Button onClick={withdraw}>{w.helpNot}</Button> : null}
          {help?.over || asking.isError ? (
            <Button busy={asking.isPending} onClick={() => mutate()}>
              {w.helpAgain}
            </Button>
          ) : null}
          <Button look="main" onClick={onClose}>
            {w.close}
          </Button>
        </>
      }
    >
      <p role="status" className={styles.helpState}>
        {asking.isPending ? (
          w.helpCalling
        ) : asking.isError || !help ? (
          <>
            <TriangleAlert size="2.5rem" aria-hidden="true" /> {w.helpFailed}
          </>
        ) : help.over ? (
          w.helpOver
        ) : help.comes ? (
          <>
            <Footprints size="2.5rem" aria-hidden="true" /> {w.helpComes(help.comes)}
          </>
        ) : help.overdue ? (
          <>
            <TriangleAlert size="2.5rem" aria-hidden="true" /> {w.helpOverdue}
          </>
        ) : (
          <>
            <Hand size="2.5rem" aria-hidden="true" /> {w.helpCalled(partsOf(help.askedAt).time)}
          </>
        )}
      </p>
      {asking.isError ? <p>{w.help}</p> : null}
      {guide.length > 0 ? <p>{w.guideAt(guide.join(', '))}</p> : null}
    </Dialog>
  )
}

import { type KeyboardEvent, type ReactNode, useEffect } from 'react'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './administration.module.css'
import type { Command } from './command.ts'
import { CommandProblem } from './problem.tsx'

const words = catalogue({ keep: 'Giữ nguyên' }, { keep: 'Leave as it is' })

type FormSheetProps = {
  /** Prefix of the controls' ids. */
  form: string
  onClose: () => void
  title: string
  /** What will happen, in a sentence. */
  lead?: ReactNode
  submit: string
  danger?: boolean
  blocked?: string | undefined
  command: Command
  onSubmit: () => void
  children?: ReactNode
}

/**
 * A change in a sheet beside the list it changes: what happens, the fields, one button. Ctrl Enter sends. It is mounted
 * while it is open, so that each opening begins anew. (No form element: a search box in it brings its own.)
 */
export function FormSheet(props: FormSheetProps) {
  const { form, onClose, title, lead, submit, danger, blocked, command, onSubmit, children } = props
  const w = useWords(words)
  const { reset } = command
  useEffect(() => reset, [reset])
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    const plain = target instanceof HTMLInputElement && target.type === 'text' && target.role !== 'combobox'
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !plain || event.ctrlKey) return
    event.preventDefault()
    if (!blocked) onSubmit()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      look="sheet"
      actions={
        <>
          <Button onClick={onClose}>{w.keep}</Button>
          <div className={styles.submit}>
            <Button
              look={danger ? 'danger' : 'main'}
              shortcut="Ctrl+Enter"
              busy={command.busy}
              blocked={blocked}
              onClick={onSubmit}
            >
              {submit}
            </Button>
          </div>
        </>
      }
    >
      <SubmitKey label={submit} when={!blocked} run={onSubmit} />
      {lead ? <p className={styles.lead}>{lead}</p> : null}
      <CommandProblem problem={command.problem} form={form} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field does what the button does */}
      <div className={styles.fields} onKeyDown={onKeyDown}>
        {children}
      </div>
    </Dialog>
  )
}

function SubmitKey({ label, when, run }: { label: string; when: boolean; run: () => void }) {
  useShortcuts([{ keys: 'Ctrl+Enter', label, when, run }])
  return null
}

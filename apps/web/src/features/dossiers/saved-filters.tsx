import { useQueryClient } from '@tanstack/react-query'
import { Bookmark, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  listFilters,
  removeFilter,
  type SavedFilter,
  type SearchConditions,
  saveFilter,
} from '#modules/dossiers/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { invalidate } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { Button, IconButton } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from './list-page.module.css'

const words = catalogue(
  {
    mine: 'Bộ lọc đã lưu',
    save: 'Lưu bộ lọc',
    title: 'Lưu bộ lọc này',
    name: 'Tên bộ lọc',
    isDefault: 'Dùng ngay khi mở danh sách',
    typed: 'Chữ đang gõ ở ô tìm không được lưu, vì có thể là số của người dân.',
    lack: 'Đặt tên cho bộ lọc.',
    keep: 'Không lưu',
    send: 'Lưu',
    saved: (name: string) => `Đã lưu bộ lọc "${name}".`,
    remove: (name: string) => `Xóa bộ lọc ${name}`,
    removed: (name: string) => `Đã xóa bộ lọc "${name}".`,
    default: 'mặc định',
  },
  {
    mine: 'Saved filters',
    save: 'Save this filter',
    title: 'Save this filter',
    name: 'Name',
    isDefault: 'Use it when the list is opened',
    typed: 'What is typed in the search is not kept: it may be a person’s number.',
    lack: 'Give the filter a name.',
    keep: 'Do not save',
    send: 'Save',
    saved: (name: string) => `Filter “${name}” saved.`,
    remove: (name: string) => `Remove filter ${name}`,
    removed: (name: string) => `Filter “${name}” removed.`,
    default: 'default',
  },
)

type SavedFiltersProps = {
  filters: readonly SavedFilter[]
  /** What is on now, without what is typed. */
  conditions: SearchConditions
  onApply: (conditions: SearchConditions) => void
}

/** The officer's own filters as pills; one is applied with a click, the present one kept under a name. */
export function SavedFilters({ filters, conditions, onApply }: SavedFiltersProps) {
  const w = useWords(words)
  const client = useQueryClient()
  const toast = useToast()
  const [saving, setSaving] = useState(false)
  const now = JSON.stringify(conditions)
  const some = Object.keys(conditions).length > 0
  const on = filters.find((filter) => JSON.stringify(filter.conditions) === now)
  const remove = async ({ id, name }: SavedFilter): Promise<void> => {
    await call(removeFilter, { id })
    toast({ message: w.removed(name) })
    await invalidate(client, listFilters)
  }
  if (filters.length === 0 && !some) return null
  return (
    <fieldset className={desk.pills} aria-label={w.mine}>
      <Bookmark size={18} aria-hidden="true" />
      {filters.map((filter) => (
        <span key={filter.id} className={styles.saved}>
          <button
            type="button"
            className={desk.pill}
            aria-pressed={filter.id === on?.id}
            onClick={(event) => {
              onApply(filter.conditions)
              if (event.detail > 0) event.currentTarget.blur()
            }}
          >
            {filter.isDefault ? <Star size={15} role="img" aria-label={w.default} /> : null}
            {filter.name}
          </button>
          {filter.id === on?.id ? (
            <IconButton icon={Trash2} label={w.remove(filter.name)} onClick={() => void remove(filter)} />
          ) : null}
        </span>
      ))}
      {some && !on ? (
        <Button look="quiet" icon={Bookmark} onClick={() => setSaving(true)}>
          {w.save}
        </Button>
      ) : null}
      {saving ? (
        <SaveDialog
          conditions={conditions}
          onClose={() => setSaving(false)}
          onSaved={async ({ name }) => {
            setSaving(false)
            toast({ message: w.saved(name) })
            await invalidate(client, listFilters)
          }}
        />
      ) : null}
    </fieldset>
  )
}

type SaveDialogProps = {
  conditions: SearchConditions
  onClose: () => void
  onSaved: (saved: SavedFilter) => Promise<void>
}

function SaveDialog({ conditions, onClose, onSaved }: SaveDialogProps) {
  const w = useWords(words)
  return (
    <Dialog open onClose={onClose} title={w.title}>
      <SaveForm conditions={conditions} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  )
}

function SaveForm({ conditions, onClose, onSaved }: SaveDialogProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [name, setName] = useState('')
  const [isDefault, setDefault] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [id] = useState(() => crypto.randomUUID())
  const save = async (): Promise<void> => {
    if (name.trim() === '') {
      setProblem(w.lack)
      return
    }
    try {
      await onSaved(
        await call(saveFilter, { id, list: 'dossiers', name: name.trim(), conditions, isDefault }),
      )
    } catch (error) {
      setProblem(messageOf(error, language))
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.send, run: () => void save() }])
  return (
    <div className={desk.form}>
      {problem ? <ErrorSummary problems={[{ message: problem, field: 'filter-name' }]} /> : null}
      <TextField id="filter-name" label={w.name} value={name} onChange={setName} />
      <label className={styles.check}>
        <input type="checkbox" checked={isDefault} onChange={(event) => setDefault(event.target.checked)} />
        {w.isDefault}
      </label>
      <p className={desk.small}>{w.typed}</p>
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" onClick={() => void save()}>
          {w.send}
        </Button>
      </div>
    </div>
  )
}

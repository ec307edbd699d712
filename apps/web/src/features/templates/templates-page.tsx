import { useQueryClient } from '@tanstack/react-query'
import { MessageSquareText, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import {
  listTemplates,
  type OpinionTemplate,
  removeTemplate,
  saveTemplate,
} from '#modules/dossiers/contract.ts'
import { PLACEHOLDERS } from '#modules/dossiers/rules.ts'
import { call } from '../../api/call.ts'
import { messageOf, ProblemError } from '../../api/problem.ts'
import { invalidate, useOperation } from '../../api/queries.ts'
import desk from '../../surfaces/desk/desk.module.css'
import { DeskScreen } from '../../surfaces/desk/desk-screen.tsx'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { ErrorSummary, type FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { useToast } from '../../ui/feedback/toast.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field/field.tsx'
import { useShortcuts } from '../../ui/keyboard/keyboard.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { ListWithPreview, TwoLines, WorkList } from '../../ui/list/work-list.tsx'
import { Chip } from '../../ui/status/chip.tsx'
import styles from './templates.module.css'

const words = catalogue(
  {
    title: 'Mẫu ý kiến',
    hint: 'Trong ô ý kiến: gõ / và từ khóa rồi dấu cách.',
    create: 'Lập mẫu',
    edit: 'Sửa mẫu',
    key: 'Từ khóa',
    keyHint: 'Chữ thường không dấu, số, dấu gạch; ví dụ du-dk.',
    name: 'Tên mẫu',
    body: 'Nội dung',
    whose: 'Dùng cho',
    own: 'Riêng tôi',
    places: 'Chèn chỗ điền',
    save: 'Lưu mẫu',
    saved: (key: string) => `Đã lưu mẫu /${key}.`,
    remove: 'Xóa mẫu',
    removed: (key: string) => `Đã xóa mẫu /${key}.`,
    keep: 'Không lưu',
    by: (who: string) => `Lưu bởi ${who}`,
    shared: 'Mẫu chung của đơn vị; lãnh đạo đơn vị sửa được.',
    empty: 'Chưa có mẫu ý kiến nào.',
    emptyHint: 'Lập mẫu cho những câu hay viết, ví dụ "đủ điều kiện", rồi chèn bằng từ khóa.',
    upDown: 'lên, xuống',
    open: 'sửa',
    newKey: 'lập mẫu',
  },
  {
    title: 'Opinion templates',
    hint: 'In an opinion: type / and the key, then a space.',
    create: 'New template',
    edit: 'Edit the template',
    key: 'Key',
    keyHint: 'Small letters without marks, digits and dashes, e.g. du-dk.',
    name: 'Name',
    body: 'Text',
    whose: 'For',
    own: 'Me alone',
    places: 'Insert a place',
    save: 'Save',
    saved: (key: string) => `Template /${key} saved.`,
    remove: 'Remove',
    removed: (key: string) => `Template /${key} removed.`,
    keep: 'Do not save',
    by: (who: string) => `Saved by ${who}`,
    shared: 'Shared by the unit; its leaders may change it.',
    empty: 'There is no template yet.',
    emptyHint: 'Make one for words written often and insert it by its key.',
    upDown: 'up, down',
    open: 'edit',
    newKey: 'new template',
  },
)

const NEW = (): OpinionTemplate => ({
  ...{ id: crypto.randomUUID(), key: '', title: '', body: '', unit: null, savedBy: '', mayEdit: true },
})

/** `/desk/mau-y-kien`: the officer's own templates and those that the units share. */
export function TemplatesPage() {
  const w = useWords(words)
  const { language } = useLanguage()
  const client = useQueryClient()
  const toast = useToast()
  const templates = useOperation(listTemplates, {})
  const [active, setActive] = useState<string>()
  const [editing, setEditing] = useState<OpinionTemplate>()
  const items = templates.data?.items ?? []
  const current = items.find(({ id }) => id === active) ?? items[0]
  const remove = async (template: OpinionTemplate): Promise<void> => {
    await call(removeTemplate, { id: template.id })
    toast({ message: w.removed(template.key) })
    await invalidate(client, listTemplates)
  }
  useShortcuts([{ keys: 'n', label: w.create, run: () => setEditing(NEW()) }])
  return (
    <DeskScreen
      title={w.title}
      header={
        <div className={desk.head}>
          <h1 className={desk.title}>{w.title}</h1>
          <span className={desk.aside}>{w.hint}</span>
          <Button look="main" icon={Plus} shortcut="N" onClick={() => setEditing(NEW())}>
            {w.create}
          </Button>
        </div>
      }
      keys={[
        { keys: ['J', 'K'], label: w.upDown },
        { keys: ['Enter'], label: w.open },
        { keys: ['N'], label: w.newKey },
      ]}
    >
      {templates.error && !templates.data ? (
        <ErrorSummary problems={[{ message: messageOf(templates.error, language) }]} />
      ) : !templates.data ? (
        <Loading>
          <SkeletonRows rows={6} />
        </Loading>
      ) : (
        <ListWithPreview
          list={
            <WorkList<OpinionTemplate>
              label={w.title}
              groups={[{ id: 'all', label: '', items }]}
              keyOf={({ id }) => id}
              nameOf={({ key, title }) => `${key} ${title}`}
              active={current?.id}
              onActive={setActive}
              onOpen={(template) => template.mayEdit && setEditing(template)}
              empty={
                <EmptyState icon={MessageSquareText} title={w.empty}>
                  {w.emptyHint}
                </EmptyState>
              }
              columns={[
                {
                  id: 'key',
                  head: w.key,
                  width: '160px',
                  cell: ({ key }) => <strong className="n">/{key}</strong>,
                },
                {
                  id: 'what',
                  head: w.name,
                  width: 'minmax(0, 1fr)',
                  cell: ({ title, body }) => <TwoLines title={title} detail={body} />,
                },
                {
                  id: 'whose',
                  head: w.whose,
                  width: 'minmax(0, 220px)',
                  cell: ({ unit }) => (unit ? <Chip tone="cham">{unit.name}</Chip> : w.own),
                },
              ]}
            />
          }
          preview={
            current ? (
              <div className={desk.stack}>
                <h2>{current.title}</h2>
                <p className={desk.quote}>{current.body}</p>
                <p className={desk.small}>{w.by(current.savedBy)}</p>
                {current.mayEdit ? (
                  <div className={desk.buttons}>
                    <Button icon={Trash2} onClick={() => void remove(current)}>
                      {w.remove}
                    </Button>
                    <Button look="main" shortcut="Enter" onClick={() => setEditing(current)}>
                      {w.edit}
                    </Button>
                  </div>
                ) : (
                  <p className={desk.muted}>{w.shared}</p>
                )}
              </div>
            ) : null
          }
        />
      )}
      {editing ? (
        <Dialog
          open
          onClose={() => setEditing(undefined)}
          look="sheet"
          title={editing.key ? w.edit : w.create}
        >
          <TemplateForm
            template={editing}
            units={templates.data?.shareable ?? []}
            onClose={() => setEditing(undefined)}
            onSaved={async ({ key, id }) => {
              setEditing(undefined)
              setActive(id)
              toast({ message: w.saved(key) })
              await invalidate(client, listTemplates)
            }}
          />
        </Dialog>
      ) : null}
    </DeskScreen>
  )
}

type TemplateFormProps = {
  template: OpinionTemplate
  units: readonly { id: string; name: string }[]
  onClose: () => void
  onSaved: (saved: OpinionTemplate) => Promise<void>
}

function TemplateForm({ template, units, onClose, onSaved }: TemplateFormProps) {
  const w = useWords(words)
  const { language } = useLanguage()
  const [values, setValues] = useState(template)
  const [unit, setUnit] = useState(template.unit?.id ?? '')
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [busy, setBusy] = useState(false)
  const change = (next: Partial<OpinionTemplate>): void => setValues({ ...values, ...next })
  const save = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setProblems([])
    const { id, key, title, body } = values
    try {
      await onSaved(await call(saveTemplate, { id, key, title, body, ...(unit ? { unit } : {}) }))
    } catch (error) {
      const fields = error instanceof ProblemError ? error.fields : []
      setProblems(
        fields.length > 0
          ? fields.map((field) => ({ field: `template-${field.path}`, message: field[language] }))
          : [{ message: messageOf(error, language) }],
      )
    } finally {
      setBusy(false)
    }
  }
  useShortcuts([{ keys: 'Ctrl+Enter', label: w.save, run: () => void save() }])
  return (
    <div className={desk.form}>
      {problems.length > 0 ? <ErrorSummary problems={problems} /> : null}
      <TextField
        id="template-key"
        label={w.key}
        hint={w.keyHint}
        value={values.key}
        onChange={(key) => change({ key })}
      />
      <TextField
        id="template-title"
        label={w.name}
        value={values.title}
        onChange={(title) => change({ title })}
      />
      <TextArea
        id="template-body"
        label={w.body}
        rows={6}
        value={values.body}
        onChange={(body) => change({ body })}
      />
      <fieldset className={styles.placeholders} aria-label={w.places}>
        {Object.entries(PLACEHOLDERS).map(([name, say]) => (
          <button key={name} type="button" onClick={() => change({ body: `${values.body}{${name}}` })}>
            {say[language]}
          </button>
        ))}
      </fieldset>
      {units.length > 0 ? (
        <SelectField
          label={w.whose}
          value={unit}
          placeholder={w.own}
          onChange={setUnit}
          options={units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <div className={desk.buttons}>
        <Button onClick={onClose}>{w.keep}</Button>
        <Button look="main" shortcut="Ctrl+Enter" busy={busy} onClick={() => void save()}>
          {w.save}
        </Button>
      </div>
    </div>
  )
}

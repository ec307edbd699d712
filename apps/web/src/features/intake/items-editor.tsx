import { Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../../ui/button/button.tsx'
import type { FieldProblem } from '../../ui/feedback/error-summary.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './intake.module.css'

export const itemWords = catalogue(
  {
    what: 'Giấy tờ, nội dung cần bổ sung',
    reason: 'Lý do',
    add: 'Thêm mục',
    remove: (n: number) => `Bỏ mục ${n}`,
    needWhat: (n: number) => `Mục ${n}: ghi giấy tờ cần bổ sung.`,
    needReason: (n: number) => `Mục ${n}: ghi lý do, ít nhất 3 chữ.`,
    none: 'Nêu ít nhất một giấy tờ cần bổ sung.',
  },
  {
    what: 'Paper or content to add',
    reason: 'Reason',
    add: 'Add an item',
    remove: (n: number) => `Remove item ${n}`,
    needWhat: (n: number) => `Item ${n}: say what is needed.`,
    needReason: (n: number) => `Item ${n}: give the reason, at least 3 letters.`,
    none: 'Name at least one paper.',
  },
)
type ItemWords = (typeof itemWords)['vi']

export type MissingItem = { component?: string | undefined; what: string; reason: string }

/** What stands against sending, each naming its control. Pure. */
export const itemProblems = (items: readonly MissingItem[], w: ItemWords): FieldProblem[] =>
  items.length === 0
    ? [{ message: w.none }]
    : items.flatMap((item, index) => [
        ...(item.what.trim().length < 3 ? [{ field: `what-${index}`, message: w.needWhat(index + 1) }] : []),
        ...(item.reason.trim().length < 3
          ? [{ field: `reason-${index}`, message: w.needReason(index + 1) }]
          : []),
      ])

export const tidyItems = (items: readonly MissingItem[]): MissingItem[] =>
  items.map(({ component, what, reason }) => ({
    ...(component ? { component } : {}),
    what: what.trim(),
    reason: reason.trim(),
  }))

type ItemsEditorProps = { items: readonly MissingItem[]; onChange: (items: MissingItem[]) => void }

/** Papers asked for, each with its reason; the list goes out once and complete. */
export function ItemsEditor({ items, onChange }: ItemsEditorProps) {
  const w = useWords(itemWords)
  const list = useRef<HTMLDivElement>(null)
  const change = (at: number, next: Partial<MissingItem>): void =>
    onChange(items.map((item, index) => (index === at ? { ...item, ...next } : item)))
  return (
    <div ref={list}>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no identity but their place
        <div key={index} className={styles.item}>
          <TextField
            id={`what-${index}`}
            label={`${index + 1}. ${w.what}`}
            value={item.what}
            onChange={(what) => change(index, { what })}
          />
          <TextField
            id={`reason-${index}`}
            label={w.reason}
            value={item.reason}
            onChange={(reason) => change(index, { reason })}
          />
          {items.length > 1 ? (
            <Button
              look="quiet"
              icon={Trash2}
              onClick={() => onChange(items.filter((_, other) => other !== index))}
            >
              {w.remove(index + 1)}
            </Button>
          ) : null}
        </div>
      ))}
      <Button icon={Plus} onClick={() => onChange([...items, { what: '', reason: '' }])}>
        {w.add}
      </Button>
    </div>
  )
}

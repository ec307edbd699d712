import { ImagePlus, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useId, useRef, useState } from 'react'
import type { HallSettings } from '#modules/queue/contract.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextArea, TextField } from '../../ui/field/field.tsx'
import { useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { controlId } from '../administration/problem.tsx'
import parts from './hall.module.css'
import { smallPicture } from './picture.ts'
import { SettingsSheet, type SettingsSheetProps } from './settings-sheets.tsx'
import { settingsWords } from './settings-words.ts'
import { useHallChange } from './use-hall-change.ts'

/** A short list that grows and shrinks in a sheet; each item keeps its place on the screen while others go. */
function useItems<T extends object>(first: readonly T[]) {
  const next = useRef(first.length)
  const [items, setItems] = useState(() => first.map((item, key) => ({ ...item, key })))
  return {
    items,
    add: (item: T): void => {
      next.current += 1
      const key = next.current
      setItems((all) => [...all, { ...item, key }])
    },
    put: (key: number, part: Partial<T>): void =>
      setItems((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one))),
    remove: (key: number): void => setItems((all) => all.filter((one) => one.key !== key)),
  }
}

type ItemProps = { title: string; remove: string; onRemove: () => void; children: ReactNode }

function Item({ title, remove, onRemove, children }: ItemProps) {
  return (
    <fieldset className={styles.stack}>
      <legend className={styles.strong}>{title}</legend>
      {children}
      <div>
        <Button look="quiet" icon={Trash2} onClick={onRemove}>
          {remove}
        </Button>
      </div>
    </fieldset>
  )
}

export function NoticesSheet({ hall, onClose }: SettingsSheetProps) {
  const w = useWords(settingsWords)
  const change = useHallChange(hall, onClose)
  const { items, add, put, remove } = useItems(hall.notices)
  const notices = items.map(({ vi, en }) => ({ vi: vi.trim(), en: en.trim() }))
  return (
    <SettingsSheet
      form="notices"
      title={w.notices}
      lead={w.noticesLead}
      change={change}
      blocked={notices.some(({ vi }) => vi.length < 3) ? w.needNotice : undefined}
      onClose={onClose}
      onSubmit={() => change.save({ notices })}
    >
      {items.length === 0 ? <p className={styles.muted}>{w.noNotices}</p> : null}
      {items.map(({ key, vi, en }, index) => (
        <Item
          key={key}
          title={w.notice(index + 1)}
          remove={w.removeNotice(index + 1)}
          onRemove={() => remove(key)}
        >
          <TextArea
            id={controlId('notices', `notices.${index}.vi`)}
            label={w.noticeVi}
            maxLength={240}
            rows={2}
            value={vi}
            onChange={(text) => put(key, { vi: text })}
          />
          <TextArea
            id={controlId('notices', `notices.${index}.en`)}
            label={w.noticeEn}
            optional
            maxLength={240}
            rows={2}
            value={en}
            onChange={(text) => put(key, { en: text })}
          />
        </Item>
      ))}
      {items.length < 12 ? (
        <div>
          <Button icon={Plus} onClick={() => add({ vi: '', en: '' })}>
            {w.addNotice}
          </Button>
        </div>
      ) : null}
    </SettingsSheet>
  )
}

export function SlidesSheet({ hall, onClose }: SettingsSheetProps) {
  const w = useWords(settingsWords)
  const change = useHallChange(hall, onClose)
  const { items, add, put, remove } = useItems(hall.slides)
  const slides = items.map(({ title, text, picture }) => ({
    title: title.trim(),
    text: text.trim(),
    picture,
  }))
  return (
    <SettingsSheet
      form="slides"
      title={w.slides}
      lead={w.slidesLead}
      change={change}
      blocked={slides.some(({ title }) => title.length < 2) ? w.needSlide : undefined}
      onClose={onClose}
      onSubmit={() => change.save({ slides })}
    >
      {items.length === 0 ? <p className={styles.muted}>{w.noSlides}</p> : null}
      {items.map(({ key, title, text, picture }, index) => (
        <Item
          key={key}
          title={w.slide(index + 1)}
          remove={w.removeSlide(index + 1)}
          onRemove={() => remove(key)}
        >
          <TextField
            id={controlId('slides', `slides.${index}.title`)}
            label={w.slideTitle}
            maxLength={120}
            value={title}
            onChange={(typed) => put(key, { title: typed })}
          />
          <TextArea
            id={controlId('slides', `slides.${index}.text`)}
            label={w.slideText}
            optional
            maxLength={400}
            rows={3}
            value={text}
            onChange={(typed) => put(key, { text: typed })}
          />
          <Picture picture={picture} onChange={(chosen) => put(key, { picture: chosen })} />
        </Item>
      ))}
      {items.length < 8 ? (
        <div>
          <Button icon={Plus} onClick={() => add({ title: '', text: '', picture: null })}>
            {w.addSlide}
          </Button>
        </div>
      ) : null}
    </SettingsSheet>
  )
}

type PictureProps = {
  picture: HallSettings['slides'][number]['picture']
  onChange: (picture: string | null) => void
}

function Picture({ picture, onChange }: PictureProps) {
  const w = useWords(settingsWords)
  const id = useId()
  const [failed, setFailed] = useState(false)
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const small = await smallPicture(file)
    setFailed(small === undefined)
    if (small !== undefined) onChange(small)
  }
  return (
    <div className={styles.stack}>
      {picture ? <img className={parts.poster} src={picture} alt={w.picture} /> : null}
      <div className={styles.row}>
        <label htmlFor={id} className={parts.file}>
          <ImagePlus size={18} aria-hidden="true" /> {w.choosePicture}
        </label>
        <input
          id={id}
          className="visually-hidden"
          type="file"
          accept="image/png,image/jpeg,image/webp"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        {picture ? (
          <Button look="quiet" icon={Trash2} onClick={() => onChange(null)}>
            {w.removePicture}
          </Button>
        ) : null}
      </div>
      {failed ? <p role="alert">{w.pictureFailed}</p> : null}
    </div>
  )
}

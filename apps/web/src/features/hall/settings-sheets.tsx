import { RotateCw, Volume2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { HallSettings } from '#modules/queue/contract.ts'
import { CALLING_BOUNDS, type CallingRule } from '#modules/queue/rules.ts'
import { Button } from '../../ui/button/button.tsx'
import { TextField } from '../../ui/field/field.tsx'
import { SegmentedChoice } from '../../ui/field/segmented-choice.tsx'
import { useLanguage, useWords } from '../../ui/language/language.tsx'
import styles from '../administration/administration.module.css'
import { FormSheet } from '../administration/form-sheet.tsx'
import { controlId, fieldError } from '../administration/problem.tsx'
import { minuteFrom, timeOfMinute } from './appointment-words.ts'
import { settingsWords } from './settings-words.ts'
import { announcementOf } from './spoken-call.ts'
import type { Hall, HallChange } from './use-hall-change.ts'
import { useHallChange } from './use-hall-change.ts'
import { createVoice, type Voice } from './voice.ts'

export type SettingsSheetProps = { hall: Hall; onClose: () => void }

type FrameProps = {
  form: string
  title: string
  lead: string
  change: HallChange
  blocked: string | undefined
  onClose: () => void
  onSubmit: () => void
  children: ReactNode
}

/** A part of the settings in a sheet; after somebody else was first, what was typed stays and the newest version is fetched. */
export function SettingsSheet({ change, lead, children, ...rest }: FrameProps) {
  const w = useWords(settingsWords)
  return (
    <FormSheet {...rest} lead={`${lead} ${w.lead}`} submit={w.save} command={change.command}>
      {change.changedMeanwhile ? (
        <div>
          <Button icon={RotateCw} onClick={() => void change.reload()}>
            {w.reload}
          </Button>
        </div>
      ) : null}
      {change.reloaded ? (
        <p role="status" className={styles.note}>
          {w.reloaded}
        </p>
      ) : null}
      {children}
    </FormSheet>
  )
}

const number = (text: string): number | undefined =>
  /^\d{1,3}$/.test(text.trim()) ? Number(text.trim()) : undefined

type RuleSheetProps = SettingsSheetProps & {
  title: string
  lead: string
  keys: readonly (keyof CallingRule)[]
}

/** Figures of the written rule, each with what it does and between which bounds it may be. */
export function RuleSheet({ hall, onClose, title, lead, keys }: RuleSheetProps) {
  const w = useWords(settingsWords)
  const { language } = useLanguage()
  const change = useHallChange(hall, onClose)
  const { newest } = change
  const [typed, setTyped] = useState<Partial<Record<keyof CallingRule, string>>>({})
  const textOf = (key: keyof CallingRule): string => typed[key] ?? String(newest.calling[key])
  const wrong = (key: keyof CallingRule): string | undefined => {
    const [least, most] = CALLING_BOUNDS[key]
    const value = number(textOf(key))
    return value === undefined || value < least || value > most ? w.between(least, most) : undefined
  }
  const hintOf = (key: keyof CallingRule): string =>
    change.reloaded && textOf(key) !== String(newest.calling[key])
      ? `${w.hints[key]} ${w.theirs(w.values[key](newest.calling[key]))}`
      : w.hints[key]
  const save = (): void => {
    const calling = { ...newest.calling }
    for (const key of keys) calling[key] = number(textOf(key)) ?? calling[key]
    change.save({ calling })
  }
  return (
    <SettingsSheet
      form="calling"
      title={title}
      lead={lead}
      change={change}
      blocked={keys.some(wrong) ? w.fix : undefined}
      onClose={onClose}
      onSubmit={save}
    >
      {keys.map((key) => (
        <TextField
          key={key}
          id={controlId('calling', `calling.${key}`)}
          label={w.fields[key]}
          hint={hintOf(key)}
          inputMode="numeric"
          maxLength={3}
          value={textOf(key)}
          error={wrong(key) ?? fieldError(change.command.problem, `calling.${key}`, language)}
          onChange={(text) => setTyped((before) => ({ ...before, [key]: text }))}
        />
      ))}
    </SettingsSheet>
  )
}

/** How the hall is heard: region, loudness, when it is quiet; and whether what it shows moves. */
export function VoiceSheet({ hall, onClose }: SettingsSheetProps) {
  const w = useWords(settingsWords)
  const change = useHallChange(hall, onClose)
  const [draft, setDraft] = useState(() => ({
    ...{ region: hall.region, volume: String(hall.volume), motion: hall.motion },
    from: hall.quiet ? timeOfMinute(hall.quiet.from) : '',
    to: hall.quiet ? timeOfMinute(hall.quiet.to) : '',
  }))
  const set = (part: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...part }))
  const volume = number(draft.volume)
  const loud = volume !== undefined && volume <= 100
  const times = [draft.from, draft.to].filter((text) => text.trim() !== '')
  const [from, to] = [minuteOfDay(draft.from), minuteOfDay(draft.to)]
  const badTime = (text: string, minute: number | undefined): string | undefined =>
    text.trim() !== '' && minute === undefined ? w.badTime : undefined
  const blocked = !loud
    ? w.fix
    : times.length === 1
      ? w.bothTimes
      : times.length === 2 && (from === undefined || to === undefined)
        ? w.badTime
        : undefined
  return (
    <SettingsSheet
      form="voice"
      title={w.voice}
      lead={w.voiceLead}
      change={change}
      blocked={blocked}
      onClose={onClose}
      onSubmit={() =>
        change.save({
          ...{ region: draft.region, volume: volume ?? 80, motion: draft.motion },
          quiet: from === undefined || to === undefined ? null : { from, to },
        })
      }
    >
      <SegmentedChoice
        label={w.region}
        value={draft.region}
        options={(['north', 'south'] as const).map((value) => ({ value, label: w.regions[value] }))}
        onChange={(region) => set({ region })}
      />
      <TextField
        id={controlId('voice', 'volume')}
        label={w.volume}
        inputMode="numeric"
        maxLength={3}
        value={draft.volume}
        error={loud ? undefined : w.between(0, 100)}
        onChange={(text) => set({ volume: text.replace(/\D/g, '') })}
      />
      <Listen region={draft.region} volume={loud ? (volume ?? 80) : 80} />
      <fieldset>
        <legend className={styles.label}>{w.quiet}</legend>
        <p className={styles.muted}>{w.quietHint}</p>
        <div className={styles.pair}>
          <TextField
            id={controlId('voice', 'quiet.from')}
            label={w.from}
            hint={w.timeHint}
            optional
            maxLength={5}
            value={draft.from}
            error={badTime(draft.from, from)}
            onChange={(text) => set({ from: text })}
          />
          <TextField
            id={controlId('voice', 'quiet.to')}
            label={w.to}
            hint={w.timeHint}
            optional
            maxLength={5}
            value={draft.to}
            error={badTime(draft.to, to)}
            onChange={(text) => set({ to: text })}
          />
        </div>
      </fieldset>
      <SegmentedChoice
        label={w.motion}
        value={draft.motion ? 'on' : 'off'}
        options={(['on', 'off'] as const).map((value) => ({ value, label: w[value] }))}
        onChange={(value) => set({ motion: value === 'on' })}
      />
    </SettingsSheet>
  )
}

/** Midnight at the end of a day is the one at the beginning of the next. */
const minuteOfDay = (text: string): number | undefined => {
  const minute = minuteFrom(text)
  return minute === undefined ? undefined : minute % 1_440
}

/** Says a call as the hall would hear it, from the same clips. */
function Listen({ region, volume }: { region: HallSettings['region']; volume: number }) {
  const w = useWords(settingsWords)
  const [speaking, setSpeaking] = useState(false)
  const voice = useRef<Voice | undefined>(undefined)
  useEffect(() => () => voice.current?.close(), [])
  const listen = async (): Promise<void> => {
    voice.current?.close()
    const made = createVoice(`vi-${region}`)
    voice.current = made
    setSpeaking(true)
    try {
      await made.unlock()
      await made.say(announcementOf('A105', 4, region), { chime: true, volume })
    } finally {
      setSpeaking(false)
    }
  }
  return (
    <div>
      <Button icon={Volume2} busy={speaking} onClick={() => void listen()}>
        {speaking ? w.listening : w.listen}
      </Button>
    </div>
  )
}

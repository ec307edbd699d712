import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { createScanBuffer } from './scan-buffer.ts'
import { isSingleCharacter, isTyping, nameOfPress, normaliseKeys } from './shortcut-keys.ts'

export type Shortcut = {
  /** `j`, `Shift+x`, `Ctrl+Enter`, `F2`, `/`, `?`. */
  keys: string
  /** Verb and object, for the list of keys. */
  label: string
  run: () => void
  /** False leaves it out, also of the list. */
  when?: boolean
}

export type KeyPreferences = {
  /** False switches every single-character shortcut off (WCAG 2.1.4). */
  singleKeys: boolean
  /** Keys as designed → keys as this person wants them. */
  remapped: Readonly<Record<string, string>>
}

type Registration = { layer: number; shortcuts: readonly Shortcut[] }
type ScanListener = (text: string) => void

type Keyboard = {
  register: (registration: Registration) => () => void
  listenToScanner: (listener: ScanListener) => () => void
  openLayer: (layer: number) => () => void
  /** What can be pressed now, innermost first. */
  current: () => readonly Shortcut[]
  preferences: KeyPreferences
  setPreferences: (preferences: KeyPreferences) => void
}

const KEPT = 'mot-cua.keys'
const DEFAULTS: KeyPreferences = { singleKeys: true, remapped: {} }
/** Long enough to see that a scanner is typing, short enough to answer a key within 50 ms. */
const SCAN_GRACE_MS = 38

function keptPreferences(): KeyPreferences {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(KEPT) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return DEFAULTS
    const remapped =
      'remapped' in kept && typeof kept.remapped === 'object' && kept.remapped !== null ? kept.remapped : {}
    return {
      singleKeys: !('singleKeys' in kept) || kept.singleKeys !== false,
      remapped: Object.fromEntries(Object.entries(remapped).filter(([, to]) => typeof to === 'string')),
    }
  } catch {
    return DEFAULTS
  }
}

const KeyboardContext = createContext<Keyboard | undefined>(undefined)
const LayerContext = createContext(0)

type Field = HTMLInputElement | HTMLTextAreaElement
const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement

/** Gives a field back the text it had before the scanner typed into it, the way React notices. */
function restoreField(field: Field, value: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export function KeyboardProvider({ children }: { children: ReactNode }) {
  const registrations = useRef<Registration[]>([])
  const scanners = useRef<ScanListener[]>([])
  const layers = useRef<number[]>([])
  const [preferences, keep] = useState<KeyPreferences>(keptPreferences)
  const latest = useRef(preferences)
  latest.current = preferences

  const keysOf = useCallback((shortcut: Shortcut): string => {
    const designed = normaliseKeys(shortcut.keys)
    return latest.current.remapped[designed] ?? designed
  }, [])

  const current = useCallback((): readonly Shortcut[] => {
    const top = Math.max(0, ...layers.current)
    return registrations.current
      .filter((r) => r.layer === top)
      .toReversed()
      .flatMap((r) => r.shortcuts)
      .filter((s) => s.when !== false)
  }, [])

  useEffect(() => {
    const buffer = createScanBuffer()
    let before: { field: Field; value: string } | undefined
    let waiting: number | undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.key === 'Process' || event.key === 'Dead') return
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey
      if (plain && scanners.current.length > 0) {
        const step = buffer.push(event.key, event.timeStamp)
        if (step.kind === 'started')
          before = isField(event.target) ? { field: event.target, value: event.target.value } : undefined
        if (step.kind === 'continued' || step.kind === 'scanned') window.clearTimeout(waiting)
        if (step.kind === 'scanned') {
          event.preventDefault()
          event.stopPropagation()
          if (before) restoreField(before.field, before.value)
          before = undefined
          scanners.current.at(-1)?.(step.text)
          return
        }
      }
      if (event.defaultPrevented) return
      const pressed = nameOfPress(event)
      const single = isSingleCharacter(pressed)
      if (single && (isTyping(event.target) || !latest.current.singleKeys)) return
      // Enter and space belong to the focused control first.
      if (
        (pressed === 'Enter' || pressed === 'Space') &&
        event.target instanceof HTMLElement &&
        event.target.closest(
          'a,button,input,select,textarea,summary,[role=checkbox],[role=option],[role=tab],[role=radio]',
        )
      )
        return
      const shortcut = current().find((s) => keysOf(s) === pressed)
      if (!shortcut) return
      event.preventDefault()
      if (single && scanners.current.length > 0) waiting = window.setTimeout(shortcut.run, SCAN_GRACE_MS)
      else shortcut.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.clearTimeout(waiting)
    }
  }, [current, keysOf])

  const keyboard = useMemo<Keyboard>(() => {
    const adder =
      <T,>(list: { current: T[] }) =>
      (item: T) => {
        list.current = [...list.current, item]
        return () => {
          list.current = list.current.filter((other) => other !== item)
        }
      }
    return {
      register: adder(registrations),
      listenToScanner: adder(scanners),
      openLayer: (layer) => {
        layers.current.push(layer)
        return () => {
          layers.current.splice(layers.current.indexOf(layer), 1)
        }
      },
      current,
      preferences,
      setPreferences: (next) => {
        keep(next)
        try {
          window.localStorage.setItem(KEPT, JSON.stringify(next))
        } catch {
          // Kept for this page only.
        }
      },
    }
  }, [current, preferences])

  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext)
  if (!keyboard) throw new Error('KeyboardProvider is missing above this component')
  return keyboard
}

/** Registers keys while the component is mounted. Later ones win; an open dialog hides those beneath it. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const { register } = useKeyboard()
  const layer = useContext(LayerContext)
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(
    () =>
      register({
        layer,
        get shortcuts() {
          return latest.current
        },
      }),
    [register, layer],
  )
}

/** Hears a scanner wherever the focus is; the last mounted listener gets the text. */
export function useScanner(onScan: ScanListener): void {
  const { listenToScanner } = useKeyboard()
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => listenToScanner((text) => latest.current(text)), [listenToScanner])
}

/** Content of a modal dialog: its shortcuts replace those beneath. */
export function KeyboardLayer({ children }: { children: ReactNode }) {
  const layer = useContext(LayerContext) + 1
  const { openLayer } = useKeyboard()
  useEffect(() => openLayer(layer), [openLayer, layer])
  return <LayerContext value={layer}>{children}</LayerContext>
}

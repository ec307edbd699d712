import { useEffect, useRef, useState } from 'react'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './process-drawing.module.css'

const words = catalogue(
  {
    label: 'Sơ đồ BPMN; bảng các bước bên dưới nói cùng nội dung',
    here: (n: number) => `${n} hồ sơ đang ở đây`,
    broken: 'Tệp này không có hình vẽ. Các bước ở bảng bên dưới.',
  },
  {
    label: 'BPMN drawing; the table of steps below says the same',
    here: (n: number) => `${n} dossiers stand here`,
    broken: 'The file holds no drawing. The steps are in the table below.',
  },
)

type Overlays = { add: (element: string, overlay: { position: object; html: HTMLElement }) => string }
type Canvas = { zoom: (level: 'fit-viewport' | number, center?: 'auto') => number; viewbox: () => Box }
type Box = { inner: { width: number; height: number } }
type Registry = { get: (id: string) => unknown }

export type Position = { node: string; count: number }

const badge = (count: number, title: string): HTMLElement => {
  const element = document.createElement('span')
  element.className = styles.badge ?? ''
  element.textContent = String(count)
  element.title = title
  return element
}

/** The drawing as it was imported, with where running dossiers stand; loaded only where a drawing is looked at. */
export function BpmnDrawing({ xml, positions }: { xml: string; positions: readonly Position[] }) {
  const w = useWords(words)
  const frame = useRef<HTMLElement>(null)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const container = frame.current
    if (!container) return
    let ended = false
    let destroy: () => void = () => undefined
    const draw = async (): Promise<void> => {
      const { default: Viewer } = await import('bpmn-js/lib/NavigatedViewer')
      if (ended) return
      const viewer = new Viewer({ container })
      destroy = () => viewer.destroy()
      await viewer.importXML(xml)
      // The viewer's own services, by the names that its documentation gives them.
      const canvas = viewer.get('canvas') as Canvas
      const overlays = viewer.get('overlays') as Overlays
      const registry = viewer.get('elementRegistry') as Registry
      const { inner } = canvas.viewbox()
      container.style.height = `${Math.min(640, Math.max(220, (inner.height * container.clientWidth) / inner.width + 60))}px`
      canvas.zoom('fit-viewport', 'auto')
      for (const { node, count } of positions)
        if (registry.get(node))
          overlays.add(node, { position: { top: -12, right: 14 }, html: badge(count, w.here(count)) })
    }
    draw().catch(() => setBroken(true))
    return () => {
      ended = true
      destroy()
    }
  }, [xml, positions, w])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is moved by keys must be reachable by keyboard
    <section ref={frame} className={styles.canvas} aria-label={w.label} tabIndex={0}>
      {broken ? <p>{w.broken}</p> : null}
    </section>
  )
}

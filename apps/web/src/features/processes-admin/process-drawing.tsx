import type { ProcessVersionDetail } from '#modules/workflow/contract.ts'
import { catalogue, useWords } from '../../ui/language/language.tsx'
import styles from './process-drawing.module.css'
import { processWords } from './process-words.ts'

const words = catalogue(
  {
    label: (n: number) => `Sơ đồ ${n} bước theo nơi thực hiện; bảng bên dưới nói cùng nội dung`,
    start: 'Bắt đầu',
    end: 'Kết thúc',
    back: 'trả về',
    here: (n: number) => `${n} hồ sơ đang ở đây`,
  },
  {
    label: (n: number) => `Drawing of ${n} steps by place; the table below says the same`,
    start: 'Start',
    end: 'End',
    back: 'back to',
    here: (n: number) => `${n} dossiers stand here`,
  },
)

type ProcessStep = ProcessVersionDetail['steps'][number]

const WIDTH = 148
const HEIGHT = 58
const GAP = 44
const LANE = 104
const LEFT = 176
const TOP = 14

/** Breaks a name into at most two lines of a box; the title keeps the whole. */
const linesOf = (name: string): string[] => {
  const lines: string[] = ['']
  for (const word of name.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last === '' || last.length + word.length < 19) lines[lines.length - 1] = `${last} ${word}`.trim()
    else lines.push(word)
  }
  const [first = '', second, ...rest] = lines
  if (second === undefined) return [first]
  return [first, rest.length > 0 ? `${second.slice(0, 17)}…` : second]
}

/** How many dossiers stand at a step now. */
function Standing({ at, x, y }: { at: { count: number } | undefined; x: number; y: number }) {
  const w = useWords(words)
  if (!at) return null
  return (
    <g>
      <title>{w.here(at.count)}</title>
      <circle cx={x} cy={y} r="13" className={styles.standing} />
      <text x={x} y={y + 4} textAnchor="middle" className={styles.standingCount}>
        {at.count}
      </text>
    </g>
  )
}

/** The sequence with a lane for each place, and dashed ways back; drawn from the steps, so that it is always what runs. */
export function ProcessDrawing({
  steps,
  positions,
}: {
  steps: readonly ProcessStep[]
  positions: readonly { node: string; count: number }[]
}) {
  const w = useWords(words)
  const pw = useWords(processWords)
  const lanes = [...new Set(steps.map(({ place }) => place))]
  const xOf = (index: number): number => LEFT + 46 + index * (WIDTH + GAP)
  const yOf = (place: ProcessStep['place']): number => TOP + lanes.indexOf(place) * LANE
  const width = xOf(steps.length) + 52
  const height = TOP * 2 + lanes.length * LANE
  const middle = (step: ProcessStep): number => yOf(step.place) + 16 + HEIGHT / 2
  const first = steps[0]
  const last = steps.at(-1)
  if (!first || !last) return null
  const endX = xOf(steps.length) + 10
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className={styles.frame} aria-label={w.label(steps.length)} tabIndex={0}>
      <svg
        role="img"
        aria-label={w.label(steps.length)}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className={styles.drawing}
      >
        <defs>
          <marker
            id="process-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0 0 L8 4 L0 8 z" className={styles.head} />
          </marker>
        </defs>
        {lanes.map((lane) => (
          <g key={lane}>
            <rect x="1" y={yOf(lane)} width={width - 2} height={LANE - 8} rx="8" className={styles.lane} />
            <text x="14" y={yOf(lane) + 52} className={styles.laneName}>
              {pw.place[lane]}
            </text>
          </g>
        ))}
        <circle cx={LEFT + 14} cy={middle(first)} r="10" className={styles.start}>
          <title>{w.start}</title>
        </circle>
        <path d={`M${LEFT + 24} ${middle(first)} H${xOf(0) - 2}`} className={styles.flow} />
        {steps.map((step, index) => {
          const next = steps[index + 1]
          const x = xOf(index) + WIDTH
          const turn = x + GAP / 2
          return next ? (
            <path
              key={step.id}
              d={`M${x} ${middle(step)} H${turn} V${middle(next)} H${xOf(index + 1) - 2}`}
              className={styles.flow}
            />
          ) : null
        })}
        <path d={`M${xOf(steps.length - 1) + WIDTH} ${middle(last)} H${endX - 12}`} className={styles.flow} />
        <circle cx={endX} cy={middle(last)} r="10" className={styles.end}>
          <title>{w.end}</title>
        </circle>
        {steps.map((step, index) =>
          step.canReturnTo.map((to) => {
            const target = steps.findIndex(({ id }) => id === to)
            const back = steps[target]
            if (!back) return null
            const from = xOf(index) + WIDTH / 2 - 12
            const into = xOf(target) + WIDTH / 2 + 12
            const base = Math.max(yOf(step.place), yOf(back.place)) + 16 + HEIGHT + 13
            return (
              <path
                key={`${step.id} ${to}`}
                d={`M${from} ${yOf(step.place) + 16 + HEIGHT} V${base} H${into} V${yOf(back.place) + 18 + HEIGHT}`}
                className={styles.back}
              >
                <title>{`${step.name} ${w.back} ${back.name}`}</title>
              </path>
            )
          }),
        )}
        {steps.map((step, index) => (
          <g key={step.id}>
            <title>{step.name}</title>
            <rect
              x={xOf(index)}
              y={yOf(step.place) + 16}
              width={WIDTH}
              height={HEIGHT}
              rx="8"
              className={styles.step}
            />
            <text x={xOf(index) + 10} y={yOf(step.place) + 35} className={styles.name}>
              {linesOf(step.name).map((line, at) => (
                <tspan key={line} x={xOf(index) + 10} dy={at === 0 ? 0 : 16}>
                  {line}
                </tspan>
              ))}
            </text>
            <text x={xOf(index) + 10} y={yOf(step.place) + 67} className={styles.hours}>
              {step.hours === null ? pw.noLimit : pw.hours(step.hours)}
            </text>
            <Standing
              at={positions.find(({ node }) => node === step.id)}
              x={xOf(index) + WIDTH - 14}
              y={yOf(step.place) + 16}
            />
          </g>
        ))}
      </svg>
    </section>
  )
}

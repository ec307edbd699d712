import { TriangleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { catalogue, useWords } from '../language/language.tsx'
import styles from './feedback.module.css'

export type FieldProblem = { /** Id of the field's control. */ field?: string; message: string }

const words = catalogue(
  { title: 'Chưa xong được. Sửa các chỗ sau:', code: 'Mã để báo tổng đài' },
  { title: 'Not done yet. Correct the following:', code: 'Code for the help line' },
)

type ErrorSummaryProps = {
  title?: string
  problems: readonly FieldProblem[]
  code?: string
  action?: ReactNode
}

/** On top of the form, with links to the fields. The focus goes to it when it appears or changes. */
export function ErrorSummary({ title, problems, code, action }: ErrorSummaryProps) {
  const w = useWords(words)
  const ref = useRef<HTMLDivElement>(null)
  const shown = problems.map((p) => p.message).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new set of messages takes the focus again
  useEffect(() => ref.current?.focus(), [shown])
  return (
    <div ref={ref} className={styles.error} tabIndex={-1} role="alert">
      <h2>
        <TriangleAlert size={20} aria-hidden="true" /> {title ?? w.title}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={(problem.field ?? '') + problem.message}>
            {problem.field ? (
              <a
                href={`#${problem.field}`}
                onClick={(event) => {
                  const control = problem.field ? document.getElementById(problem.field) : null
                  if (!control) return
                  event.preventDefault()
                  control.focus()
                  control.scrollIntoView({ block: 'center' })
                }}
              >
                {problem.message}
              </a>
            ) : (
              problem.message
            )}
          </li>
        ))}
      </ul>
      {action}
      {code ? (
        <p className={styles.code}>
          {w.code}: <span className="n">{code}</span>
        </p>
      ) : null}
    </div>
  )
}

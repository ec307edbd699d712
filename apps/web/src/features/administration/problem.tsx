import type { ReactNode } from 'react'
import { messageOf } from '../../api/problem.ts'
import { isProblem } from '../../api/queries.ts'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { type Language, useLanguage } from '../../ui/language/language.tsx'

/** Controls of a form have the id `form-path`, so that the server's field paths find them. */
export const controlId = (form: string, path: string): string => `${form}-${path}`

export const fieldError = (problem: unknown, path: string, language: Language): string | undefined =>
  isProblem(problem) ? problem.fields.find((field) => field.path === path)?.[language] : undefined

/** The refusal of a command on top of its form, with links to the fields it names. */
export function CommandProblem({
  problem,
  form,
  children,
}: {
  problem: unknown
  form: string
  children?: ReactNode
}) {
  const { language } = useLanguage()
  if (problem === undefined) return null
  const fields = isProblem(problem) ? problem.fields : []
  return (
    <ErrorSummary
      problems={
        fields.length > 0
          ? fields.map((field) => ({ field: controlId(form, field.path), message: field[language] }))
          : [{ message: messageOf(problem, language) }]
      }
      code={isProblem(problem) ? problem.requestId?.slice(0, 8) : undefined}
      action={children}
    />
  )
}

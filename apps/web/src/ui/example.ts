import type { ReactNode } from 'react'

/** One state of a component. The gallery shows all of them; the accessibility test visits them. */
export type Example = { name: string; render: () => ReactNode }
export type Examples = {
  component: string /** Which surface's density it is shown in. */
  surface?: 'portal' | 'desk'
  examples: readonly Example[]
}

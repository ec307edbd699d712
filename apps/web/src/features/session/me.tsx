import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { z } from 'zod'
import { getMe, type Me as MeShape } from '#modules/identity/contract.ts'
import { call } from '../../api/call.ts'
import { messageOf } from '../../api/problem.ts'
import { isProblem, keyOf } from '../../api/queries.ts'
import { installSignInGate } from '../../api/sign-in-gate.ts'
import { Button } from '../../ui/button/button.tsx'
import { Dialog } from '../../ui/dialog/dialog.tsx'
import { ErrorSummary } from '../../ui/feedback/error-summary.tsx'
import { Loading, SkeletonRows } from '../../ui/feedback/loading.tsx'
import { catalogue, useLanguage, useWords } from '../../ui/language/language.tsx'
import { SignInForm } from './sign-in-form.tsx'

export type Me = z.output<typeof MeShape>

const words = catalogue(
  {
    ended: 'Phiên làm việc đã hết. Đăng nhập lại để tiếp tục',
    kept: 'Mọi chữ đang nhập vẫn còn ở trang bên dưới. Sau khi đăng nhập, việc vừa bấm được gửi lại.',
    other: 'Đăng nhập bằng tài khoản khác',
    retry: 'Thử lại',
    failed: 'Chưa mở được bàn làm việc',
  },
  {
    ended: 'Your session has ended. Sign in again to go on',
    kept: 'Everything you typed is still on the page beneath. What you just pressed is sent again after signing in.',
    other: 'Sign in with another account',
    retry: 'Try again',
    failed: 'The desk could not be opened',
  },
)

const MeContext = createContext<Me | undefined>(undefined)

/** Who is signed in; only beneath `RequireSession`. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('RequireSession is missing above this component')
  return me
}

const signInAddress = (): string => {
  const here = window.location.pathname + window.location.search
  return `/desk/sign-in?next=${encodeURIComponent(here)}`
}

/** Opens the desk for whoever is signed in; others go to the sign-in page and come back to the same address. */
export function RequireSession({ children }: { children: ReactNode }) {
  const w = useWords(words)
  const { language } = useLanguage()
  const me = useQuery({
    queryKey: keyOf(getMe, {}),
    queryFn: ({ signal }) => call(getMe, {}, { signal, signIn: 'skip' }),
    staleTime: 60_000,
  })
  const signedOut = me.data === undefined && isProblem(me.error) && me.error.kind === 'signed-out'
  useEffect(() => {
    if (signedOut) window.location.replace(signInAddress())
  }, [signedOut])
  if (me.data)
    return (
      <MeContext value={me.data}>
        {children}
        <SignInAgain me={me.data} />
      </MeContext>
    )
  if (me.error && !signedOut)
    return (
      <main data-surface="desk" style={{ padding: 32 }}>
        <ErrorSummary
          title={w.failed}
          problems={[{ message: messageOf(me.error, language) }]}
          action={<Button onClick={() => void me.refetch()}>{w.retry}</Button>}
        />
      </main>
    )
  return (
    <Loading>
      <SkeletonRows />
    </Loading>
  )
}

/** The dialog over the page when a session ends: nothing beneath is touched, the failed request goes out again. */
function SignInAgain({ me }: { me: Me }) {
  const w = useWords(words)
  const client = useQueryClient()
  const [asking, setAsking] = useState<(ok: boolean) => void>()
  useEffect(
    () =>
      installSignInGate(
        () =>
          new Promise<boolean>((resolve) => {
            setAsking(() => resolve)
          }),
      ),
    [],
  )
  const done = (ok: boolean): void => {
    asking?.(ok)
    setAsking(undefined)
    if (ok) void client.invalidateQueries({ queryKey: keyOf(getMe, {}) })
  }
  return (
    <Dialog
      open={asking !== undefined}
      onClose={() => done(false)}
      title={w.ended}
      actions={
        <Button look="quiet" onClick={() => window.location.assign(signInAddress())}>
          {w.other}
        </Button>
      }
    >
      <p style={{ marginBottom: 12 }}>{w.kept}</p>
      <SignInForm username={me.username} onSignedIn={() => done(true)} />
    </Dialog>
  )
}

import { offlineProblem, problemFrom } from '../../api/problem.ts'

export type SignedIn = { secondFactorRequired: boolean; account?: { id: string; name: string } }
export type Enrolment = { totpURI: string; backupCodes: string[] }

/** The doors beneath `/api/auth` are better-auth's, so they have no operation in a contract; answers are the identity module's. */
async function post(door: string, body: Record<string, string>): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(`/api/auth/${door}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': document.documentElement.lang || 'vi',
      },
      body: JSON.stringify(body),
      credentials: 'same-origin',
    })
  } catch {
    throw offlineProblem()
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw problemFrom(response.status, answer)
  return answer
}

const asSignedIn = (answer: unknown): SignedIn => {
  const record = typeof answer === 'object' && answer !== null ? answer : {}
  return { secondFactorRequired: 'secondFactorRequired' in record && record.secondFactorRequired === true }
}

export const signIn = async (username: string, password: string): Promise<SignedIn> =>
  asSignedIn(await post('sign-in/username', { username: username.trim(), password }))

export const verifyCode = async (code: string): Promise<SignedIn> =>
  asSignedIn(await post('two-factor/verify-totp', { code }))

export const verifyBackupCode = async (code: string): Promise<SignedIn> =>
  asSignedIn(await post('two-factor/verify-backup-code', { code: code.trim() }))

export const signOut = async (): Promise<void> => {
  await post('sign-out', {})
}

export const changePassword = async (currentPassword: string, newPassword: string): Promise<void> => {
  await post('change-password', { currentPassword, newPassword })
}

export const beginSecondFactor = async (password: string): Promise<Enrolment> => {
  const answer = await post('two-factor/enable', { password })
  const record = typeof answer === 'object' && answer !== null ? answer : {}
  return {
    totpURI: 'totpURI' in record && typeof record.totpURI === 'string' ? record.totpURI : '',
    backupCodes:
      'backupCodes' in record && Array.isArray(record.backupCodes) ? record.backupCodes.map(String) : [],
  }
}

export const endSecondFactor = async (password: string): Promise<void> => {
  await post('two-factor/disable', { password })
}

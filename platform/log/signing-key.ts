import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
} from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Ed25519. Whoever verifies needs the public half only. */
export type SigningKey = { id: string; publicKey: KeyObject; sign: (message: Buffer) => Buffer }
export type PublicKey = { id: string; key: KeyObject }

const PRIVATE = 'log-signing.pem'
const PUBLIC = 'log-signing.pub.pem'

/** The log's key in `folder`, made at the first start. Two processes starting at once end up with the same one. */
export const loadSigningKey = async (folder: string): Promise<SigningKey> => {
  const file = path.join(folder, PRIVATE)
  const stored = await readFile(file).catch(() => createKeyFile(folder, file))
  const key = signingKey(createPrivateKey(stored))
  const pem = key.publicKey.export({ type: 'spki', format: 'pem' })
  await writeFile(path.join(folder, PUBLIC), pem, { mode: 0o644 })
  return key
}

/** Linking fails when the other process was first, and never shows a half-written file. */
const createKeyFile = async (folder: string, file: string): Promise<Buffer> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const fresh = `${file}.${crypto.randomUUID()}`
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  await writeFile(fresh, pem, { mode: 0o600, flush: true })
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(fresh)
  return readFile(file)
}

const signingKey = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey)
  return { id: keyId(publicKey), publicKey, sign: (message) => sign(null, message, privateKey) }
}

/** A key that lives as long as the process: tests and benchmarks. */
export const temporarySigningKey = (): SigningKey => signingKey(generateKeyPairSync('ed25519').privateKey)

export const loadPublicKey = async (file: string): Promise<PublicKey> => {
  const key = createPublicKey(await readFile(file))
  return { id: keyId(key), key }
}

export const publicKeyFile = (folder: string): string => path.join(folder, PUBLIC)

const keyId = (key: KeyObject): string =>
  hash('sha256', key.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 16)

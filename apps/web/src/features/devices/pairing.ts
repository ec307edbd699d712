import type { HallDevice } from '#modules/queue/contract.ts'

/** Where the print agent listens unless its configuration says otherwise. */
const AGENT_PORT = 17_391

type Paired = { device: HallDevice; token: string }

/** Opened once on the kiosk; what stands behind `#` is not sent to anybody. */
export const kioskAddress = ({ device, token }: Paired, origin: string): string =>
  `${origin}/kiosk/${device.centre}#may=${token}`

export const printerAddress = ({ device, token }: Paired, origin: string): string =>
  `${origin}/kiosk/${device.centre}#in=${AGENT_PORT}.${token}.${device.width ?? 576}`

/** The agent's configuration, to be completed by where the printer is. */
export const agentConfig = ({ token }: Paired, origin: string): string =>
  JSON.stringify(
    { server: origin, token, port: AGENT_PORT, printer: { link: 'device', path: '/dev/usb/lp0' } },
    null,
    2,
  )

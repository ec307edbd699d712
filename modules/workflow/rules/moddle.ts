import { BpmnModdle, type ModdleElement, type ModdlePackage } from 'bpmn-moddle'

export const MOTCUA_NAMESPACE = 'urn:mot-cua:bpmn:1'

const attributes = (name: string, of: string, names: readonly string[]) => ({
  name,
  extends: [of],
  properties: names.map((one) => ({ name: one, isAttr: true, type: 'String' as const })),
})

/**
 * What BPMN 2.0 has no word for, as attributes in our own namespace, so that any BPMN tool keeps them.
 * All are strings: moddle reads a number that is none as NaN without a word, and we want to name it.
 */
export const motcuaPackage: ModdlePackage = {
  name: 'MotCua',
  prefix: 'motcua',
  uri: MOTCUA_NAMESPACE,
  // Without it moddle writes <bpmn:UserTask>, which no other tool reads.
  xml: { tagAlias: 'lowerCase' },
  types: [
    attributes('Process', 'bpmn:Process', ['limitHours', 'variables']),
    attributes('Lane', 'bpmn:Lane', ['role', 'place', 'agency']),
    attributes('Step', 'bpmn:UserTask', [
      ...['role', 'place', 'agency', 'part', 'hours', 'action', 'requires', 'canReturnTo'],
      ...['decisions', 'compensation'],
    ]),
    attributes('Service', 'bpmn:ServiceTask', ['operation']),
    attributes('Send', 'bpmn:SendTask', ['message', 'agency']),
    attributes('Receive', 'bpmn:ReceiveTask', ['message', 'hours', 'place', 'agency']),
    attributes('Event', 'bpmn:CatchEvent', ['message', 'hours', 'place', 'agency']),
  ],
}

export const createModdle = (): BpmnModdle => new BpmnModdle({ motcua: motcuaPackage })

const isElement = (value: unknown): value is ModdleElement =>
  typeof value === 'object' && value !== null && '$type' in value && 'get' in value

export const textOf = (element: ModdleElement, name: string): string => {
  const value = element.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

export const childOf = (element: ModdleElement, name: string): ModdleElement | undefined => {
  const value = element.get(name)
  return isElement(value) ? value : undefined
}

export const childrenOf = (element: ModdleElement, name: string): ModdleElement[] => {
  const value = element.get(name)
  return Array.isArray(value) ? value.filter(isElement) : []
}

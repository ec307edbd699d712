/** BPMN written short, for tests. */
export const document = (body: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:motcua="urn:mot-cua:bpmn:1"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  id="definitions" targetNamespace="urn:test">${body}</bpmn:definitions>`
export const process = (body: string, attributes = ''): string =>
  document(`<bpmn:process id="p" name="Quy trình thử" ${attributes}>${body}</bpmn:process>`)

export const START = '<bpmn:startEvent id="s"/>'
export const END = '<bpmn:endEvent id="e"/>'
export const flow = (from: string, to: string, body = '') =>
  `<bpmn:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${body}</bpmn:sequenceFlow>`
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
/** A flow with a FEEL condition. */
export const flowIf = (from: string, to: string, condition: string) =>
  flow(
    from,
    to,
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${escaped(condition)}</bpmn:conditionExpression>`,
  )
/** `a→b→c` as flows. */
export const chain = (text: string): string => {
  const ids = text.split('→').map((id) => id.trim())
  return ids
    .slice(1)
    .map((to, index) => flow(ids[index] ?? '', to))
    .join('')
}

export const STEP = {
  name: 'Thẩm định',
  role: 'SPECIALIST',
  place: 'resolvingAgency',
  hours: '4',
  action: 'appraise',
}
export const task = (id: string, changes: Record<string, string | undefined> = {}, body = '') => {
  const { name, ...rest } = { ...STEP, ...changes }
  const own = Object.entries(rest).flatMap(([key, value]) =>
    value === undefined ? [] : [`motcua:${key}="${escaped(value)}"`],
  )
  return `<bpmn:userTask id="${id}" ${name === undefined ? '' : `name="${name}"`} ${own.join(' ')}>${body}</bpmn:userTask>`
}
export const gateway = (
  kind: 'exclusive' | 'parallel' | 'inclusive' | 'eventBased',
  id: string,
  byDefault?: string,
) => `<bpmn:${kind}Gateway id="${id}" name="Cổng ${id}" ${byDefault ? `default="${byDefault}"` : ''}/>`
export const timerOn = (id: string, on: string, hours: string, cancelActivity = true) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${cancelActivity}" motcua:hours="${escaped(hours)}"><bpmn:timerEventDefinition id="${id}_t"/></bpmn:boundaryEvent>`
export const messageOn = (id: string, on: string, message: string, cancelActivity = true) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}" cancelActivity="${cancelActivity}" motcua:message="${message}"><bpmn:messageEventDefinition id="${id}_m"/></bpmn:boundaryEvent>`
export const errorOn = (id: string, on: string) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${on}"><bpmn:errorEventDefinition id="${id}_e"/></bpmn:boundaryEvent>`
export const timer = (id: string, hours: string) =>
  `<bpmn:intermediateCatchEvent id="${id}" motcua:hours="${escaped(hours)}"><bpmn:timerEventDefinition id="${id}_t"/></bpmn:intermediateCatchEvent>`
export const receive = (id: string, message: string, attributes = '') =>
  `<bpmn:receiveTask id="${id}" name="Chờ ${message}" motcua:message="${message}" ${attributes}/>`
export const endWith = (id: string, kind: 'terminate' | 'error') =>
  `<bpmn:endEvent id="${id}"><bpmn:${kind}EventDefinition id="${id}_d"/></bpmn:endEvent>`
export const subProcess = (id: string, body: string) =>
  `<bpmn:subProcess id="${id}" name="Quy trình con ${id}">${body}</bpmn:subProcess>`
export const call = (id: string, called: string) =>
  `<bpmn:callActivity id="${id}" name="Gọi ${called}" calledElement="${called}"/>`
export const service = (id: string, operation: string) =>
  `<bpmn:serviceTask id="${id}" name="Việc tự động ${id}" motcua:operation="${operation}"/>`

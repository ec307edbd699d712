import type { BpmnModdle, ModdleElement } from 'bpmn-moddle'
import { textOf } from './moddle.ts'

// bpmn-js's own default sizes, in a row with the middle of every shape on one line.
const SIZES: Record<string, { width: number; height: number }> = {
  'bpmn:UserTask': { width: 140, height: 80 },
}
const EVENT = { width: 36, height: 36 }
const LEFT = 160
const MIDDLE = 140
const GAP = 50

/** Draws a sequence from left to right, so that bpmn-js and any other BPMN tool can show it. */
export function addDiagram(
  moddle: BpmnModdle,
  definitions: ModdleElement,
  process: ModdleElement,
  nodes: readonly ModdleElement[],
  flows: readonly ModdleElement[],
): void {
  let x = LEFT
  const places = nodes.map((node) => {
    const size = SIZES[node.$type] ?? EVENT
    const place = { node, x, y: MIDDLE - size.height / 2, ...size }
    x += size.width + GAP
    return place
  })
  const shapes = places.map(({ node, ...bounds }) =>
    moddle.create('bpmndi:BPMNShape', {
      id: `${textOf(node, 'id')}_di`,
      bpmnElement: node,
      bounds: moddle.create('dc:Bounds', bounds),
    }),
  )
  const edges = flows.map((flow, index) => {
    const from = places[index]
    const right = from ? from.x + from.width : LEFT
    const waypoint = [right, right + GAP].map((at) => moddle.create('dc:Point', { x: at, y: MIDDLE }))
    return moddle.create('bpmndi:BPMNEdge', { id: `${textOf(flow, 'id')}_di`, bpmnElement: flow, waypoint })
  })
  const plane = moddle.create('bpmndi:BPMNPlane', {
    id: 'plane',
    bpmnElement: process,
    planeElement: [...shapes, ...edges],
  })
  definitions.set('diagrams', [moddle.create('bpmndi:BPMNDiagram', { id: 'diagram', plane })])
}

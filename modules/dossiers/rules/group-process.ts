import { ownKey } from '#modules/workflow/rules.ts'
import { type GroupDefinition, groupOf } from './group.ts'

/** The message that a group's process waits for: every procedure has its result, or is left out. */
export const MEMBERS_FINISHED = 'group-members-finished'

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const OURS = 'urn:mot-cua:bpmn:1'

/** A group itself waits for its procedures, then its results are handed over once; the work is in their processes. */
export const groupProcess = ({ procedure }: GroupDefinition): { key: string; xml: string } => ({
  key: ownKey(procedure),
  xml: `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${BPMN}" xmlns:motcua="${OURS}" id="definitions" targetNamespace="${OURS}">
  <bpmn:process id="nhom-${procedure.replace('.', '-')}" name="Nhóm thủ tục liên thông ${procedure}" isExecutable="true" motcua:limitHours="none">
    <bpmn:startEvent id="start"/>
    <bpmn:receiveTask id="members" name="Chờ kết quả các thủ tục trong nhóm" motcua:message="${MEMBERS_FINISHED}"/>
    <bpmn:userTask id="return" name="Trả kết quả một lần" motcua:role="RETURN_DESK" motcua:hours="0" motcua:action="return" motcua:place="returningPlace"/>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="members"/>
    <bpmn:sequenceFlow id="finished" sourceRef="members" targetRef="return"/>
    <bpmn:sequenceFlow id="handed" sourceRef="return" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>`,
})

export const groupProcessOf = (procedure: string): { key: string; xml: string } | undefined => {
  const group = groupOf(procedure)
  return group && groupProcess(group)
}

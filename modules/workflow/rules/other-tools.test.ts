import { describe, expect, it } from 'vitest'
import { compileProcess } from './compile.ts'

const compile = (xml: string) =>
  compileProcess(xml, {
    roles: new Set(['RECEPTION', 'SPECIALIST', 'AGENCY_LEAD']),
    agencies: new Set(['so-y-te']),
  })

/** In the manner of Camunda Modeler 5: attributes and elements of two of its engines, a diagram, an expression with `=`. */
const camunda = (extra = '', condition = '=channel = "online"') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:mot-cua:bpmn:1" id="Definitions_0x1"
  targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.30.0"
  modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
  <bpmn:process id="Process_1y" name="Cấp giấy" isExecutable="true" camunda:historyTimeToLive="180">
    <bpmn:extensionElements><zeebe:properties><zeebe:property name="a" value="b"/></zeebe:properties></bpmn:extensionElements>
    <bpmn:startEvent id="StartEvent_1"><bpmn:outgoing>Flow_1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="StartEvent_1" targetRef="Activity_1"/>
    <bpmn:userTask id="Activity_1" name="Thẩm định" camunda:assignee="demo" camunda:formKey="embedded:app:forms/a.html"
      motcua:role="SPECIALIST" motcua:place="resolvingAgency" motcua:hours="4" motcua:action="appraise">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="specialist"/>
        <camunda:formData><camunda:formField id="f" type="boolean"/></camunda:formData>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_1</bpmn:incoming><bpmn:outgoing>Flow_2</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Gateway_1"/>
    <bpmn:exclusiveGateway id="Gateway_1" name="Trực tuyến?" default="Flow_4">
      <bpmn:incoming>Flow_2</bpmn:incoming><bpmn:outgoing>Flow_3</bpmn:outgoing><bpmn:outgoing>Flow_4</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="Flow_3" name="có" sourceRef="Gateway_1" targetRef="Event_1">
      <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${condition}</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="Flow_4" sourceRef="Gateway_1" targetRef="Event_2"/>
    <bpmn:endEvent id="Event_1"/><bpmn:endEvent id="Event_2"/>${extra}
    <bpmn:textAnnotation id="TextAnnotation_1"><bpmn:text>Xem Điều 19</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="Association_1" sourceRef="Activity_1" targetRef="TextAnnotation_1"/>
    <bpmn:group id="Group_1"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="BPMNDiagram_1"><bpmndi:BPMNPlane id="BPMNPlane_1" bpmnElement="Process_1y">
    <bpmndi:BPMNShape id="s_di" bpmnElement="StartEvent_1"><dc:Bounds x="150" y="100" width="36" height="36"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

/** In the manner of Signavio: BPMN as the default namespace, ids with `sid-`, one pool with lanes, its own extensions. */
const signavio = (task = '', poolsAfter = '') => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:signavio="http://www.signavio.com"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:motcua="urn:mot-cua:bpmn:1" exporter="Signavio Process Editor, http://www.signavio.com"
  exporterVersion="17.6.0" expressionLanguage="http://www.w3.org/TR/XPath" id="sid-def" targetNamespace="http://www.signavio.com"
  typeLanguage="http://www.w3.org/2001/XMLSchema">
  <collaboration id="sid-col">
    <extensionElements><signavio:signavioDiagramMetaData metaKey="revisionid" metaValue="x"/></extensionElements>
    <participant id="sid-pool" name="Trung tâm" processRef="sid-p"><extensionElements><signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff"/></extensionElements></participant>${poolsAfter}
  </collaboration>
  <process id="sid-p" isClosed="false" isExecutable="false" name="Cấp bản sao" processType="None">
    <extensionElements/>
    <laneSet id="sid-lanes">
      <lane id="sid-l1" name="Một cửa" motcua:role="RECEPTION" motcua:place="receivingCentre"><flowNodeRef>sid-s</flowNodeRef><flowNodeRef>sid-a</flowNodeRef></lane>
      <lane id="sid-l2" name="Sở Y tế">
        <childLaneSet id="sid-inner"><lane id="sid-l21" name="Chuyên viên" motcua:role="SPECIALIST" motcua:agency="so-y-te"><flowNodeRef>sid-b</flowNodeRef></lane></childLaneSet>
      </lane>
    </laneSet>
    <startEvent id="sid-s"><outgoing>sid-f1</outgoing></startEvent>
    <userTask completionQuantity="1" id="sid-a" implementation="webService" isForCompensation="false" name="Nhận" startQuantity="1" motcua:hours="2" motcua:action="transfer"/>
    <userTask completionQuantity="1" id="sid-b" name="Soạn" startQuantity="1" motcua:hours="2" motcua:action="appraise"/>${task}
    <endEvent id="sid-e"/>
    <dataObject id="sid-do" isCollection="false" name="Đơn"/><dataObjectReference id="sid-dor" dataObjectRef="sid-do"/>
    <sequenceFlow id="sid-f1" isImmediate="true" sourceRef="sid-s" targetRef="sid-a"/>
    <sequenceFlow id="sid-f2" sourceRef="sid-a" targetRef="sid-b"/><sequenceFlow id="sid-f3" sourceRef="sid-b" targetRef="sid-e"/>
  </process>
</definitions>`

const problemsOf = async (xml: string) => {
  const compiled = await compile(xml)
  return compiled.ok
    ? []
    : compiled.problems.map(({ code, element }) => [code, element?.id, element?.type, element?.name])
}

describe('files of other tools', () => {
  it('of Camunda Modeler come in with what it added', async () => {
    const compiled = await compile(camunda())
    expect(compiled).toMatchObject({ ok: true, graph: { id: 'Process_1y', steps: [{ id: 'Activity_1' }] } })
  })

  it('of Signavio come in, and a lane says who does the steps drawn in it', async () => {
    const compiled = await compile(signavio())
    expect(compiled.ok ? [] : compiled.problems).toEqual([])
    expect(compiled).toMatchObject({
      graph: {
        steps: [
          { id: 'sid-a', role: 'RECEPTION', place: 'receivingCentre', agency: null },
          { id: 'sid-b', role: 'SPECIALIST', place: 'resolvingAgency', agency: 'so-y-te' },
        ],
      },
    })
  })

  it.each([
    [
      'a script',
      camunda('<bpmn:scriptTask id="Activity_9" name="Tính phí"/>'),
      ['unsupported-element', 'Activity_9', 'bpmn:ScriptTask', 'Tính phí'],
    ],
    [
      'a decision table',
      camunda('<bpmn:businessRuleTask id="Activity_8" name="Bảng phí"/>'),
      ['unsupported-element', 'Activity_8', 'bpmn:BusinessRuleTask', 'Bảng phí'],
    ],
    [
      'another expression language',
      camunda('', '#{approved == true}'),
      ['expression-syntax', 'Flow_3', 'bpmn:SequenceFlow', 'có'],
    ],
    [
      'a step without who does it',
      signavio('<userTask id="sid-x" name="Kiểm tra" motcua:hours="1" motcua:action="review"/>'),
      ['no-role', 'sid-x', 'bpmn:UserTask', 'Kiểm tra'],
    ],
    [
      'a manual task',
      signavio('<manualTask id="sid-m" name="Gọi điện"/>'),
      ['unsupported-element', 'sid-m', 'bpmn:ManualTask', 'Gọi điện'],
    ],
    [
      'a second pool',
      signavio('', '<participant id="sid-citizen" name="Người dân"/>'),
      ['unsupported-element', 'sid-citizen', 'bpmn:Participant', 'Người dân'],
    ],
  ])('with %s are refused by its name', async (_what, xml, expected) => {
    expect(await problemsOf(xml)).toContainEqual(expected)
  })
})

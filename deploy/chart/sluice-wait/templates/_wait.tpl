{{/*
The init container, for initContainers. Call with a dict:
  requires   shop@1.42.0, several separated by commas
  image      such as registry.example.com/sluice-wait:0.1.0
  timeout    optional, such as 10m: then it gives up, and is started again after a while
*/}}
{{- define "sluice-wait.container" -}}
- name: sluice-wait
  image: {{ required "sluice-wait.container: give an image" .image | quote }}
  args:
    - {{ required "sluice-wait.container: say what it requires, such as shop@1.42.0" .requires | quote }}
    {{- with .timeout }}
    - {{ printf "--timeout=%s" . | quote }}
    {{- end }}
  terminationMessagePolicy: FallbackToLogsOnError
  resources:
    requests: {cpu: 10m, memory: 64Mi}
    limits: {memory: 96Mi}
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    readOnlyRootFilesystem: true
    allowPrivilegeEscalation: false
    capabilities: {drop: [ALL]}
    seccompProfile: {type: RuntimeDefault}
{{- end }}

{{/*
Role and RoleBinding for it, a template of its own. Call with a dict:
  root            $
  requires        as above
  serviceAccount  the pod's
*/}}
{{- define "sluice-wait.rbac" -}}
{{- $account := required "sluice-wait.rbac: name the serviceAccount of the pod" .serviceAccount }}
{{- $migrations := list }}
{{- range required "sluice-wait.rbac: say what is required, such as shop@1.42.0" .requires | splitList "," }}
{{- $migrations = append $migrations (splitList "@" . | first | trim) }}
{{- end }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ $account }}.sluice-wait
  namespace: {{ .root.Release.Namespace }}
rules:
  - apiGroups: [sluice.dev]
    resources: [databasemigrations]
    resourceNames: {{ $migrations | uniq | toJson }}
    verbs: [get, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ $account }}.sluice-wait
  namespace: {{ .root.Release.Namespace }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ $account }}.sluice-wait
subjects:
  - kind: ServiceAccount
    name: {{ $account }}
    namespace: {{ .root.Release.Namespace }}
{{- end }}

{{- define "sluice.name" -}}
{{- .Values.nameOverride | default .Chart.Name }}
{{- end }}

{{- define "sluice.fullname" -}}
{{- $name := include "sluice.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 53 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 53 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What selects the operator's pods: never changed, for a Deployment's selector can't be. */}}
{{- define "sluice.selector" -}}
app.kubernetes.io/name: {{ include "sluice.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- with .Values.extraLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "sluice.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- .Values.serviceAccount.name | default (include "sluice.fullname" .) }}
{{- else }}
{{- .Values.serviceAccount.name | default "default" }}
{{- end }}
{{- end }}

{{/* A reference from {repository, tag, digest}; call with (list $ .Values.image). */}}
{{- define "sluice.image" -}}
{{- $image := index . 1 }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository ($image.tag | default (index . 0).Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- define "sluice.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "sluice.serviceAccount" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}

{{/* What the operator may do where it watches: nothing on Secrets, nothing by wildcard. */}}
{{- define "sluice.rules" -}}
rules:
  - apiGroups: [sluice.dev]
    resources: [databasemigrations]
    verbs: [get, list, watch, patch]
  - apiGroups: [sluice.dev]
    resources: [databasemigrations/status]
    verbs: [patch]
  - apiGroups: [batch]
    resources: [jobs]
    verbs: [get, list, watch, create, patch, delete]
  - apiGroups: [""]
    resources: [pods]
    # patch: to take its scheduling gate away, and to end pods of runs that are over; nothing else, by the
    # ValidatingAdmissionPolicy {{ include "sluice.fullname" . }}-gate
    verbs: [list, watch, patch]
  {{- if .Values.gate.enabled }}
  # To warn when a rollout may take old pods away while new ones wait.
  - apiGroups: [apps]
    resources: [deployments, replicasets]
    verbs: [get]
  {{- end }}
  # Why a pod is stuck: a missing Secret, an image that can't be pulled.
  - apiGroups: [""]
    resources: [events]
    verbs: [list]
  # What it did, for kubectl describe.
  - apiGroups: [events.k8s.io]
    resources: [events]
    verbs: [create]
{{- end }}

{{/* Egress to name servers. */}}
{{- define "sluice.dns" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
{{- end }}

{{/* Where a policy holds: in the namespaces that the operator watches. */}}
{{- define "sluice.watched" -}}
{{- with .Values.watchNamespaces -}}
matchResources:
  namespaceSelector:
    matchExpressions:
      - key: kubernetes.io/metadata.name
        operator: In
        values:
          {{- toYaml . | nindent 10 }}
{{- end }}
{{- end }}

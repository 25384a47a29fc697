{{/* Who may talk to whom. */}}

{{/* Pods of this release. Takes root and component. */}}
{{- define "reliable-message.peer" -}}
- podSelector:
    matchLabels:
      {{- include "reliable-message.selectorLabels" . | nindent 6 }}
{{- end }}

{{- define "reliable-message.callers.message-service" -}}
{{- range list "status-checker" "recovery-job" "message-admin-ui" }}
{{ include "reliable-message.peer" (dict "root" $.root "component" .) }}
{{- end }}
{{- with .root.Values.networkPolicy.applications.from }}
{{ toYaml . }}
{{- end }}
{{- include "reliable-message.callers.ingress" . }}
{{- end }}

{{- define "reliable-message.callers.status-checker" -}}
{{- end }}

{{- define "reliable-message.callers.recovery-job" -}}
{{- end }}

{{- define "reliable-message.callers.message-admin-ui" -}}
{{- include "reliable-message.callers.ingress" . }}
{{- end }}

{{- define "reliable-message.callers.ingress" -}}
{{- if .app.ingress.enabled }}
{{ toYaml .root.Values.networkPolicy.ingressController.from }}
{{- end }}
{{- end }}

{{/* Takes the root. */}}
{{- define "reliable-message.egress.dns" -}}
- to:
    {{- toYaml .Values.networkPolicy.dns.to | nindent 4 }}
  ports:
    {{- range .Values.networkPolicy.dns.ports }}
    - {port: {{ . }}, protocol: UDP}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
{{- end }}

{{- define "reliable-message.egress.message-service" -}}
{{- $values := .root.Values }}
- ports:
    - port: {{ $values.database.port }}
  {{- with $values.networkPolicy.database.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
- ports:
    - port: {{ $values.rabbitmq.port }}
  {{- with $values.networkPolicy.rabbitmq.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "reliable-message.egress.message-service-only" -}}
- to:
    {{- include "reliable-message.peer" (dict "root" .root "component" "message-service") | nindent 4 }}
  ports:
    - port: 8080
{{- end }}

{{- define "reliable-message.egress.status-checker" -}}
{{ include "reliable-message.egress.message-service-only" . }}
- to:
    {{- toYaml .root.Values.networkPolicy.checkEndpoints.to | nindent 4 }}
  ports:
    {{- range .root.Values.networkPolicy.checkEndpoints.ports }}
    - port: {{ . }}
    {{- end }}
{{- end }}

{{- define "reliable-message.egress.recovery-job" -}}
{{ include "reliable-message.egress.message-service-only" . }}
{{- end }}

{{- define "reliable-message.egress.message-admin-ui" -}}
{{ include "reliable-message.egress.message-service-only" . }}
{{- if .app.login.oidc.enabled }}
- ports:
    - port: 443
  {{- with .root.Values.networkPolicy.openidProvider.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

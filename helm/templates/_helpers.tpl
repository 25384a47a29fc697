{{/* What objects' names begin with; leaves room for -message-admin-ui within 63 characters. */}}
{{- define "reliable-message.fullname" -}}
{{- default .Release.Name .Values.fullnameOverride | trunc 46 | trimSuffix "-" }}
{{- end }}

{{/*
The applications, as a YAML list: what the values say of each, over the defaults, with its name, its section's name and its port.
*/}}
{{- define "reliable-message.apps" -}}
{{- $root := . }}
{{- range list
  (dict "name" "message-service" "section" "messageService" "port" 8080)
  (dict "name" "status-checker" "section" "statusChecker" "port" 8081)
  (dict "name" "recovery-job" "section" "recoveryJob" "port" 8082)
  (dict "name" "message-admin-ui" "section" "messageAdminUi" "port" 8090 "managementPort" 8091) }}
{{- $app := mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (index $root.Values .section)) . }}
{{- $_ := set $app "fullname" (printf "%s-%s" (include "reliable-message.fullname" $root) .name) }}
{{- $_ := set $app "servicePort" (default .port $app.service.port) }}
{{- if eq .name "message-admin-ui" }}{{ $_ := set $app.autoscaling "enabled" false }}{{ end }}
{{- if or (not (hasKey $app "enabled")) $app.enabled }}
- {{ toJson $app }}
{{- end }}
{{- end }}
{{- end }}

{{/* Takes root and component. */}}
{{- define "reliable-message.selectorLabels" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{/* Takes root and component. */}}
{{- define "reliable-message.labels" -}}
{{ include "reliable-message.selectorLabels" . }}
app.kubernetes.io/part-of: reliable-message
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Takes root and image. */}}
{{- define "reliable-message.image" -}}
{{- with default .root.Values.image.registry .image.registry }}{{ . }}/{{ end }}
{{- .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}
{{- else }}:{{ default .root.Chart.AppVersion (default .root.Values.image.tag .image.tag) }}
{{- end }}
{{- end }}

{{/* Takes an app. */}}
{{- define "reliable-message.serviceAccountName" -}}
{{- if .serviceAccount.create }}{{ default .fullname .serviceAccount.name }}{{ else }}{{ default "default" .serviceAccount.name }}{{ end }}
{{- end }}

{{/* Where message-service is for the others. */}}
{{- define "reliable-message.serviceUrl" -}}
http://{{ include "reliable-message.fullname" . }}-message-service:{{ default 8080 (dig "service" "port" .Values.defaults.service.port .Values.messageService) }}
{{- end }}

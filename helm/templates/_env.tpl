{{/* The variables of each application, named as its YAML file names them. Each takes root and app. */}}

{{/* Takes name, secret and key. */}}
{{- define "reliable-message.secretVariable" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .key }}
{{- end }}

{{/* A key that the configuration refers to as ${SECRET_...}. Takes secret and key. */}}
{{- define "reliable-message.configSecret" -}}
{{ include "reliable-message.secretVariable" (dict "name" (printf "SECRET_%s" .key) "secret" .secret "key" .key) }}
{{- end }}

{{- define "reliable-message.env.message-service" -}}
{{- $values := .root.Values }}
{{- with $values.database }}
- name: MESSAGE_SERVICE_DB_URL
  value: {{ include "reliable-message.databaseUrl" . | quote }}
{{ include "reliable-message.secretVariable" (dict "name" "MESSAGE_SERVICE_DB_USERNAME" "secret" .existingSecret "key" .usernameKey) }}
{{ include "reliable-message.secretVariable" (dict "name" "MESSAGE_SERVICE_DB_PASSWORD" "secret" .existingSecret "key" .passwordKey) }}
{{- end }}
{{- with $values.rabbitmq }}
- name: SPRING_RABBITMQ_HOST
  value: {{ .host | quote }}
- name: SPRING_RABBITMQ_PORT
  value: {{ .port | quote }}
- name: SPRING_RABBITMQ_VIRTUAL_HOST
  value: {{ .virtualHost | quote }}
{{ include "reliable-message.secretVariable" (dict "name" "SPRING_RABBITMQ_USERNAME" "secret" .existingSecret "key" .usernameKey) }}
{{ include "reliable-message.secretVariable" (dict "name" "SPRING_RABBITMQ_PASSWORD" "secret" .existingSecret "key" .passwordKey) }}
{{- end }}
{{- range include "reliable-message.registrySecrets" .root | fromYamlArray }}
{{ include "reliable-message.configSecret" (dict "secret" $values.apiKeys.existingSecret "key" .) }}
{{- end }}
{{- end }}

{{- define "reliable-message.env.status-checker" -}}
{{ include "reliable-message.env.worker" . }}
{{- end }}

{{- define "reliable-message.env.recovery-job" -}}
{{ include "reliable-message.env.worker" . }}
{{- end }}

{{- define "reliable-message.env.worker" -}}
- name: MESSAGE_SERVICE_URL
  value: {{ include "reliable-message.serviceUrl" .root | quote }}
{{ include "reliable-message.secretVariable" (dict "name" "WORKER_KEY" "secret" .root.Values.apiKeys.existingSecret "key" .root.Values.apiKeys.workerKey) }}
{{- end }}

{{- define "reliable-message.env.message-admin-ui" -}}
- name: MESSAGE_SERVICE_URL
  value: {{ include "reliable-message.serviceUrl" .root | quote }}
{{ include "reliable-message.secretVariable" (dict "name" "CONSOLE_KEY" "secret" .root.Values.apiKeys.existingSecret "key" .root.Values.apiKeys.consoleKey) }}
- name: MESSAGE_ADMIN_UI_MANAGEMENT_PORT
  value: {{ .app.managementPort | quote }}
- name: CONSOLE_ENVIRONMENT
  value: {{ .app.environment | quote }}
- name: CONSOLE_ENVIRONMENT_COLOR
  value: {{ .app.environmentColor }}
{{- if .app.ingress.enabled }}
- name: FORWARD_HEADERS_STRATEGY
  value: native
{{- end }}
{{- $login := .app.login }}
{{- range $login.users }}
{{ include "reliable-message.configSecret" (dict "secret" $login.existingSecret "key" .secretKey) }}
{{- end }}
{{- if $login.oidc.enabled }}
{{ include "reliable-message.configSecret" (dict "secret" $login.existingSecret "key" $login.oidc.clientSecretKey) }}
{{- end }}
{{- end }}

{{/* Takes the values' database. */}}
{{- define "reliable-message.databaseUrl" -}}
{{- $parameters := deepCopy .parameters }}
{{- if .caSecret.name }}
{{- $parameters = mergeOverwrite $parameters (dict "sslmode" "verify-full" "sslrootcert" "/etc/reliable-message/database-ca/ca.crt") }}
{{- end }}
{{- $pairs := list }}
{{- range $name, $value := $parameters }}
{{- $pairs = append $pairs (printf "%s=%v" $name $value) }}
{{- end }}
{{- printf "jdbc:postgresql://%s:%v/%s" .host .port .name }}
{{- with $pairs }}?{{ join "&" . }}{{ end }}
{{- end }}

{{/* The keys of apiKeys.existingSecret that message-service's registry refers to, each once. Takes the root. */}}
{{- define "reliable-message.registrySecrets" -}}
{{- $keys := list .Values.apiKeys.workerKey }}
{{- if .Values.messageAdminUi.enabled }}{{ $keys = append $keys .Values.apiKeys.consoleKey }}{{ end }}
{{- if .Values.metrics.serviceMonitor.enabled }}{{ $keys = append $keys .Values.apiKeys.metricsKey }}{{ end }}
{{- range .Values.registry.sealingKeys }}{{ $keys = append $keys .secretKey }}{{ end }}
{{- range .Values.registry.applications }}
{{- range .keys }}{{ $keys = append $keys .secretKey }}{{ end }}
{{- with .checkSecretKey }}{{ $keys = append $keys . }}{{ end }}
{{- end }}
{{- uniq $keys | toYaml }}
{{- end }}

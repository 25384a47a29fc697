{{/* What an application reads besides its own YAML file: what the chart writes, and the values' config over it. Takes root and app. */}}
{{- define "reliable-message.config" -}}
{{- $written := include (printf "reliable-message.config.%s" .app.name) . | fromYaml }}
{{- mergeOverwrite $written (deepCopy .app.config) | toYaml }}
{{- end }}

{{- define "reliable-message.config.message-service" -}}
{{- $values := .root.Values }}
message-service:
  database:
    replicas: {{ if .app.autoscaling.enabled }}{{ .app.autoscaling.maxReplicas }}{{ else }}{{ .app.replicaCount }}{{ end }}
  registry:
    secret-keys:
      {{- range $values.registry.sealingKeys }}
      - id: {{ .id | quote }}
        value: ${SECRET_{{ .secretKey }}}
      {{- else }} []
      {{- end }}
    allowed-addresses: {{ toJson $values.allowedAddresses }}
    applications:
      - name: workers
        keys: [{value: "${SECRET_{{ $values.apiKeys.workerKey }}}", roles: [worker]}]
      {{- if $values.messageAdminUi.enabled }}
      - name: console
        keys: [{value: "${SECRET_{{ $values.apiKeys.consoleKey }}}", roles: [console]}]
      {{- end }}
      {{- if $values.metrics.serviceMonitor.enabled }}
      - name: monitoring
        keys: [{value: "${SECRET_{{ $values.apiKeys.metricsKey }}}", roles: [viewer]}]
      {{- end }}
      {{- range $values.registry.applications }}
      - name: {{ .name | quote }}
        keys:
          {{- range .keys }}
          - value: ${SECRET_{{ .secretKey }}}
            roles: {{ toJson .roles }}
            {{- with .expiresAt }}
            expires-at: {{ . | quote }}
            {{- end }}
          {{- end }}
        {{- with .checkUrl }}
        check-url: {{ . | quote }}
        {{- end }}
        {{- with .checkSecretKey }}
        check-secret: ${SECRET_{{ . }}}
        {{- end }}
        {{- with .checkAnswers }}
        check-answers: {{ . | quote }}
        {{- end }}
      {{- end }}
    topics:
      {{- range $values.registry.topics }}
      - {{ include "reliable-message.kebab" . }}
      {{- else }} []
      {{- end }}
    subscriptions:
      {{- range $values.registry.subscriptions }}
      - {{ include "reliable-message.kebab" . }}
      {{- else }} []
      {{- end }}
{{- if and $values.rabbitmq.tls.enabled $values.rabbitmq.tls.caSecret.name }}
spring:
  rabbitmq:
    ssl:
      enabled: true
      bundle: broker
  ssl:
    bundle:
      pem:
        broker:
          truststore:
            certificate: file:/etc/reliable-message/broker-ca/ca.crt
{{- else if $values.rabbitmq.tls.enabled }}
spring:
  rabbitmq:
    ssl:
      enabled: true
{{- end }}
{{- end }}

{{- define "reliable-message.config.status-checker" -}}
status-checker:
  allowed-addresses: {{ toJson .root.Values.allowedAddresses }}
{{- end }}

{{- define "reliable-message.config.recovery-job" -}}
{}
{{- end }}

{{- define "reliable-message.config.message-admin-ui" -}}
{{- with .app.login }}
message-admin-ui:
  login:
    users:
      {{- range .users }}
      - name: {{ .name | quote }}
        role: {{ .role }}
        password: ${SECRET_{{ .secretKey }}}
      {{- else }} []
      {{- end }}
    {{- if .oidc.enabled }}
    oidc-roles:
      claim: {{ .oidc.claim | quote }}
      roles:
        {{- range $value, $role := .oidc.roles }}
        {{ printf "[%s]" $value | quote }}: {{ $role }}
        {{- end }}
    {{- end }}
{{- if .oidc.enabled }}
spring:
  security:
    oauth2:
      client:
        registration:
          openid:
            client-name: {{ .oidc.name | quote }}
            client-id: {{ .oidc.clientId | quote }}
            client-secret: ${SECRET_{{ .oidc.clientSecretKey }}}
            scope: {{ toJson .oidc.scopes }}
        provider:
          openid:
            issuer-uri: {{ .oidc.issuerUri | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* A map whose keys are written as applications write theirs: max-attempts. As JSON. */}}
{{- define "reliable-message.kebab" -}}
{{- $map := dict }}
{{- range $name, $value := . }}
{{- $_ := set $map (kebabcase $name) $value }}
{{- end }}
{{- toJson $map }}
{{- end }}

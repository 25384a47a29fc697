{{/* What the schema cannot say: fails with everything that is wrong at once, each with a remedy. */}}
{{- define "reliable-message.checks" -}}
{{- $wrong := list }}
{{- $apps := include "reliable-message.apps" . | fromYamlArray }}
{{- range $path := list "database.host" "database.existingSecret" "rabbitmq.host" "rabbitmq.existingSecret" "apiKeys.existingSecret" }}
{{- $parts := splitList "." $path }}
{{- if not (index $.Values (first $parts) (last $parts)) }}
{{- $wrong = append $wrong (printf "%s is missing. Set it; README.md says to what." $path) }}
{{- end }}
{{- end }}
{{- range $images := list (dict "path" "image" "image" .Values.image) (dict "path" "test.image" "image" .Values.test.image) }}
{{- if eq (toString $images.image.tag) "latest" }}
{{- $wrong = append $wrong (printf "%s.tag is latest, which does not say what runs. Name a version." $images.path) }}
{{- end }}
{{- end }}
{{- if and .Values.rabbitmq.tls.caSecret.name (not .Values.rabbitmq.tls.enabled) }}
{{- $wrong = append $wrong "rabbitmq.tls.caSecret is given, but rabbitmq.tls.enabled is false: nothing would be encrypted. Enable it, or leave the Secret out." }}
{{- end }}
{{- range $name, $value := .Values.database.parameters }}
{{- if has $name (list "user" "password") }}
{{- $wrong = append $wrong (printf "database.parameters.%s is given. Put it into the Secret database.existingSecret." $name) }}
{{- end }}
{{- end }}
{{- range .Values.registry.applications }}
{{- if has .name (list "workers" "console" "monitoring") }}
{{- $wrong = append $wrong (printf "registry.applications names %s, which the chart makes by itself. Choose another name." .name) }}
{{- end }}
{{- end }}
{{- range $app := $apps }}
{{- if eq (toString $app.image.tag) "latest" }}
{{- $wrong = append $wrong (printf "%s.image.tag is latest, which does not say what runs. Name a version." $app.section) }}
{{- end }}
{{- if lt (int $app.terminationGracePeriodSeconds) (add 30 (int $app.preStopSleepSeconds)) }}
{{- $wrong = append $wrong (printf "%s.terminationGracePeriodSeconds is %v, so that draining could be cut short. Take at least preStopSleepSeconds + 30." $app.section $app.terminationGracePeriodSeconds) }}
{{- end }}
{{- range $app.extraEnv }}
{{- if and (hasKey . "value") (regexMatch "(PASSWORD|SECRET|_KEY)$" .name) }}
{{- $wrong = append $wrong (printf "%s.extraEnv gives %s as plain text. Take it from a Secret, by valueFrom.secretKeyRef." $app.section .name) }}
{{- end }}
{{- end }}
{{- range regexFindAll "(?m)^[- ]*\"?[a-z-]*(password|secret|api-key)\"?: *[^$ \n].*$" (toYaml $app.config) -1 }}
{{- $wrong = append $wrong (printf "%s.config holds %s as plain text. Write ${NAME} there, and give NAME by extraEnv from a Secret." $app.section (trimPrefix "- " (trim .) | splitList ":" | first)) }}
{{- end }}
{{- if dig "message-service" "registry" nil $app.config }}
{{- $wrong = append $wrong (printf "%s.config sets message-service.registry, whose lists would replace those of the chart. Use registry and allowedAddresses." $app.section) }}
{{- end }}
{{- if and $app.autoscaling.enabled (gt (int $app.autoscaling.minReplicas) (int $app.autoscaling.maxReplicas)) }}
{{- $wrong = append $wrong (printf "%s.autoscaling.minReplicas is more than maxReplicas." $app.section) }}
{{- end }}
{{- if dig "ingress" "enabled" false $app }}
{{- if not $app.ingress.hosts }}
{{- $wrong = append $wrong (printf "%s.ingress.hosts is empty. Name the host." $app.section) }}
{{- end }}
{{- if not (or $app.ingress.tls $app.ingress.tlsTerminatedElsewhere) }}
{{- $wrong = append $wrong (printf "%s.ingress.tls is empty, so that keys or passwords would travel in plain text. Give it, or set tlsTerminatedElsewhere." $app.section) }}
{{- end }}
{{- end }}
{{- if eq $app.name "message-admin-ui" }}
{{- if and (gt (int $app.replicaCount) 1) $app.ingress.enabled (not $app.ingress.annotations) }}
{{- $wrong = append $wrong "messageAdminUi.replicaCount is more than 1, but sessions are in memory. Have the ingress keep a browser with one replica, by messageAdminUi.ingress.annotations, or take 1." }}
{{- end }}
{{- if not (or $app.login.users $app.login.oidc.enabled) }}
{{- $wrong = append $wrong "messageAdminUi.login names no users and no OpenID provider, so nobody could log in. Give one, or set messageAdminUi.enabled to false." }}
{{- else if not $app.login.existingSecret }}
{{- $wrong = append $wrong "messageAdminUi.login.existingSecret is missing. Name the Secret with the users' BCrypt hashes and the provider's client secret." }}
{{- end }}
{{- if and $app.login.oidc.enabled (not (and $app.login.oidc.issuerUri $app.login.oidc.clientId $app.login.oidc.roles)) }}
{{- $wrong = append $wrong "messageAdminUi.login.oidc needs issuerUri, clientId and roles." }}
{{- end }}
{{- end }}
{{- end }}
{{- with $wrong }}
{{- fail (printf "these values cannot work:\n  - %s" (join "\n  - " .)) }}
{{- end }}
{{- end }}

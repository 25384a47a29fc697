{{/* What the four deployments have in common. Takes root and app. */}}
{{- define "reliable-message.deployment" -}}
{{- $app := .app }}
{{- $root := .root }}
{{- $scope := dict "root" $root "component" $app.name }}
{{- $config := include "reliable-message.config" . }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $app.fullname }}
  labels:
    {{- include "reliable-message.labels" $scope | nindent 4 }}
spec:
  {{- if not $app.autoscaling.enabled }}
  replicas: {{ $app.replicaCount }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: {{ $app.strategy.maxSurge }}
  selector:
    matchLabels:
      {{- include "reliable-message.selectorLabels" $scope | nindent 6 }}
  template:
    metadata:
      annotations:
        checksum/config: {{ sha256sum $config }}
        {{- with $app.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      labels:
        {{- include "reliable-message.selectorLabels" $scope | nindent 8 }}
        {{- with merge (dict) $app.podLabels $root.Values.commonLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- with $root.Values.imagePullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      serviceAccountName: {{ include "reliable-message.serviceAccountName" $app }}
      automountServiceAccountToken: false
      # Kubernetes would set STATUS_CHECKER_PORT=tcp://... for a service of that name, which the application takes for its port.
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ $app.terminationGracePeriodSeconds }}
      {{- with $app.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      securityContext:
        {{- toYaml $app.podSecurityContext | nindent 8 }}
      containers:
        - name: {{ $app.name }}
          image: {{ include "reliable-message.image" (dict "root" $root "image" $app.image) | quote }}
          imagePullPolicy: {{ $root.Values.image.pullPolicy }}
          securityContext:
            {{- toYaml $app.securityContext | nindent 12 }}
          ports:
            - name: http
              containerPort: {{ $app.port }}
            {{- with $app.managementPort }}
            - name: management
              containerPort: {{ . }}
            {{- end }}
          env:
            - name: SPRING_CONFIG_ADDITIONAL_LOCATION
              value: file:/etc/reliable-message/config/
            {{- include (printf "reliable-message.env.%s" $app.name) . | nindent 12 }}
            {{- with $app.extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          {{- range $probe := list "startup" "liveness" "readiness" }}
          {{ $probe }}Probe:
            httpGet:
              path: /actuator/health/{{ ternary "readiness" "liveness" (eq $probe "readiness") }}
              port: {{ ternary "management" "http" (hasKey $app "managementPort") }}
            {{- toYaml (index $app (printf "%sProbe" $probe)) | nindent 12 }}
          {{- end }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ $app.preStopSleepSeconds }}
          resources:
            {{- toYaml $app.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            - name: config
              mountPath: /etc/reliable-message/config
              readOnly: true
            {{- range include "reliable-message.authorities" . | fromYamlArray }}
            - name: {{ .volume }}
              mountPath: /etc/reliable-message/{{ .volume }}
              readOnly: true
            {{- end }}
            {{- with $app.extraVolumeMounts }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: {{ $app.tmpSizeLimit }}
        - name: config
          configMap:
            name: {{ $app.fullname }}
        {{- range include "reliable-message.authorities" . | fromYamlArray }}
        - name: {{ .volume }}
          secret:
            secretName: {{ .secret }}
            items:
              - key: {{ .key }}
                path: ca.crt
        {{- end }}
        {{- with $app.extraVolumes }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $app.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $app.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $app.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $app.topologySpreadConstraints }}
      topologySpreadConstraints:
        {{- range . }}
        - {{- toYaml . | nindent 10 }}
          labelSelector:
            matchLabels:
              {{- include "reliable-message.selectorLabels" $scope | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        {{- end }}
      {{- end }}
{{- end }}

{{/* Certificates of authorities of one's own, which only message-service needs. Takes root and app. */}}
{{- define "reliable-message.authorities" -}}
{{- if eq .app.name "message-service" }}
{{- with .root.Values.database.caSecret }}
{{- if .name }}
- {volume: database-ca, secret: {{ .name }}, key: {{ .key }}}
{{- end }}
{{- end }}
{{- with .root.Values.rabbitmq.tls }}
{{- if and .enabled .caSecret.name }}
- {volume: broker-ca, secret: {{ .caSecret.name }}, key: {{ .caSecret.key }}}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

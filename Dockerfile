# syntax=docker/dockerfile:1
# One file for every application:
#   docker build --build-arg APPLICATION=message-service --build-arg PORT=8080 -t reliable-message/message-service .
# APPLICATION is the Maven module: message-service (port 8080), status-checker (8081), recovery-job (8082), message-admin-ui (8090),
# and quickstart (8085) with CLASSIFIER=shop, which is the sample shop alone.
ARG JAVA_VERSION=25

FROM maven:3.9-eclipse-temurin-${JAVA_VERSION} AS build
ARG APPLICATION
ARG CLASSIFIER=exec
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn -B -ntp -Dmaven.test.skip -Dspotless.check.skip -pl ${APPLICATION} -am package
RUN cp ${APPLICATION}/target/${APPLICATION}-*-${CLASSIFIER}.jar application.jar
RUN java -Djarmode=tools -jar application.jar extract --layers --destination extracted

FROM eclipse-temurin:${JAVA_VERSION}-jre
ARG APPLICATION
ARG PORT
WORKDIR /application
# What changes least comes first, so that a new version of the application is a small layer.
COPY --from=build /build/extracted/dependencies/ ./
COPY --from=build /build/extracted/spring-boot-loader/ ./
COPY --from=build /build/extracted/snapshot-dependencies/ ./
COPY --from=build /build/extracted/application/ ./
# The training run ends where the application would begin to work. It needs neither database, broker nor service: what it is told here
# is never asked. The shop cannot be trained to the end, it asks its databases before; what it got to is kept all the same.
RUN SPRING_FLYWAY_ENABLED=false \
    SPRING_JPA_DATABASE=POSTGRESQL \
    SPRING_JPA_PROPERTIES_HIBERNATE_BOOT_ALLOW_JDBC_METADATA_ACCESS=false \
    MESSAGE_SERVICE_URL=http://localhost:8080 WORKER_KEY=training-0123456789-0123456789-0123456789 CONSOLE_KEY=training-0123456789-0123456789-0123456789 \
    java -XX:AOTCacheOutput=application.aot -Dspring.context.exit=onRefresh -jar application.jar \
    || [ "${APPLICATION}" = quickstart ]

LABEL org.opencontainers.image.title="${APPLICATION}" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PORT=${PORT}
EXPOSE ${PORT}
USER 10001:10001
# Bash speaks to the port by itself: a JVM for each check would cost more than the application does while it is idle.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MESSAGE_ADMIN_UI_MANAGEMENT_PORT:-$PORT}; printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3; read -r _ status _ <&3; [ \"$status\" = 200 ]"]
# The cache only makes the start faster; without it, or with one that does not fit, the JVM starts all the same.
# The heap gets 60 % of the container's memory: what the JVM takes besides is much in a small one.
# Everything that is written goes to /tmp: give the container a read-only file system, and a tmpfs there.
ENTRYPOINT ["java", "-XX:AOTCache=application.aot", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "application.jar"]

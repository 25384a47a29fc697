package io.reliablemessage.service.platform.security;

import static java.util.stream.Collectors.toSet;

import io.reliablemessage.service.platform.openapi.ApiDescription;
import io.swagger.v3.oas.models.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** An operation as {@code docs/openapi.yaml} has it. */
record DescribedOperation(String method, String path, Operation operation) {

    static Stream<DescribedOperation> all() {
        return ApiDescription.read().getPaths().entrySet().stream()
                .flatMap(path -> path.getValue().readOperationsMap().entrySet().stream()
                        .map(operation -> new DescribedOperation(
                                operation.getKey().name(), path.getKey(), operation.getValue())));
    }

    String id() {
        return operation.getOperationId();
    }

    Set<String> roles() {
        return operation.getSecurity().stream()
                .flatMap(way -> way.values().stream())
                .flatMap(List::stream)
                .map(role -> role.toUpperCase(Locale.ROOT))
                .collect(toSet());
    }

    @Override
    public String toString() {
        return "%s %s".formatted(method, path);
    }
}

package io.reliablemessage.adminapi.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Advances bulk operations.
 *
 * @param limit deliveries at most, 1 to 5,000; default 500
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OperationsRequest(@Nullable Integer limit) {}

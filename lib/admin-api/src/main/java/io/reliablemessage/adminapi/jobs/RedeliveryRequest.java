package io.reliablemessage.adminapi.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Requests the processing of due deliveries.
 *
 * @param limit how many at most, 1 to 5,000; default 500
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RedeliveryRequest(@Nullable Integer limit) {}

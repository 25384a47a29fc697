package io.reliablemessage.adminapi.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Requests a lease of check-backs.
 *
 * @param limit how many requests the worker can send at once, 1 to 200; default 20
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckbackLeaseRequest(@Nullable Integer limit) {}

package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A registered application; its secret is never shown.
 *
 * @param checkUrl where it is asked about its half messages; absent: it is not asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationView(String name, @Nullable String checkUrl) {}

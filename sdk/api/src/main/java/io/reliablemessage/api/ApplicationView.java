package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A registered application; its secret is never shown.
 *
 * @param checkUrl URL for check-backs; absent: there are none
 * @param checkAnswers whether the answers have to be signed; absent: there are none
 * @param requireCheckRef whether its half messages have to name the store that knows them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationView(
        String name, @Nullable String checkUrl, @Nullable CheckAnswers checkAnswers, boolean requireCheckRef) {}

package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledges a message for a subscription.
 *
 * @param id the message; in the path instead when the call is {@code POST /messages/{id}/ack}
 * @param subscription the caller's subscription; may be left out when only one of the message's deliveries is the
 *     caller's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AckRequest(@Nullable String id, @Nullable String subscription) {}

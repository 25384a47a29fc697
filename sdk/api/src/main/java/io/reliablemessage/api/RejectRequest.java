package io.reliablemessage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A subscription says a final business "no" to a message: it will not be sent again by itself.
 *
 * @param id the message; in the path instead when the call is {@code POST /messages/{id}/reject}
 * @param subscription as in {@link AckRequest}
 * @param code short and stable, such as {@code ACCOUNT_CLOSED}; 1 to 100 bytes
 * @param reason for people; at most 1,000 bytes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectRequest(
        @Nullable String id,
        @Nullable String subscription,
        String code,
        @Nullable String reason) {}

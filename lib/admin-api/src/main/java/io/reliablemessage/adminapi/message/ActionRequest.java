package io.reliablemessage.adminapi.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.adminapi.NoNulls;
import org.jspecify.annotations.Nullable;

/**
 * An operator's action on a message.
 *
 * @param subscription the subscription of the delivery; none: all deliveries of the message that can take the step
 * @param reason for the audit, at most 500 bytes
 */
@NoNulls
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActionRequest(
        @Nullable String subscription, @Nullable String reason) {}

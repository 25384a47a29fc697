package io.reliablemessage.adminapi.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new API key.
 *
 * @param key the secret itself, returned only this once
 * @param prefix identifies the key afterwards
 * @param expiresAt none: never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyView(
        String application,
        String key,
        String prefix,
        List<String> roles,
        @Nullable Instant expiresAt) {

    @Override
    public String toString() {
        return "KeyView[application=%s, prefix=%s, roles=%s]".formatted(application, prefix, roles);
    }
}

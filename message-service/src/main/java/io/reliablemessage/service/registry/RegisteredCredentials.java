package io.reliablemessage.service.registry;

import io.reliablemessage.service.platform.security.Credentials;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The keys in the database. Looked up by their hash, so no secret is ever compared. */
@Component
class RegisteredCredentials implements Credentials {

    private final ApiKeyRepository keys;

    RegisteredCredentials(ApiKeyRepository keys) {
        this.keys = keys;
    }

    @Override
    public Optional<Credential> find(byte[] hash) {
        var key = keys.findLive(hash);
        key.ifPresent(used -> keys.markUsed(used.id()));
        return key.map(found -> new Credential(found.application(), found.roles()));
    }
}

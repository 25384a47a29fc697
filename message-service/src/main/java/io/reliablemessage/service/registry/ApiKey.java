package io.reliablemessage.service.registry;

import io.reliablemessage.service.platform.security.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "api_key")
@SuppressWarnings("UnusedVariable") // some are for queries only
class ApiKey {

    @Id
    private Long id = 0L;

    private String application = "";

    private byte[] hash = {};

    private List<String> roles = List.of();

    @Column(name = "expires_at")
    private @Nullable Instant expiresAt;

    @Column(name = "last_used_on")
    private @Nullable LocalDate lastUsedOn;

    protected ApiKey() {}

    long id() {
        return id;
    }

    String application() {
        return application;
    }

    Set<Role> roles() {
        return roles.stream().map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}

package io.reliablemessage.service.registry;

import io.reliablemessage.service.platform.security.Role;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

@Entity
@Table(name = "api_key")
class ApiKey {

    @Id
    private Long id = 0L;

    private String application = "";

    private List<String> roles = List.of();

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

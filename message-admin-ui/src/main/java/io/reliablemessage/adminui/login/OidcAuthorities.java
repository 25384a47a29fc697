package io.reliablemessage.adminui.login;

import io.reliablemessage.adminui.login.LoginProperties.OidcRoles;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.oauth2.core.oidc.user.OidcUserAuthority;

/** Maps a provider's claims to our roles. */
record OidcAuthorities(OidcRoles rules) implements GrantedAuthoritiesMapper {

    @Override
    public Set<? extends GrantedAuthority> mapAuthorities(Collection<? extends GrantedAuthority> given) {
        return given.stream()
                .filter(OidcUserAuthority.class::isInstance)
                .map(OidcUserAuthority.class::cast)
                .flatMap(user -> values(user.getAttributes().get(rules.claim())))
                .map(rules.roles()::get)
                .filter(Objects::nonNull)
                .map(role -> new SimpleGrantedAuthority(role.authority()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> values(@Nullable Object claim) {
        return switch (claim) {
            case List<?> several -> several.stream().map(String::valueOf);
            case String one -> Stream.of(one);
            case null, default -> Stream.empty();
        };
    }
}

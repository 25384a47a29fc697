package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.api.Operator.Role;
import io.reliablemessage.adminui.login.LoginProperties.OidcRoles;
import io.reliablemessage.adminui.login.LoginProperties.User;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The time of a refused login does not show who exists. */
class EqualWorkTest {

    private final AuthenticationProvider logins = new LoginConfiguration()
            .passwords(new LoginProperties(
                    List.of(user("ada", 11), user("grace", 8), user("edsger", 4)), new OidcRoles("groups", Map.of())));

    private int addresses;

    @Test
    void everyNameTakesTheSameWork() {
        var unknown = work("mallory");

        for (var name : List.of("ada", "grace", "edsger", "", "ADA")) {
            assertThat((double) work(name) / unknown).as(name).isBetween(0.7, 1.4);
        }
    }

    /** Processor time, the least of a few: that of a busy machine is no other. */
    private long work(String name) {
        return LongStream.generate(() -> workOnce(name)).limit(4).min().orElseThrow();
    }

    private long workOnce(String name) {
        var threads = ManagementFactory.getThreadMXBean();
        var login = UsernamePasswordAuthenticationToken.unauthenticated(name, "a guess");
        login.setDetails(new WebAuthenticationDetails("192.0.2." + addresses++, null));
        var before = threads.getCurrentThreadCpuTime();
        try {
            logins.authenticate(login);
            throw new AssertionError("A guess was right.");
        } catch (AuthenticationException wrong) {
            return threads.getCurrentThreadCpuTime() - before;
        }
    }

    private static User user(String name, int cost) {
        return new User(name, new BCryptPasswordEncoder(cost).encode("a-password-of-tests"), Role.LEAD);
    }
}

package io.reliablemessage.adminui.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.login.LoginThrottle.TooManyGuesses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** How often one address may guess. */
class LoginThrottleTest {

    private static final String HERE = "192.0.2.7";

    private final MovedClock clock = new MovedClock();
    private final LoginThrottle throttle = new LoginThrottle(new OnePassword(), clock);

    @Test
    void anAddressMayNotTryOnePasswordWithEveryName() {
        for (int i = 0; i < LoginThrottle.MAX_OF_ADDRESS; i++) {
            assertThat(answer(HERE, "name " + i, "123456")).isEqualTo("wrong");
        }

        assertThat(answer(HERE, "another", "123456")).isEqualTo("wait");
        assertThat(answer("192.0.2.8", "another", "123456")).isEqualTo("wrong");
    }

    @Test
    void aRightPasswordInBetweenIsNoWayAroundIt() {
        for (int i = 0; i < LoginThrottle.MAX_OF_ADDRESS; i++) {
            assertThat(answer(HERE, "name " + i, "123456")).isEqualTo("wrong");
            if (i % 5 == 0 && i < LoginThrottle.MAX_OF_ADDRESS - 1) {
                assertThat(answer(HERE, "mallory", "right")).isEqualTo("in");
            }
        }

        assertThat(answer(HERE, "another", "123456")).isEqualTo("wait");
    }

    @Test
    void aRightPasswordForgetsTheWrongOnesOfItsName() {
        for (int round = 0; round < 4; round++) {
            for (int i = 1; i < LoginThrottle.MAX_OF_NAME; i++) {
                assertThat(answer(HERE, "ada", "wrong")).isEqualTo("wrong");
            }
            assertThat(answer(HERE, "Ada ", "right")).isEqualTo("in");
        }
    }

    @Test
    void theWaitEnds() {
        for (int i = 0; i < LoginThrottle.MAX_OF_NAME; i++) {
            answer(HERE, "ada", "wrong");
        }
        clock.move(Duration.ofMinutes(5).minusMillis(1));
        assertThat(answer(HERE, "ada", "right")).isEqualTo("wait");

        clock.move(Duration.ofMillis(1));

        assertThat(answer(HERE, "ada", "right")).isEqualTo("in");
    }

    /** Whoever has one address of IPv6 has 2^64. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, wait",
        "2001:db8:1:2::1, 2001:db8:1:3::1, wrong",
        "0:0:0:0:0:0:0:1, 192.0.2.1, wrong",
        "fe80::1%eth0, fe80::2%eth0, wait"
    })
    void anAddressIsWhatOneClientHas(String one, String other, String answer) {
        for (int i = 0; i < LoginThrottle.MAX_OF_NAME; i++) {
            answer(one, "ada", "wrong");
        }

        assertThat(answer(other, "ada", "wrong")).isEqualTo(answer);
    }

    private String answer(String address, String name, String password) {
        var login = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        login.setDetails(new WebAuthenticationDetails(address, null));
        try {
            throttle.authenticate(login);
            return "in";
        } catch (TooManyGuesses tooMany) {
            return "wait";
        } catch (BadCredentialsException wrong) {
            return "wrong";
        }
    }

    private static class OnePassword implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication login) {
            if (!"right".equals(login.getCredentials())) {
                throw new BadCredentialsException("wrong");
            }
            return login;
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return true;
        }
    }

    private static class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

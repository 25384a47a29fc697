package io.reliablemessage.adminui.login;

import io.reliablemessage.webserver.ClientAddress;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Stops password guessing: after some wrong passwords an address has to wait, sooner for one name than for many.
 *
 * <p>A guess is counted before it is judged, so that a hundred at once are no more than a hundred in turn.
 */
class LoginThrottle implements AuthenticationProvider {

    static final int MAX_OF_NAME = 8;
    static final int MAX_OF_ADDRESS = 50;

    /** Longer ones are nobody's and count as one, so that they fill no memory. */
    private static final int MAX_NAME = 255;

    /** The address, or one name from there, has guessed too often. */
    static class TooManyGuesses extends AuthenticationException {
        TooManyGuesses() {
            super("Too many wrong passwords.");
        }
    }

    private record Guess(String address, String name) {}

    private final AuthenticationProvider passwords;
    private final Guesses<Guess> ofNames;
    private final Guesses<String> ofAddresses;

    LoginThrottle(AuthenticationProvider passwords, Clock clock) {
        this.passwords = passwords;
        this.ofNames = new Guesses<>(MAX_OF_NAME, clock);
        this.ofAddresses = new Guesses<>(MAX_OF_ADDRESS, clock);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication login) {
        var name = lookedUp(login.getName());
        var guess = new Guess(address(login), name.length() > MAX_NAME ? "" : name);
        if (!ofNames.begin(guess) || !ofAddresses.begin(guess.address)) {
            throw new TooManyGuesses();
        }
        var user = passwords.authenticate(login);
        ofNames.forget(guess);
        ofAddresses.takeBack(guess.address);
        return user;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }

    /** The key under which Spring Security looks a name up: other spellings are the same user. */
    static String lookedUp(String name) {
        return name.trim().toLowerCase(Locale.ROOT);
    }

    private static String address(Authentication login) {
        return login.getDetails() instanceof WebAuthenticationDetails details
                ? ClientAddress.network(String.valueOf(details.getRemoteAddress()))
                : "";
    }
}

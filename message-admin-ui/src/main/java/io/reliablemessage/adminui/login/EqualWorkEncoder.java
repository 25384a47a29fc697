package io.reliablemessage.adminui.login;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks BCrypt hashes with as much work as the most expensive one takes, whatever the cost of each: the time of an
 * answer must not show who exists. Unknown users are checked against a hash of that cost by Spring Security.
 */
class EqualWorkEncoder implements PasswordEncoder {

    private static final String ANY = "as much work";

    private final int cost;
    private final BCryptPasswordEncoder bcrypt;

    EqualWorkEncoder(IntStream costs) {
        this.cost = costs.max().orElse(10);
        this.bcrypt = new BCryptPasswordEncoder(cost);
    }

    /** Of a BCrypt hash: its work doubles with each. */
    static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return bcrypt.encode(password);
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        if (password == null || password.isEmpty() || hash == null) {
            return false;
        }
        var matches = bcrypt.matches(password, hash);
        for (int each = cost(hash); each < cost; each++) { // 2^c + 2^c + 2^(c+1) + ... = 2^cost
            new BCryptPasswordEncoder(each).encode(ANY);
        }
        return matches;
    }
}

package io.reliablemessage.faults.load;

import io.reliablemessage.client.ServiceUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;

/** Repeats a call of a starting program until the server that it needs is up. */
public final class Retry {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Retry() {}

    public static <T> T untilItIsThere(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (DataAccessResourceFailureException | ServiceUnavailableException away) {
                Slowness.of(PAUSE);
            }
        }
    }
}

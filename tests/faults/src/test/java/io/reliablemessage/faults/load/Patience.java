package io.reliablemessage.faults.load;

import io.reliablemessage.client.ServiceUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessResourceFailureException;

/** How a program starts while a server that it needs may just be dead. */
public final class Patience {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Patience() {}

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

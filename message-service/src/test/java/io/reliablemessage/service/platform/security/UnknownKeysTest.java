package io.reliablemessage.service.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.platform.problem.Problem;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How many unknown keys an address may try. */
class UnknownKeysTest {

    private static final String ADDRESS = "192.0.2.7";
    private static final Supplier<CompletableFuture<Optional<String>>> UNKNOWN =
            () -> CompletableFuture.completedFuture(Optional.empty());
    private static final Supplier<CompletableFuture<Optional<String>>> KNOWN =
            () -> CompletableFuture.completedFuture(Optional.of("shop"));

    private final UnknownKeys keys = new UnknownKeys(new SecurityProperties(100, 1));

    @Test
    void aKeyThatWasGoodIsLookedUpWhoeverElseIsBehindItsAddress() {
        assertThat(keys.limit(key(0), ADDRESS, KNOWN)).isCompletedWithValue(Optional.of("shop"));
        exhaust();

        assertThat(keys.limit(key(0), ADDRESS, KNOWN)).isCompletedWithValue(Optional.of("shop"));
        assertThatThrownBy(() -> keys.limit(key(1), ADDRESS, KNOWN)).isInstanceOf(Problem.class);
        assertThat(keys.limit(key(1), "192.0.2.8", KNOWN)).isCompletedWithValue(Optional.of("shop"));
    }

    @Test
    void goodKeysAndFailedLookUpsAreNoGuesses() {
        var noDatabase = new IllegalStateException("no database");
        for (int i = 0; i < 50; i++) {
            assertThat(keys.limit(key(i), ADDRESS, KNOWN)).isCompletedWithValue(Optional.of("shop"));
            assertThat(keys.limit(key(-1), ADDRESS, () -> CompletableFuture.failedFuture(noDatabase)))
                    .isCompletedExceptionally();
        }
    }

    private void exhaust() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 30; i++) {
                        keys.limit(key(1_000 + i), ADDRESS, UNKNOWN);
                    }
                })
                .isInstanceOf(Problem.class);
    }

    private static ByteBuffer key(int number) {
        return ByteBuffer.allocate(4).putInt(0, number);
    }
}

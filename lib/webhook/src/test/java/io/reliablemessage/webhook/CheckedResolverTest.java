package io.reliablemessage.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups when a name server hangs. */
class CheckedResolverTest {

    private static final int MOST = 8;

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final CheckedResolver resolver =
            new CheckedResolver(new AddressRules(List.of())::allows, MOST, this::addresses);

    private InetAddress[] addresses(String host) throws UnknownHostException {
        if (host.equals("silent.example")) {
            hanging.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {8, 8, 8, 8})};
    }

    @AfterEach
    void close() {
        answer.countDown();
        resolver.close();
    }

    @Test
    void oneHostTakesOneThreadAndTheOthersAreServed() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = new ArrayList<Future<InetAddress[]>>();
            for (int i = 0; i < 4 * MOST; i++) {
                waiting.add(callers.submit(() -> resolver.resolve("silent.example")));
            }
            while (hanging.get() == 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 20; i++) {
                assertThat(resolver.resolve("shop.example")).hasSize(1);
            }
            assertThat(hanging).hasValue(1);

            answer.countDown();

            for (var each : waiting) {
                assertThat(each.get()).hasSize(1);
            }
        }
    }
}

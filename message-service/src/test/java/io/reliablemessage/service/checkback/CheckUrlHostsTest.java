package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.TOO_MANY_CALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.Parallel;
import io.reliablemessage.service.platform.problem.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Look-ups of hosts whose name server hangs, or that are very many. */
class CheckUrlHostsTest {

    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger lookups = new AtomicInteger();
    private final Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    private final CheckUrlHosts hosts = new CheckUrlHosts(this::addresses, Duration.ofMillis(300));

    private InetAddress[] addresses(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        virtual.add(Thread.currentThread().isVirtual());
        if (host.endsWith(".silent")) {
            awaitAnswer();
        }
        if (host.endsWith(".unknown")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(new byte[] {8, 8, 8, 8})};
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        answer.countDown();
        hosts.destroy();
    }

    @Test
    void aNameServerThatHangsHoldsUpOnlyWhoAsksIt() {
        var ends = Parallel.times(20, () -> outcome("mallory", "h%d.silent".formatted(number.incrementAndGet())));

        assertThat(ends).containsOnly("no answer");
        assertThat(lookups).hasValueLessThanOrEqualTo(2);
        assertThat(outcome("shop", "shop.example")).isEqualTo("8.8.8.8");
    }

    @Test
    void itsThreadsAreFreeWhenItAnswers() {
        assertThat(outcome("shop", "one.silent")).isEqualTo("no answer");
        assertThat(outcome("shop", "two.silent")).isEqualTo("no answer");
        assertThat(outcome("shop", "shop.example")).isEqualTo("no answer");

        answer.countDown();

        assertThat(outcome("shop", "one.silent")).isEqualTo("8.8.8.8");
        assertThat(outcome("shop", "two.silent")).isEqualTo("8.8.8.8");
        assertThat(outcome("shop", "shop.example")).isEqualTo("8.8.8.8");
    }

    @Test
    void manyApplicationsTogetherHaveALimitToo() {
        var ends = Parallel.times(20, () -> {
            var each = number.incrementAndGet();
            return outcome("application " + each, "h%d.silent".formatted(each));
        });

        assertThat(ends).containsOnly("no answer");
        assertThat(outcome("shop", "shop.example")).isEqualTo("no answer");
        assertThat(lookups).hasValue(16);
    }

    @Test
    void replicasThatRegisterTogetherAskOnceAndNotOnACarrier() {
        var ends = Parallel.times(50, () -> outcome("shop", "shop.example"));

        assertThat(ends).containsOnly("8.8.8.8");
        assertThat(lookups).hasValue(1);
        assertThat(virtual).containsOnly(false);
    }

    @Test
    void anUnknownHostIsUnknown() {
        assertThat(outcome("shop", "shop.unknown")).isEqualTo("unknown");
    }

    @Test
    void nobodyHasUsAskNameServersWithoutEnd() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        hosts.addresses("mallory", "h%d.example".formatted(i));
                    }
                })
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.type()).isEqualTo(TOO_MANY_CALLS));
        assertThat(outcome("shop", "shop.example")).isEqualTo("8.8.8.8");
    }

    private String outcome(String application, String host) {
        try {
            return hosts.addresses(application, host)[0].getHostAddress();
        } catch (CheckUrlHosts.NoAnswer late) {
            return "no answer";
        } catch (UnknownHostException unknown) {
            return "unknown";
        }
    }
}

package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.TOO_MANY_CALLS;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.reliablemessage.service.platform.problem.Problem;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks up the hosts of check URLs when they are registered. A name server may hang, and a look-up cannot be stopped: so
 * they have a few threads of their own, of which one application gets two, and callers wait for five seconds.
 */
@Component
class CheckUrlHosts implements DisposableBean {

    private static final int MAX_THREADS = 16;
    private static final int MAX_OF_APPLICATION = 2;
    private static final int BURST = 30;
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** Looks a name up, for as long as it takes. */
    interface NameServer {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** No name server has answered in time, or too many look-ups are waiting for one. */
    static class NoAnswer extends UnknownHostException {
        NoAnswer(String host, Exception cause) {
            super(host);
            initCause(cause);
        }
    }

    private record Share(Semaphore running, Bucket rate) {

        static Share full() {
            return new Share(
                    new Semaphore(MAX_OF_APPLICATION),
                    Bucket.builder()
                            .addLimit(limit -> limit.capacity(BURST).refillGreedy(1, Duration.ofSeconds(1)))
                            .build());
        }
    }

    private final NameServer names;
    private final Duration wait;
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("look-up-", 0).factory());

    private final LoadingCache<String, Share> shares = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build(application -> Share.full());

    /** All replicas of an application register the same host. None: it is unknown. */
    private final AsyncCache<String, List<InetAddress>> byHost = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofSeconds(10))
            .maximumSize(1_000)
            .buildAsync();

    @Autowired
    CheckUrlHosts() {
        this(InetAddress::getAllByName, WAIT);
    }

    CheckUrlHosts(NameServer names, Duration wait) {
        this.names = names;
        this.wait = wait;
    }

    /**
     * @throws NoAnswer when it cannot be known now
     * @throws Problem TOO_MANY_CALLS when the application has too many hosts looked up
     */
    InetAddress[] addresses(String application, String host) throws UnknownHostException {
        try {
            var addresses = byHost.get(host, (missing, executor) -> start(application, missing))
                    .get(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return addresses.toArray(InetAddress[]::new);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException late) {
            throw new NoAnswer(host, late);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NoAnswer(host, stopping);
        }
    }

    private CompletableFuture<List<InetAddress>> start(String application, String host) {
        var share = shares.get(application);
        if (!share.rate.tryConsume(1)) {
            throw new Problem(TOO_MANY_CALLS, "The application registers too many different hosts.");
        }
        if (!share.running.tryAcquire()) {
            throw new RejectedExecutionException("other look-ups of the application have no answer yet");
        }
        try {
            return CompletableFuture.supplyAsync(() -> lookUp(host), threads)
                    .whenComplete((addresses, failure) -> share.running.release());
        } catch (RejectedExecutionException full) {
            share.running.release();
            throw full;
        }
    }

    private List<InetAddress> lookUp(String host) {
        try {
            return List.of(names.addresses(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}

package io.reliablemessage.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks a name up once and returns the checked addresses, so that no other can be called: a second look-up might
 * differ. One refused address refuses the name.
 */
final class CheckedResolver implements DnsResolver, AutoCloseable {

    private static final int MAX_SECONDS = 5;

    private final BiPredicate<String, InetAddress> rule;
    private final WebhookUrl.Lookup names;
    private final Map<String, Future<InetAddress[]>> running = new ConcurrentHashMap<>();
    // A look-up cannot be stopped and would hold the carrier of a virtual thread. So look-ups have threads of their
    // own, and their number is limited: one for each host, lest one whose name server hangs take them all.
    private final ExecutorService lookups;

    CheckedResolver(BiPredicate<String, InetAddress> rule, int most) {
        this(rule, most, InetAddress::getAllByName);
    }

    /** @param rule whether an address may be called when this name resolved to it */
    CheckedResolver(BiPredicate<String, InetAddress> rule, int most, WebhookUrl.Lookup names) {
        this.rule = rule;
        this.names = names;
        this.lookups = new ThreadPoolExecutor(
                0,
                most,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform().daemon().name("look-up-", 0).factory());
    }

    /** The name resolves to a refused address. */
    static final class ForbiddenAddress extends UnknownHostException {
        ForbiddenAddress(String host) {
            super(host + " leads to an address that is not public and not allowed");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = lookUp(host);
        if (!Arrays.stream(addresses).allMatch(address -> rule.test(host, address))) {
            throw new ForbiddenAddress(host);
        }
        return addresses;
    }

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        try {
            return running.computeIfAbsent(host, this::start).get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unknown(host, stopping);
        } catch (ExecutionException | java.util.concurrent.TimeoutException | RejectedExecutionException failed) {
            throw unknown(host, failed);
        }
    }

    private Future<InetAddress[]> start(String host) {
        return lookups.submit(() -> {
            try {
                return names.addresses(host);
            } finally {
                running.remove(host);
            }
        });
    }

    private static UnknownHostException unknown(String host, Exception cause) {
        var unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }
}

package io.reliablemessage.client.internal;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why no answer came: to whom there is no connection, and what to check. */
final class NoAnswer {

    private NoAnswer() {}

    /** @param url carries no credentials: {@link io.reliablemessage.client.ClientSettings} refuses them */
    static String explain(Throwable cause, URI url) {
        var address = address(url);
        if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
            return timedOut(url);
        }
        if (cause instanceof InterruptedIOException) {
            return interrupted(url);
        }
        if (isUnresolved(cause)) {
            return "no connection to %s: no address is known for this host. Check the url and the name service"
                    .formatted(address);
        }
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return "no connection to %s: check the url, and that the service runs and can be reached from here"
                    .formatted(address);
        }
        if (cause instanceof SSLException) {
            return "no TLS with %s: %s. Check the url's scheme and port, and the certificate"
                    .formatted(address, describe(cause));
        }
        return "the connection to %s broke: %s".formatted(address, describe(cause));
    }

    static String interrupted(URI url) {
        return "interrupted while waiting for " + address(url);
    }

    static String timedOut(URI url) {
        return "timed out: " + address(url) + " did not answer in time";
    }

    /** With the port, also where the url has none. */
    static String address(URI url) {
        var port = url.getPort() >= 0 ? "" : "https".equals(url.getScheme()) ? ":443" : ":80";
        return url.getScheme() + "://" + url.getRawAuthority() + port + url.getRawPath();
    }

    static String describe(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    static boolean isUnresolved(@Nullable Throwable cause) {
        return cause != null && (cause instanceof UnresolvedAddressException || isUnresolved(cause.getCause()));
    }
}

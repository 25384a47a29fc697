package io.reliablemessage.webserver;

import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;

/**
 * HTTP/1.1 whose requests arrive within 30 seconds. With TLS, which nobody configures here, only a client that stops in
 * between has a limit.
 */
public class TimeLimitedProtocol extends Http11NioProtocol {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MAX_IDLE = Duration.ofMinutes(1); // between requests

    /** For Tomcat, which makes it by its name. */
    public TimeLimitedProtocol() {
        this(LIMIT);
    }

    TimeLimitedProtocol(Duration limit) {
        super(new TimeLimitedEndpoint(limit));
        setConnectionTimeout((int) limit.toMillis());
        setKeepAliveTimeout((int) MAX_IDLE.toMillis());
    }

    private static class TimeLimitedEndpoint extends NioEndpoint {

        private final Duration limit;

        TimeLimitedEndpoint(Duration limit) {
            this.limit = limit;
        }

        @Override
        protected NioChannel createChannel(SocketBufferHandler buffers) {
            return isSSLEnabled() ? super.createChannel(buffers) : new TimeLimitedChannel(buffers, limit);
        }
    }
}

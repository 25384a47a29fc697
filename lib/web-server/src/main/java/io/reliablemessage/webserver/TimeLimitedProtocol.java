package io.reliablemessage.webserver;

import java.time.Duration;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;

/** HTTP/1.1 whose requests arrive within 30 seconds. With TLS, which nobody configures here, they have no limit. */
public class TimeLimitedProtocol extends Http11NioProtocol {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** For Tomcat, which makes it by its name. */
    public TimeLimitedProtocol() {
        this(LIMIT);
    }

    TimeLimitedProtocol(Duration limit) {
        super(new TimeLimitedEndpoint(limit));
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

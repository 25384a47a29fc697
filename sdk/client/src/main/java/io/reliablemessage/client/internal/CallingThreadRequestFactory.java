package io.reliablemessage.client.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * The JDK's HTTP client, waited for in the caller's own thread.
 *
 * <p>Spring's factory for it calls {@code sendAsync}, which hands every answer through the common pool. On two cores
 * that is one thread: whatever blocks it (a parallel stream doing I/O) would make all calls here time out.
 */
final class CallingThreadRequestFactory implements ClientHttpRequestFactory {

    /** A request's attribute: its own {@link Duration} until the answer's last byte. */
    static final String TIMEOUT = CallingThreadRequestFactory.class.getName() + ".timeout";

    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param timeout for a call as a whole, until the answer's last byte, unless the request says otherwise
     */
    CallingThreadRequestFactory(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
        return new Request(uri, method);
    }

    private Response send(HttpRequest request, Duration within) throws IOException {
        var start = System.nanoTime();
        try {
            // The JDK's own timeout ends with the headers.
            var response = client.send(request, answer -> new AnswerBody());
            var bytes = response.body().await(within.minusNanos(System.nanoTime() - start));
            var headers = new HttpHeaders();
            response.headers().map().forEach(headers::addAll);
            return new Response(response.statusCode(), headers, new ByteArrayInputStream(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private final class Request extends AbstractClientHttpRequest {

        private final URI uri;
        private final HttpMethod method;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        private Request(URI uri, HttpMethod method) {
            this.uri = uri;
            this.method = method;
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return uri;
        }

        @Override
        protected OutputStream getBodyInternal(HttpHeaders headers) {
            return body;
        }

        @Override
        protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
            var within = getAttributes().get(TIMEOUT) instanceof Duration own ? own : timeout;
            if (within.isNegative() || within.isZero()) {
                throw new HttpTimeoutException("no time was left");
            }
            var publisher = body.size() == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray());
            var request = HttpRequest.newBuilder(uri).timeout(within).method(method.name(), publisher);
            headers.remove(HttpHeaders.CONTENT_LENGTH); // The JDK sets it itself and refuses a value.
            headers.forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            return send(request.build(), within);
        }
    }

    private record Response(int status, HttpHeaders headers, InputStream body) implements ClientHttpResponse {

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(status);
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {
            // Nothing is open any more.
        }
    }
}

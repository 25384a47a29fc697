package io.reliablemessage.benchmarks.http;

/**
 * The response to a call.
 *
 * @param status 0: there was no answer, the body says why
 */
public record Response(int status, String body) {

    static Response missing(Exception failure) {
        return new Response(0, failure.toString());
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}

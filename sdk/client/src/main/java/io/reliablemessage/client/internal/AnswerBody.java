package io.reliablemessage.client.internal;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes, waited for by the thread that wants them, and no longer than it wants to.
 *
 * <p>The JDK's own subscribers wait without end; a timer beside them would cost each call one or two wake-ups more.
 */
final class AnswerBody implements BodySubscriber<AnswerBody> {

    // 500 items with a problem each take half a megabyte. Without a limit, an endless answer would take all memory.
    private static final long MAX_BYTES = 16L * 1024 * 1024;

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private long received; // by one thread at a time, as the JDK promises
    private volatile boolean isUnwanted;
    private volatile Flow.@Nullable Subscription subscription;

    /** The body itself is the handler's answer: there as soon as the headers are. */
    @Override
    public CompletionStage<AnswerBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    byte[] await(Duration left) throws IOException, InterruptedException {
        try {
            return bytes.getBody().toCompletableFuture().get(left.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException broken ? broken : new IOException(e.getCause());
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } catch (TimeoutException e) {
            cancel();
            throw new HttpTimeoutException("the answer's body came too slowly");
        }
    }

    private void cancel() {
        isUnwanted = true;
        var open = subscription;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
        subscription = opened;
        bytes.onSubscribe(opened);
        if (isUnwanted) {
            opened.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (isUnwanted) {
            return;
        }
        received += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (received > MAX_BYTES) {
            cancel();
            bytes.onError(new ProtocolException("the answer has more than " + MAX_BYTES + " bytes"));
        } else {
            bytes.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}

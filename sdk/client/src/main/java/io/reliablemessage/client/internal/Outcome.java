package io.reliablemessage.client.internal;

import io.reliablemessage.client.MessageProblemException;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The outcome of a call. A value and not yet an exception, since each caller gets its own exception. */
sealed interface Outcome<T> {

    record Done<T>(T value) implements Outcome<T> {}

    record Failed<T>(Problem problem, @Nullable Throwable cause) implements Outcome<T> {}

    static <T> Outcome<T> unanswered(String why) {
        return new Failed<>(Problem.unanswered(why), null);
    }

    /** @param url where the call was sent to */
    static <T> Outcome<T> unanswered(Throwable cause, URI url) {
        return new Failed<>(Problem.unanswered(NoAnswer.explain(cause, url)), cause);
    }

    /** It was never sent, or what was answered cannot be handled. */
    static <T> Outcome<T> unanswered(Throwable cause) {
        return new Failed<>(Problem.unanswered(NoAnswer.describe(cause)), cause);
    }

    static <T> Outcome<T> unanswered(String why, Throwable cause) {
        return new Failed<>(Problem.unanswered(why), cause);
    }

    /** @param url where other calls were on their way to */
    static <T> Outcome<T> notSent(String why, URI url) {
        return unanswered("not sent: " + why + " while other calls to " + NoAnswer.address(url) + " were on their way");
    }

    default T orThrow(String call) {
        return resolve(call, value -> value, failure -> {
            throw failure;
        });
    }

    /** Goes on with the value, or with an exception made here and now. */
    default <R> R resolve(String call, Function<T, R> onValue, Function<MessageProblemException, R> onFailure) {
        if (this instanceof Done<T> done) {
            return onValue.apply(done.value());
        }
        var failed = (Failed<T>) this;
        return onFailure.apply(failed.problem().toException(call, failed.cause()));
    }
}

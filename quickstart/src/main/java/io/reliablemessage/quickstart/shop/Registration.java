package io.reliablemessage.quickstart.shop;

import io.reliablemessage.client.ServiceUnavailableException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

/** Repeats a registration at start while the message service is not available, for two minutes at most. */
public final class Registration {

    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final RetryTemplate retry;

    public Registration() {
        this(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    Registration(Duration wait, Duration limit) {
        retry = new RetryTemplate(RetryPolicy.builder()
                .includes(ServiceUnavailableException.class) // a refusal is final
                .delay(wait)
                .maxRetries(Long.MAX_VALUE)
                .timeout(limit)
                .build());
        retry.setRetryListener(new Listener());
    }

    /** Makes the call until it is answered; throws the last failure when the time is over. */
    public <T> T untilAnswered(Supplier<T> call) {
        return retry.invoke(call);
    }

    private static final class Listener implements RetryListener {

        @Override
        public void beforeRetry(RetryPolicy policy, Retryable<?> call, RetryState state) {
            log.atWarn()
                    .addKeyValue("failures", state.getRetryCount())
                    .log(
                            "not registered yet, trying again: {}",
                            state.getLastException().getMessage());
        }
    }
}

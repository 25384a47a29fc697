package io.reliablemessage.service.checkback;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.model.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs the statements that lease check-backs and store their answers, for tests of plans. */
public final class CheckbackStatements {

    private final CheckbackLeaseStore checks;
    private final CheckbackAnswerStore answers;
    private Optional<CheckbackAnswerStore.Lease> lease = Optional.empty();

    public CheckbackStatements(JdbcClient jdbc) {
        checks = new CheckbackLeaseStore(jdbc);
        answers = new CheckbackAnswerStore(jdbc);
    }

    public void lease(List<MessageId> ids) {
        lease = checks.claim("shop", ids.size(), 1, Duration.ofSeconds(20))
                .map(claimed -> new CheckbackAnswerStore.Lease(claimed.lease(), "shop", ids));
        assertThat(lease).isPresent();
    }

    public void settleAsUnknown() {
        assertThat(answers.settle(lease.orElseThrow(), unknown(), Duration.ofSeconds(20), Duration.ofMinutes(5)))
                .isTrue();
    }

    public void noteLate() {
        answers.noteLate(lease.orElseThrow(), unknown());
    }

    private SortedMap<MessageId, String> unknown() {
        var unknown = new TreeMap<MessageId, String>();
        lease.orElseThrow().messages().forEach(id -> unknown.put(id, "UNKNOWN"));
        return unknown;
    }
}

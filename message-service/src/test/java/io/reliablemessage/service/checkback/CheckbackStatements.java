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
                .map(claimed -> new CheckbackAnswerStore.Lease(
                        claimed.lease(),
                        "shop",
                        claimed.leasedAt(),
                        claimed.expiresAt(),
                        false,
                        asked(claimed.messages())));
        assertThat(lease).isPresent();
    }

    public int leaseOf(String producer) {
        var claimed = checks.claim(producer, 100, 2, Duration.ofSeconds(20));
        lease = claimed.map(each -> new CheckbackAnswerStore.Lease(
                each.lease(), producer, each.leasedAt(), each.expiresAt(), false, asked(each.messages())));
        return lease.map(each -> each.messages().size()).orElse(0);
    }

    private static List<AskedMessage> asked(List<CheckbackLeaseStore.Message> messages) {
        return messages.stream()
                .map(message -> new AskedMessage(message.id(), message.checkRef(), false))
                .toList();
    }

    public void settleAsUnknown() {
        assertThat(answers.settle(lease.orElseThrow(), unknown(), Duration.ofSeconds(20), Duration.ofMinutes(5)))
                .isTrue();
    }

    public void noteLate() {
        answers.noteLate(lease.orElseThrow(), unknown());
    }

    /** Over another connection. */
    public void settleAsUnknownWith(JdbcClient other) {
        new CheckbackAnswerStore(other)
                .settle(lease.orElseThrow(), unknown(), Duration.ofSeconds(20), Duration.ofMinutes(5));
    }

    /** Over another connection. */
    public void noteLateWith(JdbcClient other) {
        new CheckbackAnswerStore(other).noteLate(lease.orElseThrow(), late());
    }

    private SortedMap<MessageId, String> late() {
        var late = unknown();
        late.replaceAll((id, answer) -> "COMMITTED");
        return late;
    }

    private SortedMap<MessageId, String> unknown() {
        var unknown = new TreeMap<MessageId, String>();
        lease.orElseThrow().ids().forEach(id -> unknown.put(id, "UNKNOWN"));
        return unknown;
    }
}

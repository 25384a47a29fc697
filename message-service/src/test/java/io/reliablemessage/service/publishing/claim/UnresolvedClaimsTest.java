package io.reliablemessage.service.publishing.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import io.reliablemessage.service.model.MessageId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a transaction claimed whose answer was lost is given back, and nothing that others claimed since. */
@Tag("ledger")
class UnresolvedClaimsTest {

    private final Service service = Service.shared();
    private final MessageFlow route = service.newRoute();
    private final UnresolvedClaimStore store = new UnresolvedClaimStore(service.jdbc());

    @Test
    void whatWasDecidedIsDueAgainAndWasNeverSent() {
        var id = route.confirmed();

        assertThat(giveBack(id, Duration.ZERO)).isOne();

        assertThat(delivery(id).path("attempts").asInt()).isZero();
        assertThat(delivery(id).path("sentAt").isMissingNode()
                        || delivery(id).path("sentAt").isNull())
                .isTrue();
    }

    @Test
    void whatWasClaimedLaterStays() {
        var id = route.confirmed();

        assertThat(giveBack(id, Duration.ofMinutes(1))).isZero();

        assertThat(delivery(id).path("attempts").asInt()).isOne();
    }

    @Test
    void whatWasAcknowledgedOrSentOnceMoreStays() {
        var acknowledged = route.confirmed();
        route.ack(acknowledged).is(200);
        var sentAgain = route.confirmed();
        service.jdbc()
                .sql("UPDATE delivery SET attempts = 2 WHERE message_id = :id::uuid")
                .param("id", sentAgain)
                .update();

        assertThat(giveBack(acknowledged, Duration.ZERO)).isZero();
        assertThat(giveBack(sentAgain, Duration.ZERO)).isZero();
    }

    private int giveBack(String id, Duration since) {
        return store.giveBack(List.of(Doubtful.decided(MessageId.of(id))), since);
    }

    private JsonNode delivery(String id) {
        return service.as(Key.PRODUCER).get("/messages/" + id).body().at("/deliveries/0");
    }
}

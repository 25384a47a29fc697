package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.DeliveryFixture.consumed;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.dead;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.rejected;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.sending;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.page.Formats;
import io.reliablemessage.api.MessageView.Checkbacks;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message in a list: one number, one time and one error for all of its deliveries. */
class RowTest {

    private static final Instant SOON = Formats.NOW.plusSeconds(60);
    private static final Instant LATER = Formats.NOW.plusSeconds(3_600);

    @ParameterizedTest
    @CsvSource(textBlock = """
            00000000-0000-7000-8000-000000000000, 1970-01-01T00:00:00.001Z
            0192f0c1-2340-7000-8000-000000000000, 2024-11-03T06:40:42.305Z
            0192F0C1-2340-7FFF-BFFF-FFFFFFFFFFFF, 2024-11-03T06:40:42.305Z
            """)
    void newerMessagesAreThoseAfterItsMillisecond(String id, Instant after) {
        assertThat(row(MessageFixture.dead().id(id)).after()).isEqualTo(after);
    }

    @Test
    void theAttemptsAreThoseOfTheDeliveryThatTookMost() {
        var message = MessageFixture.dead()
                .deliveries(
                        consumed("stock").attempts(1).build(),
                        dead("points").attempts(12).build(),
                        sending("mail").attempts(3).build());

        assertThat(row(message).attempts()).isEqualTo(12);
        assertThat(row(MessageFixture.pending(5)).attempts()).isZero();
    }

    @Test
    void whatIsNextIsTheEarliestOfItsDeliveries() {
        var message = MessageFixture.sending()
                .deliveries(
                        consumed("stock").build(),
                        sending("points").nextAt(LATER).build(),
                        sending("mail").nextAt(SOON).build());

        assertThat(row(message).nextAt()).isEqualTo(SOON);
    }

    @Test
    void whatIsNextForAnUndecidedMessageIsItsAsk() {
        assertThat(row(MessageFixture.pending(2).checkbacks(new Checkbacks(2, SOON, null)))
                        .nextAt())
                .isEqualTo(SOON);
    }

    @Test
    void aDecidedMessageIsNotAskedForAgain() {
        var message = MessageFixture.sending()
                .checkbacks(new Checkbacks(2, SOON, "UNKNOWN"))
                .deliveries(sending("points").nextAt(LATER).build());

        assertThat(row(message).nextAt()).isEqualTo(LATER);
    }

    @Test
    void nothingComesAfterTheEnd() {
        assertThat(row(MessageFixture.dead()).nextAt()).isNull();
        assertThat(row(MessageFixture.consumed()).nextAt()).isNull();
        assertThat(row(MessageFixture.cancelled()).nextAt()).isNull();
        assertThat(row(MessageFixture.pending(0).checkbacks(null)).nextAt()).isNull();
        assertThat(row(MessageFixture.pending(0).checkbacks(new Checkbacks(0, null, null)))
                        .nextAt())
                .isNull();
    }

    @Test
    void theErrorIsTheFirstThatThereIs() {
        var message = MessageFixture.dead()
                .deliveries(
                        consumed("stock").build(),
                        rejected("mail").lastError("the account is closed").build(),
                        dead("points").lastError("no ack").build());

        assertThat(row(message).error()).isEqualTo("the account is closed");
    }

    @Test
    void withoutAnErrorThereIsNone() {
        assertThat(row(MessageFixture.consumed()).error()).isNull();
        assertThat(row(MessageFixture.pending(1)).error()).isNull();
    }

    @Test
    void aListKeepsTheServicesOrder() {
        var rows = Row.of(List.of(
                MessageFixture.dead().id(Fixtures.OTHER_MESSAGE_ID).build(),
                MessageFixture.consumed().id(Fixtures.MESSAGE_ID).build()));

        assertThat(rows)
                .extracting(row -> row.message().id())
                .containsExactly(Fixtures.OTHER_MESSAGE_ID, Fixtures.MESSAGE_ID);
    }

    private static Row row(MessageFixture message) {
        return new Row(message.build());
    }
}

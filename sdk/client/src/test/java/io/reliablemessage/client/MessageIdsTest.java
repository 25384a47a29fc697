package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    @Test
    void carryTheTimeTheyWereMade() {
        var before = Instant.now().toEpochMilli();

        var id = UUID.fromString(MessageIds.next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        // the clock of the ids and the one that is shown here may drift apart a little
        assertThat(id.getMostSignificantBits() >>> 16)
                .isBetween(before - 1_000, Instant.now().toEpochMilli() + 1_000);
    }

    @Test
    void comeInOrderAndNeverTwice() {
        var ids = Stream.generate(MessageIds::next).limit(10_000).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void areNeverTwiceAcrossThreads() {
        var ids = Stream.generate(() -> 0)
                .limit(20_000)
                .parallel()
                .map(i -> MessageIds.next())
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
    }
}

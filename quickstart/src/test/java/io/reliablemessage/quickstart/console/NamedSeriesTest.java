package io.reliablemessage.quickstart.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.quickstart.console.NamedSeries.Series;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody exports is noticed. */
class NamedSeriesTest {

    private static final List<Series> EXPORTED = Series.of("""
            # HELP reliable_message_publishes_total What became of sends
            reliable_message_publishes_total{application="message-service",outcome="confirmed"} 7.0
            reliable_message_publishes_total{application="message-service",outcome="nacked"} 0.0
            jvm_threads_live_threads 42.0
            """).toList();

    @Test
    void whatIsExportedIsNotMissing() {
        var query = """
                sum by (outcome, instance) (rate(reliable_message_publishes_total{application="message-service",
                namespace=~"$namespace", outcome=~"confirmed|nacked"}[5m])) / max(jvm_threads_live_threads)""";

        assertThat(missing(query)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '~', textBlock = """
            reliable_message_sends_total > 0                                 → reliable_message_sends_total
            reliable_message_publishes_total{group="x"}                       → reliable_message_publishes_total{group=x}
            reliable_message_publishes_total{outcome="lost"}                 → reliable_message_publishes_total{outcome=lost}
            rate(reliable_message_publishes_total{outcome=~"nacked|lost"}[5m]) → reliable_message_publishes_total{outcome=lost}
            reliable_message_publishes_total{group=~".*"}                     → reliable_message_publishes_total{group=}
            max by (group) (jvm_threads_live_threads)                         → [jvm_threads_live_threads] by (group)
            vector(1)                                                        → no metric in vector(1)
            """)
    void whatIsNotExportedIsMissing(String query, String missing) {
        assertThat(missing(query)).containsExactly(missing);
    }

    private static Set<String> missing(String query) {
        return new NamedSeries(query).missingFrom(EXPORTED);
    }
}

package io.reliablemessage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetricsTableTest {

    @Test
    void saysEachMetricOnceWithItsLabelsAndTheValuesThatAreKnown() {
        var table = MetricsTable.of("""
                # HELP jvm_threads_live_threads Somebody else's
                # TYPE jvm_threads_live_threads gauge
                jvm_threads_live_threads 31.0
                # HELP reliable_message_group_commit_write_seconds How long a batch took
                # TYPE reliable_message_group_commit_write_seconds histogram
                reliable_message_group_commit_write_seconds_bucket{application="a",group="receipt",le="0.5"} 1
                reliable_message_group_commit_write_seconds_count{application="a",group="receipt"} 1
                reliable_message_group_commit_write_seconds_sum{application="a",group="intake"} 0.25
                # HELP reliable_message_group_commit_write_seconds_max How long a batch took
                # TYPE reliable_message_group_commit_write_seconds_max gauge
                reliable_message_group_commit_write_seconds_max{application="a",group="receipt"} 0.25
                # HELP reliable_message_sent_total Sends
                # TYPE reliable_message_sent_total counter
                reliable_message_sent_total{subscription="points"} 3.0
                """);

        assertThat(table).isEqualTo("""
                | metric | type | unit | labels | description |
                |---|---|---|---|---|
                | `reliable_message_group_commit_write_seconds` | histogram | seconds | `group`: `intake`, `receipt` | How long a batch took |
                | `reliable_message_sent_total` | counter |  | `subscription` | Sends |
                """);
    }

    @Test
    void wantsADescriptionOfEach() {
        assertThatThrownBy(() -> MetricsTable.of("""
                # HELP reliable_message_dead
                # TYPE reliable_message_dead gauge
                reliable_message_dead 1.0
                """)).hasMessage("reliable_message_dead has no description");
    }
}

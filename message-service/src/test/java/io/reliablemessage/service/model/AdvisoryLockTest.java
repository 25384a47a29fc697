package io.reliablemessage.service.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.testing.Project;
import org.junit.jupiter.api.Test;

class AdvisoryLockTest {

    @Test
    void dropDayTakesTheLockOfTheCountsOfCauses() {
        assertThat(Project.text("message-service/src/main/resources/db/message-service/V1__ledger.sql"))
                .contains("pg_advisory_xact_lock(%d)".formatted(AdvisoryLock.CAUSE_COUNTS.number()));
    }
}

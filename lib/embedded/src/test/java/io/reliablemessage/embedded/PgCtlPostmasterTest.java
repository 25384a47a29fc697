package io.reliablemessage.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Used on Windows only, but it runs everywhere. */
class PgCtlPostmasterTest {

    @Test
    void startsAndStops(@TempDir Path root) {
        var binaries = PostgresBinaries.ofThisPlatform();
        try (var directory = PostgresDirectory.kept(root)) {
            directory.initialize(binaries);
            var settings = PostgresStart.settings(PostgresStart.freePort(), List.of());
            var postmaster = PgCtlPostmaster.start(directory, binaries, settings);
            assertThat(postmaster.isAlive()).isTrue();

            postmaster.stop();

            assertThat(postmaster.isAlive()).isFalse();
        }
    }
}

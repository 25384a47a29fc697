package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine dies in the middle. */
@Tag("faults")
class KillTest {

    @Test
    void deliversAfterAKillWhatWasConfirmedBefore(@TempDir Path directory) {
        try (var doomed = start(directory, "--shop.consuming=false")) {
            var shop = ShopFront.of(doomed);
            assertThat(shop.place("K-1", 100)).isEqualTo(201);
            assertThat(shop.get("/orders/K-1")).contains("\"messageState\":\"SENDING\"");

            doomed.kill(); // the embedded broker, and all it held, with it
        }

        try (var revived = start(directory)) {
            var shop = ShopFront.of(revived);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(shop.get("/orders/K-1")).contains("\"messageState\":\"CONSUMED\""));
            assertThat(shop.get("/points/ann")).contains("\"points\":10,");
            assertThat(shop.get("/stock/K-1")).contains("\"parcels\":1");
        }
    }

    /** In the third scenario nobody has confirmed yet; in the fifth nobody but the stock service is missing. */
    @Test
    @SuppressWarnings("try") // held open
    void endsAfterTwoKillsTheScenariosThatTheyInterrupted(@TempDir Path directory) {
        var third = killedAfter("Scenario 3:.* committed ", directory);
        var fifth = killedAfter("Scenario 5:.* consumed    by points", directory);

        try (var revived = start(directory)) {
            var databases = Databases.keptIn(directory.resolve("data"));
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                new Played(third, databases).hasEffectsOnce(3, 20);
                new Played(fifth, databases).hasEffectsOnce(5, 40);
            });
        }
    }

    private static String killedAfter(String moment, Path directory) {
        try (var doomed = QuickstartJvm.start(directory).awaitOutput(moment)) {
            doomed.kill();
            return doomed.output();
        }
    }

    private static QuickstartJvm start(Path directory, String... arguments) {
        var all = new ArrayList<>(List.of("--quickstart.scenarios=false"));
        all.addAll(List.of(arguments));
        return QuickstartJvm.start(directory, all.toArray(String[]::new)).awaitReady();
    }
}

package io.reliablemessage.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine dies between a confirmation and its delivery. */
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

    private static QuickstartJvm start(Path directory, String... arguments) {
        var all = new ArrayList<>(List.of("--quickstart.stories=false", "--shop.schedule=1s"));
        all.addAll(List.of(arguments));
        return QuickstartJvm.start(directory, all.toArray(String[]::new)).awaitReady();
    }
}

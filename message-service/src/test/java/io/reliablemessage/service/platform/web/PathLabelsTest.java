package io.reliablemessage.service.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.reliablemessage.service.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathLabelsTest {

    private final Service service = Service.shared();

    @Test
    void callsAreLabelledAsTheDescriptionSays() {
        var route = service.newRoute();
        route.ack(route.confirmed()).is(200);

        // a call is recorded after its answer
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(uris())
                        .contains(
                                "/messages/prepare", "/messages/{id}/confirm", "/messages/{id}/ack", "/topics/{name}"));
        assertThat(uris()).allSatisfy(uri -> assertThat(uri).doesNotContain(":", "["));
    }

    private List<String> uris() {
        return service.bean(MeterRegistry.class).find("http.server.requests").meters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag("uri")))
                .toList();
    }
}

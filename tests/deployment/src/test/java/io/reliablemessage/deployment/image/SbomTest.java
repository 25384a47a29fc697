package io.reliablemessage.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.deployment.Application;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SbomTest {

    @ParameterizedTest
    @EnumSource
    void eachApplicationSaysWhatItIsMadeOf(Application application) throws Exception {
        var bill = billOf(application);

        assertThat(bill.at("/metadata/component/name").asString()).isEqualTo(application.id());
        assertThat(bill.findValuesAsString("purl"))
                .anyMatch(purl -> purl.startsWith("pkg:maven/org.springframework.boot/spring-boot@"))
                .noneMatch(purl -> purl.contains("/junit"));
        assertThat(application.settings().getProperty("management.endpoints.web.exposure.include"))
                .contains("sbom");
    }

    @ParameterizedTest
    @EnumSource
    void theSameSourcesGiveTheSameBill(Application application) throws Exception {
        var bill = billOf(application);

        assertThat(bill.has("serialNumber")).as("a random number").isFalse();
        assertThat(bill.at("/metadata/timestamp").asString("2026-11-21T00:00:00Z"))
                .isEqualTo("2026-11-21T00:00:00Z");
    }

    private static JsonNode billOf(Application application) throws ClassNotFoundException, IOException {
        var own = Class.forName(application.mainClass())
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        var files =
                Collections.list(SbomTest.class.getClassLoader().getResources("META-INF/sbom/application.cdx.json"));
        var file = files.stream()
                .filter(bill -> bill.toString().contains(own))
                .findFirst()
                .orElseThrow();
        try (var in = file.openStream()) {
            return JsonMapper.shared().readTree(in);
        }
    }
}

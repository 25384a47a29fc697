package io.reliablemessage.service.platform;

import io.reliablemessage.service.Api;
import io.reliablemessage.service.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DumpTest {
    @Test
    void dump() throws Exception {
        var yaml = Service.shared().asNobody().get("/v3/api-docs.yaml");
        Files.writeString(Path.of("/tmp/p/openapi.yaml"), yaml.body().asString());
        System.out.println(Api.exchange(Service.shared().asNobody().request("/swagger-ui.html").GET()));
        System.out.println(Api.exchange(Service.shared().asNobody().request("/swagger-ui/index.html").GET()));
        System.out.println(Api.exchange(Service.shared().asNobody().request("/v3/api-docs/swagger-config").GET()));
        System.out.println(Api.exchange(Service.shared().asNobody().request("/actuator/health/readiness").GET()));
    }
}

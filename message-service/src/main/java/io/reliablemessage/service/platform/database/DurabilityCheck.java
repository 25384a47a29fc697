package io.reliablemessage.service.platform.database;

import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** "Stored" has to mean stored: without these settings an acknowledged message can be gone after a power loss. */
@Component
@NeedsDatabaseAtStartup
class DurabilityCheck implements InitializingBean {

    private static final Map<String, List<String>> REQUIRED = Map.of(
            "fsync", List.of("on"),
            "full_page_writes", List.of("on"),
            "synchronous_commit", List.of("on", "remote_apply"));

    private final JdbcClient jdbc;

    DurabilityCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void afterPropertiesSet() {
        REQUIRED.forEach((setting, safe) -> {
            var actual = jdbc.sql("SELECT current_setting(:setting)")
                    .param("setting", setting)
                    .query(String.class)
                    .single();
            if (!safe.contains(actual)) {
                throw new UnsafeSetting(
                        "PostgreSQL runs with %s=%s; an acknowledged message could be lost.".formatted(setting, actual),
                        "Set %s to %s in postgresql.conf (or remove it from the role or database) and restart the service."
                                .formatted(setting, String.join(" or ", safe)));
            }
        });
    }
}

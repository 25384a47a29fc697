package io.reliablemessage.quickstart.launch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the quickstart itself, under {@code quickstart}.
 *
 * @param data where everything is kept: the embedded PostgreSQL and the API keys; relative to the working directory
 * @param stories whether the stories are played at the start
 * @param endsWithParent stops when the process that started it is gone, as a killed Maven
 */
record QuickstartProperties(
        @DefaultValue("data") String data,
        @DefaultValue("true") boolean stories,
        @DefaultValue("false") boolean endsWithParent,
        @DefaultValue Ports ports) {

    Path directory() {
        return Path.of(data).toAbsolutePath().normalize();
    }
}

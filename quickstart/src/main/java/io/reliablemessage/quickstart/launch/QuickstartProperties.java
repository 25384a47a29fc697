package io.reliablemessage.quickstart.launch;

import java.nio.file.Path;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the quickstart itself, under {@code quickstart}.
 *
 * @param data the directory of the embedded PostgreSQL and the API keys; relative to the working directory
 * @param scenarios whether the scenarios are played at the start
 * @param endsWithParent stops when its parent process ends, such as a killed Maven
 */
record QuickstartProperties(
        @DefaultValue("data") String data,
        @DefaultValue("true") boolean scenarios,
        @DefaultValue("false") boolean endsWithParent,
        @DefaultValue Ports ports) {

    Path directory() {
        return Path.of(data).toAbsolutePath().normalize();
    }
}

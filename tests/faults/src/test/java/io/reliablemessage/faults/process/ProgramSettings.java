package io.reliablemessage.faults.process;

import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The settings of a {@link Program}. */
public record ProgramSettings(int port, Map<String, String> values) {

    private static final String PORT = "--server.port=";

    /** Reads the command line and the environment. */
    public static ProgramSettings of(String... args) {
        var port = 0;
        for (var arg : args) {
            if (arg.startsWith(PORT)) {
                port = Integer.parseInt(arg.substring(PORT.length()));
            }
        }
        var values = new JsonMapper()
                .readValue(System.getenv(Program.SETTINGS), new TypeReference<Map<String, String>>() {});
        return new ProgramSettings(port, values);
    }

    public String text(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    public int number(String name) {
        return Integer.parseInt(text(name));
    }
}

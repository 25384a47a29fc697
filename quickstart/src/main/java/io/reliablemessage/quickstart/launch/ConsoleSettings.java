package io.reliablemessage.quickstart.launch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Settings of the console: the service, and a user of each role, all with one password. */
record ConsoleSettings(ApiKeys keys, Ports ports) {

    static final List<String> USERS = List.of("viewer", "operator", "lead", "admin");

    private static final String PREFIX = "message-admin-ui";

    /** Cheap: nobody guesses 64 random bits. */
    private static final int STRENGTH = 4;

    Map<String, String> all() {
        var settings = new LinkedHashMap<String, String>();
        settings.put(PREFIX + ".service-url", ports.address("message-service").toString());
        settings.put(PREFIX + ".api-key", keys.value(ApiKeys.Name.CONSOLE_KEY));
        settings.put(PREFIX + ".environment", "quickstart");
        settings.put(PREFIX + ".environment-color", "green");
        var password = new BCryptPasswordEncoder(STRENGTH).encode(keys.value(ApiKeys.Name.CONSOLE_PASSWORD));
        for (int i = 0; i < USERS.size(); i++) {
            var user = PREFIX + ".login.users[" + i + "]";
            settings.put(user + ".name", USERS.get(i));
            settings.put(user + ".role", USERS.get(i));
            settings.put(user + ".password", password);
        }
        return settings;
    }
}

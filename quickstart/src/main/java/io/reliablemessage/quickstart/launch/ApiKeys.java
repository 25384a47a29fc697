package io.reliablemessage.quickstart.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The generated secrets, kept in {@code keys.env} for {@code curl} and for the next start. */
final class ApiKeys {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** The names of secrets in the file; an API key also has its application and its roles. */
    enum Name {
        PRODUCER_KEY("shop", "PRODUCER"),
        CONSUMER_KEY("points", "CONSUMER"),
        STOCK_KEY("stock", "CONSUMER"),
        MY_APP_KEY(Newcomer.APPLICATION, "PRODUCER,CONSUMER"),
        WORKER_KEY("workers", "WORKER"),
        OPERATOR_KEY("operations", "OPERATOR"),
        ADMIN_KEY("operations", "ADMIN"),
        CONSOLE_KEY("console", "CONSOLE"),
        /** The password of the console's users. */
        CONSOLE_PASSWORD(null, ""),
        /** The newcomer's, at the broker. */
        BROKER_PASSWORD(null, ""),
        /** Signs the check-backs of the shop. */
        CHECK_SECRET(null, ""),
        /** Encrypts the secret above in the ledger. */
        SEALING_KEY(null, "");

        private final @Nullable String application;
        private final String role;

        Name(@Nullable String application, String role) {
            this.application = application;
            this.role = role;
        }
    }

    private final Map<Name, String> values;

    private ApiKeys(Map<Name, String> values) {
        this.values = values;
    }

    static Path fileIn(Path directory) {
        return directory.resolve("keys.env");
    }

    static ApiKeys keptIn(Path directory) {
        var file = new EnvFile(fileIn(directory));
        var kept = file.read();
        var values = new EnumMap<Name, String>(Name.class);
        for (var name : Name.values()) {
            values.put(name, Objects.requireNonNullElseGet(kept.get(name.name()), () -> generated(name)));
        }
        file.set(named(values));
        return new ApiKeys(values);
    }

    String value(Name name) {
        return Objects.requireNonNull(values.get(name));
    }

    /**
     * Settings that register the applications and their keys.
     *
     * @param checkUrl the check URL of the shop, which also registers it itself; here it repairs the ledger of a user's
     *     own PostgreSQL whose key was lost with the data directory
     */
    Map<String, String> registry(String checkUrl) {
        var byApplication = new LinkedHashMap<String, List<Name>>();
        for (var name : Name.values()) {
            if (name.application != null) {
                byApplication
                        .computeIfAbsent(name.application, application -> new ArrayList<>())
                        .add(name);
            }
        }
        var settings = sealing();
        var applications = List.copyOf(byApplication.keySet());
        for (int a = 0; a < applications.size(); a++) {
            var application = "message-service.registry.applications[" + a + "]";
            settings.put(application + ".name", applications.get(a));
            if (applications.get(a).equals(Name.PRODUCER_KEY.application)) {
                settings.put(application + ".check-url", checkUrl);
                settings.put(application + ".check-secret", value(Name.CHECK_SECRET));
            }
            var names = byApplication.getOrDefault(applications.get(a), List.of());
            for (int k = 0; k < names.size(); k++) {
                settings.put(application + ".keys[" + k + "].value", value(names.get(k)));
                settings.put(application + ".keys[" + k + "].roles", names.get(k).role);
            }
        }
        return settings;
    }

    private Map<String, String> sealing() {
        var key = value(Name.SEALING_KEY);
        var id = "quickstart-" + UUID.nameUUIDFromBytes(key.getBytes(US_ASCII)); // another key, another id
        var settings = new LinkedHashMap<String, String>();
        settings.put("message-service.registry.secret-keys[0].id", id);
        settings.put("message-service.registry.secret-keys[0].value", key);
        return settings;
    }

    private static Map<String, String> named(Map<Name, String> values) {
        var named = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> named.put(name.name(), value));
        return named;
    }

    private static String generated(Name name) {
        var base64 = Base64.getEncoder();
        return switch (name) {
            case CHECK_SECRET -> "whsec_" + base64.encodeToString(random(32));
            case CONSOLE_PASSWORD -> HexFormat.of().formatHex(random(8)); // is typed
            case SEALING_KEY -> base64.encodeToString(random(32));
            default -> HexFormat.of().formatHex(random(24));
        };
    }

    private static byte[] random(int length) {
        var secret = new byte[length];
        RANDOM.nextBytes(secret);
        return secret;
    }
}

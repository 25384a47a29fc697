package io.reliablemessage.quickstart.launch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The generated secrets, kept in {@code keys.env} for {@code curl} and for the next start. */
final class ApiKeys {

    private static final Pattern LINE = Pattern.compile("([A-Z_]+)=(\\S+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The names of secrets in the file; an API key also has its application and roles. */
    enum Name {
        PRODUCER_KEY("shop", "PRODUCER"),
        CONSUMER_KEY("points", "CONSUMER"),
        STOCK_KEY("stock", "CONSUMER"),
        WORKER_KEY("workers", "WORKER"),
        OPERATOR_KEY("operations", "OPERATOR"),
        ADMIN_KEY("operations", "ADMIN"),
        CONSOLE_KEY("console", "CONSOLE"),
        /** The password of the console's users. */
        CONSOLE_PASSWORD(null, ""),
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
        try {
            var file = fileIn(directory);
            var values = read(file);
            if (values.size() < Name.values().length) {
                for (var name : Name.values()) {
                    values.computeIfAbsent(name, ApiKeys::generated);
                }
                write(values, file);
            }
            return new ApiKeys(values);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the API keys in " + directory, e);
        }
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

    private static Map<Name, String> read(Path file) throws IOException {
        var values = new EnumMap<Name, String>(Name.class);
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var key = LINE.matcher(line.strip());
                if (key.matches()) {
                    values.put(Name.valueOf(key.group(1)), key.group(2));
                }
            }
        }
        return values;
    }

    /** At once and for its owner only; a crash leaves the old file or the new one. */
    private static void write(Map<Name, String> values, Path file) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("# Keys of the quickstart. In a shell: . " + file.getFileName());
        values.forEach((name, value) -> lines.add(name + "=" + value));
        var unfinished = file.resolveSibling("keys.env.unfinished");
        Files.deleteIfExists(unfinished);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(unfinished, lines);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

package io.reliablemessage.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The generated API keys, kept in {@code keys.env} for {@code curl} and for the next start. */
final class ApiKeys {

    private static final Pattern LINE = Pattern.compile("([A-Z_]+)=(\\S+)");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a key is called in the file, whose it is, and what it may do. */
    enum Name {
        PRODUCER_KEY("shop", "PRODUCER"),
        CONSUMER_KEY("points", "CONSUMER"),
        STOCK_KEY("stock", "CONSUMER"),
        WORKER_KEY("workers", "WORKER"),
        OPERATOR_KEY("operations", "OPERATOR"),
        ADMIN_KEY("operations", "ADMIN"),
        CONSOLE_KEY("console", "CONSOLE");

        private final String application;
        private final String role;

        Name(String application, String role) {
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
                    values.computeIfAbsent(name, key -> generated());
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

    /** Settings that make the message service know the applications and their keys. */
    Map<String, String> registry() {
        var byApplication = new LinkedHashMap<String, List<Name>>();
        for (var name : Name.values()) {
            byApplication
                    .computeIfAbsent(name.application, application -> new ArrayList<>())
                    .add(name);
        }
        var settings = new LinkedHashMap<String, String>();
        var applications = List.copyOf(byApplication.keySet());
        for (int a = 0; a < applications.size(); a++) {
            var application = "reliable-message.registry.applications[" + a + "]";
            settings.put(application + ".name", applications.get(a));
            var names = byApplication.getOrDefault(applications.get(a), List.of());
            for (int k = 0; k < names.size(); k++) {
                settings.put(application + ".keys[" + k + "].value", value(names.get(k)));
                settings.put(application + ".keys[" + k + "].roles", names.get(k).role);
            }
        }
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
        lines.add("# API keys of the quickstart. In a shell: . " + file.getFileName());
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

    private static String generated() {
        var secret = new byte[24];
        RANDOM.nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }
}

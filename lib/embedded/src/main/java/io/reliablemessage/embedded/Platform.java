package io.reliablemessage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The differences between operating systems. */
final class Platform {

    private Platform() {}

    static boolean isWindows() {
        return os().equals("windows");
    }

    /** Such as {@code linux-x86_64}: how the archives of PostgreSQL binaries are named. */
    static String name() {
        var architecture = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64", "x64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch");
        };
        // Windows on ARM runs programs for the other architecture; no others are published.
        return os() + "-" + (isWindows() ? "x86_64" : architecture);
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody, and still the
     * owner of its files.
     */
    static List<String> withoutRoot() {
        return isRoot() ? List.of("unshare", "--user") : List.of();
    }

    private static boolean isRoot() {
        try {
            return os().equals("linux")
                    && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    private static String os() {
        var name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return "windows";
        }
        return name.startsWith("mac") ? "darwin" : "linux";
    }
}

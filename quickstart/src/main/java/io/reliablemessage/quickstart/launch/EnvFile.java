package io.reliablemessage.quickstart.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Shell variables in a file for its owner only. What the user added stays as it is. */
record EnvFile(Path path) {

    private static final Pattern LINE = Pattern.compile("([A-Z_]+)=(\\S+)");

    Map<String, String> read() {
        var values = new LinkedHashMap<String, String>();
        for (var line : lines()) {
            var variable = LINE.matcher(line.strip());
            if (variable.matches()) {
                values.put(variable.group(1), variable.group(2));
            }
        }
        return values;
    }

    /** Changes the lines of these variables and adds those that are missing. */
    void set(Map<String, String> values) {
        var before = lines();
        var lines = new ArrayList<>(before);
        if (lines.isEmpty()) {
            lines.add("# Keys of the quickstart. In a shell: . " + path.getFileName());
        }
        values.forEach((name, value) -> set(name, name + "=" + value, lines));
        if (!lines.equals(before)) {
            write(lines);
        }
    }

    private static void set(String name, String line, List<String> lines) {
        lines.replaceAll(each -> each.strip().startsWith(name + "=") ? line : each);
        if (!lines.contains(line)) {
            lines.add(line);
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the keys in " + path, e);
        }
    }

    private void write(List<String> lines) {
        try {
            replace(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep the keys in " + path, e);
        }
    }

    /** At once; a crash leaves the old file or the new one. */
    private void replace(List<String> lines) throws IOException {
        var unfinished = path.resolveSibling(path.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(unfinished, lines);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

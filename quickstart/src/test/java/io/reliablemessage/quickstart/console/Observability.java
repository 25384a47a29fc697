package io.reliablemessage.quickstart.console;

import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** What operators of the four applications are given to import. */
public final class Observability {

    private static final Path DIRECTORY = Project.file("observability");
    // An expression on one line, or folded over the lines that are indented deeper than its name.
    private static final Pattern EXPRESSION =
            Pattern.compile("^( +)expr: (?:>-\\n((?:\\1 +.*\\n)+)|(.*))", Pattern.MULTILINE);

    private Observability() {}

    /** The queries of alerts. */
    public static List<String> alerts() throws IOException {
        var rules = Files.readString(DIRECTORY.resolve("rules/reliable-message.yml"));
        return EXPRESSION
                .matcher(rules)
                .results()
                .map(expression -> expression.group(2) == null ? expression.group(3) : expression.group(2))
                .toList();
    }

    /** The queries of the dashboard's panels, and of its variables. */
    public static List<String> dashboard() throws IOException {
        var dashboard = JsonMapper.shared()
                .readTree(Files.readString(DIRECTORY.resolve("grafana/dashboards/reliable-message.json")));
        return Stream.concat(dashboard.findValues("expr").stream(), dashboard.findValues("definition").stream())
                .map(query -> query.asString())
                .toList();
    }
}

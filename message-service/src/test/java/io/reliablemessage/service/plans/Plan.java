package io.reliablemessage.service.plans;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The plan of a statement: the parts of the ledger it read by id, the indexes, and the rows of each.
 *
 * @param locksRows whether it has a locking clause
 * @param prunes the conditions by which it leaves out days while it runs, by results of its own; not those by its
 *     parameters, which hold from the beginning
 */
public record Plan(String sql, List<Read> reads, boolean locksRows, List<String> prunes) {

    private static final Pattern PARTITION = Pattern.compile("(?:message|delivery|event)_(\\d{8}).*");

    /** @param rows read, those included that a filter removed */
    public record Read(LocalDate day, String index, double rows) {}

    // a condition on the partitions' key, with another part of the statement: (id >= (InitPlan 2).col1), (id = r.id)
    private static final Pattern PRUNES = Pattern.compile(
            "\\b(?:message_)?id (?:=|>=|<=|<|>)(?: ANY)? \\(*(?:(?:Init|Sub)Plan \\d|[a-z]\\w*\\.[a-z])");

    static Plan of(JsonNode explained) {
        var reads = new ArrayList<Read>();
        var prunes = new ArrayList<String>();
        var plan = explained.path("Plan");
        collect(plan, reads);
        collectPruning(plan, prunes);
        return new Plan(explained.path("Query Text").asString(), reads, locksRows(plan), prunes);
    }

    private static boolean locksRows(JsonNode node) {
        return node.path("Node Type").asString("").equals("LockRows")
                || node.path("Plans").valueStream().anyMatch(Plan::locksRows);
    }

    private static void collectPruning(JsonNode node, List<String> prunes) {
        if (PARTITION.matcher(node.path("Relation Name").asString("")).matches()) {
            for (var condition : List.of("Index Cond", "Recheck Cond", "Filter")) {
                var text = node.path(condition).asString("");
                if (PRUNES.matcher(text).find()) {
                    prunes.add(text);
                }
            }
        }
        node.path("Plans").forEach(child -> collectPruning(child, prunes));
    }

    private static void collect(JsonNode node, List<Read> reads) {
        if (isSearchForWhatIsDue(node) || node.path("Actual Loops").asDouble() == 0) {
            return;
        }
        var index = node.path("Index Name").asString("");
        var partition =
                PARTITION.matcher(index.isEmpty() ? node.path("Relation Name").asString("") : index);
        if (partition.matches() && !node.path("Node Type").asString().equals("ModifyTable")) {
            var day = LocalDate.parse(partition.group(1), DateTimeFormatter.BASIC_ISO_DATE);
            reads.add(new Read(day, index, rows(node)));
        }
        node.path("Plans").forEach(child -> collect(child, reads));
    }

    /** The one thing the partial indexes are for. */
    private static boolean isSearchForWhatIsDue(JsonNode node) {
        return node.path("Subplan Name").asString("").matches("CTE (due|exhausted)");
    }

    private static double rows(JsonNode node) {
        return node.path("Actual Loops").asDouble()
                * (node.path("Actual Rows").asDouble()
                        + node.path("Rows Removed by Filter").asDouble(0)
                        + node.path("Rows Removed by Index Recheck").asDouble(0));
    }
}

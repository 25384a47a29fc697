package io.reliablemessage.service.plans;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The plan of a statement: the parts of the ledger it read by id, the indexes, and the rows of each. */
public record Plan(String sql, List<Read> reads) {

    private static final Pattern PARTITION = Pattern.compile("(?:message|delivery|event)_(\\d{8}).*");

    /** @param rows read, those included that a filter removed */
    public record Read(LocalDate day, String index, double rows) {}

    static Plan of(JsonNode explained) {
        var reads = new ArrayList<Read>();
        collect(explained.path("Plan"), reads);
        return new Plan(explained.path("Query Text").asString(), reads);
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

package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminui.page.Format;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Exports a search's messages for a spreadsheet. */
@Controller
class ExportController {

    private static final int MAX_ROWS = 10_000;
    private static final int PAGE = 200;

    /** Where a cell would begin that is a formula: the spreadsheet may split at other separators than a comma. */
    private static final Pattern FORMULA =
            Pattern.compile("^(?=[\\t\\r])|(?:^|(?<=[;|\\t\\r\\n])(?!\\n))(?=[\\p{Z}\\p{C}\"]*[=+\\-@＝＋－＠])");

    private static final CSVFormat ALL_QUOTED =
            CSVFormat.EXCEL.builder().setQuoteMode(QuoteMode.ALL).get();

    private final Messages messages;

    ExportController(Messages messages) {
        this.messages = messages;
    }

    @GetMapping("/messages.csv")
    void export(
            @ModelAttribute("filter") Filter filter,
            @ModelAttribute("format") Format format,
            HttpServletResponse response)
            throws IOException {
        var export = rows(filter, format);
        var name = export.isCut ? "messages-first-%d.csv".formatted(MAX_ROWS) : "messages.csv";
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name));
        var writer = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        writer.write('\ufeff'); // so spreadsheets read it as UTF-8
        try (var csv = new CSVPrinter(writer, ALL_QUOTED)) {
            csv.printRecord(
                    "id",
                    "topic",
                    "key",
                    "producer",
                    "state",
                    "suspect",
                    "attempts",
                    "createdAt",
                    "nextAt",
                    "lastError");
            for (var row : export.rows) {
                print(row, csv);
            }
            if (export.isCut) {
                csv.printRecord(format.text("export.cut", format.number(MAX_ROWS)));
            }
        }
    }

    /** All of them before the first is written: a file that was cut off looks like a whole one. */
    private Export rows(Filter filter, Format format) {
        var rows = new ArrayList<Row>();
        String cursor = null;
        do {
            var page = messages.find(filter.toParameters(format), cursor, PAGE);
            rows.addAll(Row.of(page.items()));
            cursor = page.next();
        } while (cursor != null && rows.size() < MAX_ROWS);
        return new Export(rows, cursor != null);
    }

    /** @param isCut more would match */
    private record Export(List<Row> rows, boolean isCut) {}

    private static void print(Row row, CSVPrinter csv) throws IOException {
        var message = row.message();
        csv.printRecord(
                message.id(),
                plain(message.topic()),
                plain(message.key()),
                plain(message.producer()),
                message.state(),
                message.suspect(),
                row.attempts(),
                message.createdAt(),
                row.nextAt(),
                plain(row.error()));
    }

    /** No cell, or part of one, may be taken for a formula by the program that opens it. */
    static @Nullable String plain(@Nullable String cell) {
        return cell == null ? null : FORMULA.matcher(cell).replaceAll("'");
    }
}

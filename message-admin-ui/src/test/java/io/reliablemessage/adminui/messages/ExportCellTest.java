package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of an export are text to the spreadsheet that opens it. */
class ExportCellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"http://evil\")",
                "+1",
                "-1",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "=",
                "-",
                " =1",
                "\u00a0\u3000=1",
                "\u200b=1",
                "\ufeff=1",
                "\"=1",
                "＝1+1",
                "＋1",
                "－1",
                "＠SUM(A1)"
            })
    void whatWouldBeAFormulaIsMarkedAsText(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo("'" + cell);
    }

    /** A spreadsheet that splits at something else sees more cells. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                ";=1+1~;'=1+1",
                "a; =1;b~a;' =1;b",
                "a;\"\"=1~a;'\"\"=1",
                "a|@x~a|'@x",
                "a;＝1~a;'＝1",
                "=1;=2~'=1;'=2"
            })
    void aFormulaBehindASeparatorIsMarkedToo(String cell, String marked) {
        assertThat(ExportController.plain(cell)).isEqualTo(marked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t", "\n", "\r", "\r\n"})
    void aFormulaOnALineOfItsOwnIsMarkedToo(String line) {
        assertThat(ExportController.plain("a" + line + "=1")).isEqualTo("a" + line + "'=1");
        assertThat(ExportController.plain(line + "=1")).startsWith("'").endsWith(line + "'=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A-1",
                "a; b",
                "a;b=1",
                "x -1",
                "a, -1",
                "at A\n\tat B",
                "1=1",
                "order.placed",
                "'=1",
                " x",
                "订单",
                "{=1}",
                "a\nb",
                "\"quoted\""
            })
    void allElseStaysWhatItIs(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo(cell);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void nothingStaysNothing(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo(cell);
    }
}

package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells of an export are text to the spreadsheet that opens it. */
class ExportCellTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "=HYPERLINK(\"http://evil\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=", "-"})
    void whatWouldBeAFormulaIsMarkedAsText(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo("'" + cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A-1", "1=1", "order.placed", "'=1", " x", "订单", "{=1}", "a\nb", "\"quoted\""})
    void allElseStaysWhatItIs(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo(cell);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void nothingStaysNothing(String cell) {
        assertThat(ExportController.plain(cell)).isEqualTo(cell);
    }
}

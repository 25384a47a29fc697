package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.messages.Payload.HexRow;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A message's bytes as a lead looks at them: as a tree, as text, or as they are. */
class PayloadTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":1}               | tree
            [1,2]                 | tree
            {"a":{"b":[]}}        | tree
            {}                    | text
            []                    | text
            "text"                | text
            42                    | text
            null                  | text
            plain text            | text
            {"a":1                | text
            {"a":1} {"b":2}       | text
            <order id="1"/>       | text
            订单已创建              | text
            🍊                    | text
            """)
    void itsUsualFormIsTheOneThatTellsMost(String text, String form) {
        assertThat(payload(text).usualForm()).isEqualTo(form);
    }

    @Test
    void nothingIsAnEmptyText() {
        var empty = Payload.of(Fixtures.content("application/octet-stream", new byte[0]));

        assertThat(empty.usualForm()).isEqualTo("text");
        assertThat(empty.shownText()).isEmpty();
        assertThat(empty.hex()).isEmpty();
        assertThat(empty.isTextCut()).isFalse();
        assertThat(empty.isHexCut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c3", "c328", "e28228", "f0288cbc", "eda080", "c080", "fffe6100", "89504e470d0a1a0a"})
    void whatIsNotUtf8IsShownAsBytes(String hex) {
        var payload = bytes(hex);

        assertThat(payload.usualForm()).isEqualTo("hex");
        assertThat(payload.text()).isNull();
        assertThat(payload.tree()).isNull();
        assertThat(payload.shownText()).isEmpty();
        assertThat(payload.isTextCut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "610062", "1b5b33316d", "07", "7f", "c285", "08"})
    void whatHasControlCharactersIsShownAsBytes(String hex) {
        assertThat(bytes(hex).usualForm()).isEqualTo("hex");
    }

    @Test
    void linesAndTabsAreText() {
        assertThat(payload("a\tb\r\nc\n").usualForm()).isEqualTo("text");
        assertThat(payload("a\tb\r\nc\n").shownText()).isEqualTo("a\tb\r\nc\n");
    }

    @Test
    void theContentTypeIsNotTrusted() {
        var image = Payload.of(Fixtures.content("image/png", "{\"a\":1}"));
        var json =
                Payload.of(Fixtures.content("application/json", HexFormat.of().parseHex("ff00")));

        assertThat(image.usualForm()).isEqualTo("tree");
        assertThat(json.usualForm()).isEqualTo("hex");
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        var chinese = Payload.of(Fixtures.content("text/plain;charset=GBK", "订单".getBytes(Charset.forName("GBK"))));

        assertThat(chinese.usualForm()).isEqualTo("hex");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,       false
            1,       false
            65535,   false
            65536,   false
            65537,   true
            1048576, true
            """)
    void aLongTextIsCut(int length, boolean isCut) {
        var payload = payload("x".repeat(length));

        assertThat(payload.isTextCut()).isEqualTo(isCut);
        assertThat(payload.shownText().length()).isEqualTo(Math.min(length, 65_536));
    }

    @Test
    void aCutDoesNotHalveACharacter() {
        var payload = payload("x".repeat(65_535) + "🍊🍊");

        assertThat(payload.isTextCut()).isTrue();
        assertThat(payload.shownText().equals("x".repeat(65_535)))
                .as("the half is left out")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,       0,   false
            1,       1,   false
            16,      1,   false
            17,      2,   false
            4095,    256, false
            4096,    256, false
            4097,    256, true
            1048576, 256, true
            """)
    void ofManyBytesTheFirstAreShown(int length, int rows, boolean isCut) {
        var payload = Payload.of(Fixtures.content("application/octet-stream", new byte[length]));

        assertThat(payload.hex()).hasSize(rows);
        assertThat(payload.isHexCut()).isEqualTo(isCut);
    }

    @Test
    void bytesAreInRowsOfSixteen() {
        assertThat(payload("0123456789abcdefXYZ").hex())
                .containsExactly(
                        new HexRow("000000", "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66", "0123456789abcdef"),
                        new HexRow("000010", "58 59 5a", "XYZ"));
    }

    @Test
    void whatCannotBePrintedIsADot() {
        assertThat(bytes("001f207e7f80ff0a").hex())
                .containsExactly(new HexRow("000000", "00 1f 20 7e 7f 80 ff 0a", "·· ~····"));
    }

    @Test
    void everyByteIsWrittenInTwoDigits() {
        var all = new byte[256];
        for (int value = 0; value < 256; value++) {
            all[value] = (byte) value;
        }

        var rows = Payload.of(Fixtures.content("application/octet-stream", all)).hex();

        assertThat(rows).hasSize(16).allSatisfy(row -> {
            assertThat(row.bytes()).hasSize(47);
            assertThat(row.characters()).hasSize(16);
        });
        assertThat(rows.getLast().offset()).isEqualTo("0000f0");
        assertThat(rows.getLast().bytes()).endsWith("fe ff");
    }

    @Test
    void markupIsTextLikeAnyOther() {
        assertThat(payload("<script>alert(1)</script>").shownText()).isEqualTo("<script>alert(1)</script>");
        assertThat(payload("<b>").hex()).containsExactly(new HexRow("000000", "3c 62 3e", "<b>"));
    }

    private static Payload payload(String text) {
        return Payload.of(Fixtures.content("text/plain", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Payload bytes(String hex) {
        return Payload.of(
                Fixtures.content("application/octet-stream", HexFormat.of().parseHex(hex)));
    }
}

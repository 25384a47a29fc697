package io.reliablemessage.adminui.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as its producer wrote it, not as some program would understand it. */
class JsonTreeTest {

    @Test
    void anObjectIsABranchOfNamedChildren() {
        assertThat(JsonTree.of("{\"id\":7,\"to\":{\"city\":\"Kathmandu\"},\"items\":[1,true]}"))
                .contains(branch(
                        null,
                        "object",
                        leaf("id", "number", "7"),
                        branch("to", "object", leaf("city", "string", "Kathmandu")),
                        branch("items", "array", leaf(null, "number", "1"), leaf(null, "literal", "true"))));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            12345678901234567890,          12345678901234567890
            1.0,                           1.0
            1.10,                          1.10
            1e400,                         1e400
            1E+2,                          1E+2
            -0,                            -0
            -0.0,                          -0.0
            0.1000000000000000000000000001, 0.1000000000000000000000000001
            9007199254740993,              9007199254740993
            """)
    void numbersKeepTheirDigits(String written, String shown) {
        assertThat(JsonTree.of("[" + written + "]")).contains(branch(null, "array", leaf(null, "number", shown)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null"})
    void literalsAreNoStrings(String literal) {
        assertThat(JsonTree.of("[" + literal + ",\"" + literal + "\"]"))
                .contains(branch(null, "array", leaf(null, "literal", literal), leaf(null, "string", literal)));
    }

    @Test
    void aNameThatIsThereTwiceIsThereTwice() {
        assertThat(JsonTree.of("{\"a\":1,\"a\":2}"))
                .contains(branch(null, "object", leaf("a", "number", "1"), leaf("a", "number", "2")));
    }

    @Test
    void namesKeepTheirOrder() {
        var tree = JsonTree.of("{\"z\":1,\"a\":2,\"m\":3}").orElseThrow();

        assertThat(tree.children()).extracting(JsonTree::name).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "\\u8ba2\\u5355"   | 订单
            "\\ud83c\\udf4a"   | 🍊
            "a\\"b"            | a"b
            "<b>\\/</b>"       | <b>/</b>
            "{0}"              | {0}
            """)
    void stringsAreRead(String written, String shown) {
        assertThat(JsonTree.of("[" + written + "]")).contains(branch(null, "array", leaf(null, "string", shown)));
    }

    @Test
    void anEmptyStringAndAnEmptyNameAreThere() {
        assertThat(JsonTree.of("{\"\":\"\"}")).contains(branch(null, "object", leaf("", "string", "")));
    }

    @Test
    void emptyBranchesAreBranches() {
        assertThat(JsonTree.of("{\"a\":{},\"b\":[]}"))
                .contains(branch(null, "object", branch("a", "object"), branch("b", "array")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "[]",
                "42",
                "\"text\"",
                "null",
                "plain",
                "{",
                "[1,",
                "[1",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "[1,]",
                "{a:1}",
                "{'a':1}",
                "[01]",
                "[NaN]",
                "[Infinity]",
                "[1] trailing",
                "[1][2]",
                "{\"a\":1}{\"b\":2}",
                "// comment\n[1]",
                "[\"unended]",
                "]",
                "<xml/>"
            })
    void whatIsNotJsonOrHasNoChildrenIsNoTree(String text) {
        assertThat(JsonTree.of(text)).isEmpty();
    }

    @Test
    void whitespaceAroundItIsNothing() {
        assertThat(JsonTree.of(" \r\n\t[1]\n ")).contains(branch(null, "array", leaf(null, "number", "1")));
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1998, true", "1999, true", "2000, false", "100000, false"})
    void tooManyValuesAreNoTree(int values, boolean isTree) {
        var text = IntStream.range(0, values).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(JsonTree.of(text).isPresent()).isEqualTo(isTree);
    }

    @ParameterizedTest
    @CsvSource({"10, true", "400, true", "100000, false"})
    void whatIsTooDeepIsNoTreeAndNoStackOverflow(int depth, boolean isTree) {
        var text = "[".repeat(depth) + "1" + "]".repeat(depth);

        assertThat(JsonTree.of(text).isPresent()).isEqualTo(isTree);
    }

    @Test
    void branchesAndLeavesDiffer() {
        assertThat(branch("a", "object").isBranch()).isTrue();
        assertThat(branch("a", "array").isBranch()).isTrue();
        assertThat(leaf("a", "string", "object").isBranch()).isFalse();
        assertThat(leaf("a", "number", "1").isBranch()).isFalse();
        assertThat(leaf("a", "literal", "null").isBranch()).isFalse();
    }

    private static JsonTree leaf(@Nullable String name, String kind, String text) {
        return new JsonTree(name, kind, text, List.of());
    }

    private static JsonTree branch(@Nullable String name, String kind, JsonTree... children) {
        return new JsonTree(name, kind, "", List.of(children));
    }
}

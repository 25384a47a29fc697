package io.reliablemessage.service.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final String CHARACTERS = "a ~\u007f\u009f\u00e9\u4e2d\uffff\ud83d\ude00\ud800\udc00";

    @Test
    void textIsWellFormedWhenItCanBeEncoded() {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++) {
            var text = random.ints(random.nextInt(6), 0, CHARACTERS.length())
                    .collect(
                            StringBuilder::new,
                            (built, place) -> built.append(CHARACTERS.charAt(place)),
                            StringBuilder::append)
                    .toString();

            assertThat(Texts.isWellFormed(text))
                    .as(text)
                    .isEqualTo(UTF_8.newEncoder().canEncode(text));
        }
    }

    @Test
    void textIsSeenWhenOneCharacterOfItIs() {
        assertThat(Texts.isVisible("A-1")).isTrue();
        assertThat(Texts.isVisible(" ~ ")).isTrue();
        assertThat(Texts.isVisible("\u4e2d")).isTrue();
        assertThat(Texts.isVisible("a\u007f")).isFalse();
        assertThat(Texts.isVisible("   ")).isFalse();
        assertThat(Texts.isVisible("")).isFalse();
        for (var unseen : List.of(
                "\u00ad",
                "\u034f",
                "\u115f",
                "\u17b4",
                "\u180b",
                "\u200b",
                "\u2800",
                "\u3164",
                "\ufe0f",
                "\ufeff",
                "\udb40\udd00",
                "\ud834\udd59")) {
            assertThat(Texts.isVisible(unseen))
                    .as(Integer.toHexString(unseen.codePointAt(0)))
                    .isFalse();
            assertThat(Texts.isVisible("a" + unseen)).isTrue();
        }
    }
}

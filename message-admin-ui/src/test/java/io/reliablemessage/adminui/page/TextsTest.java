package io.reliablemessage.adminui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** English and Chinese are equals. */
class TextsTest {

    @Test
    void haveTheSameKeysInBothLanguages() throws Exception {
        assertThat(texts("messages_zh").stringPropertyNames())
                .isEqualTo(texts("messages").stringPropertyNames());
    }

    @Test
    void areNeverEmpty() throws Exception {
        assertThat(texts("messages").values()).noneMatch(text -> text.toString().isBlank());
        assertThat(texts("messages_zh").values())
                .noneMatch(text -> text.toString().isBlank());
    }

    private static Properties texts(String name) throws Exception {
        var texts = new Properties();
        try (var stream = TextsTest.class.getResourceAsStream("/console/" + name + ".properties")) {
            assertThat(stream).as(name).isNotNull();
            texts.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        }
        return texts;
    }
}

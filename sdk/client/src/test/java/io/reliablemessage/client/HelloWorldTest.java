package io.reliablemessage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.api.PrepareRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The least that an application writes, as the documents show it. */
class HelloWorldTest {

    private static void hello(String url, String apiKey) {
        try (var messages = ReliableMessageClient.create(ClientSettings.of(URI.create(url), apiKey))) {
            var hello = messages.prepare(PrepareRequest.of("greetings", "hello-1", Map.of("text", "Hello")));
            messages.confirm(hello.id());
        }
    }

    @Test
    void isPreparedAndConfirmed() {
        try (var service = new StubService().answersEach(StubService::sending)) {
            hello(service.url().toString(), StubService.KEY);

            var ids = service.ids();
            assertThat(ids).hasSize(2);
            assertThat(ids.get(0)).isEqualTo(ids.get(1)).noneMatch(String::isBlank);
            assertThat(service.calls())
                    .extracting(StubService.Call::path)
                    .containsExactly("/messages/prepare", "/messages/confirm");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"getting-started.md", "getting-started.zh-CN.md"})
    void isWhatTheDocumentsShow(String document) throws IOException {
        var lines = lines(Path.of("src/test/java/io/reliablemessage/client/HelloWorldTest.java"));
        var first = lines.indexOf("private static void hello(String url, String apiKey) {") + 1;
        var code = lines.subList(first, lines.indexOf("}") + 1);
        var shown = lines(Path.of("../../docs", document));

        assertThat(code).hasSizeBetween(3, 6);
        assertThat(String.join("\n", shown)).contains(String.join("\n", code));
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(String::strip).toList();
    }
}

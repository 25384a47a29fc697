package io.reliablemessage.client.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.reliablemessage.api.PrepareRequest;
import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonCodecsTest {

    @Test
    void takesTheJacksonThatIsThere() {
        assertThat(TestJson.CODEC.getClass().getSimpleName())
                .isEqualTo(System.getProperty(
                        "expected.codec", TestJson.CODEC.getClass().getSimpleName()));
    }

    @Test
    void saysWhatToAddWhereThereIsNone() throws Exception {
        try (var bare = new URLClassLoader(
                Stream.of(ReliableMessageClient.class, PrepareRequest.class, JsonInclude.class)
                        .map(JsonCodecsTest::jarOf)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader())) {
            var settings = bare.loadClass(ClientSettings.class.getName())
                    .getMethod("of", URI.class, String.class)
                    .invoke(null, URI.create("http://localhost"), "key");
            var create = bare.loadClass(ReliableMessageClient.class.getName()).getMethod("create", settings.getClass());

            assertThatThrownBy(() -> create.invoke(null, settings))
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tools.jackson.core:jackson-databind")
                    .hasMessageContaining("com.fasterxml.jackson.core:jackson-databind")
                    .hasMessageContaining("ClientSettings.withJson");
        }
    }

    private static URL jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}

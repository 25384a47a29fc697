package io.reliablemessage.service.checkback;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.service.Key;
import io.reliablemessage.service.Service;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("ledger")
class CheckbackEndpointsTest {

    private static final String URL = "http://localhost:8085/checkbacks";
    private static final String SECRET = "whsec_" + base64("0123456789abcdefghijklmnopqrstuv");
    private static final String KEY = base64("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345");

    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start(Map.of(
                "message-service.registry.secret-keys[0].id",
                "one",
                "message-service.registry.secret-keys[0].value",
                KEY,
                "message-service.registry.allowed-addresses[0]",
                "localhost",
                "message-service.registry.allowed-addresses[1]",
                "10.1.0.0/16"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void keepsTheSecretSealedAndNeverShowsIt() {
        var answer = register(Map.of("checkUrl", URL, "checkSecret", SECRET)).is(200);

        assertThat(answer.text("name")).isEqualTo("shop");
        assertThat(answer.text("checkUrl")).isEqualTo(URL);
        assertThat(answer.text("checkAnswers")).isEqualTo("SIGNED");
        assertThat(answer.body().size()).isEqualTo(4);
        var stored = service.jdbc()
                .sql("SELECT check_secret FROM application WHERE name = 'shop'")
                .query(byte[].class)
                .single();
        assertThat(new String(stored, UTF_8)).doesNotContain("0123456789");
    }

    @Test
    void keepsTheSecretWhenOnlyTheAddressChanges() {
        register(Map.of("checkUrl", URL, "checkSecret", SECRET)).is(200);
        register(Map.of("checkUrl", URL + "/elsewhere")).is(200);
        register(Map.of()).is(200);

        register(Map.of("checkUrl", URL)).is(INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "/checkbacks",
                "ftp://localhost/",
                "file:///etc/passwd",
                "http://",
                "http://user@localhost/",
                "http://localhost/#here",
                "http://localhost:0/",
                "http://localhost:99999/",
                "http://no-such-host.invalid/",
                "http://127.0.0.1/",
                "http://127.1/",
                "http://[::1]/",
                "http://0.0.0.0/",
                "http://10.2.0.1/",
                "http://172.16.0.1/",
                "http://192.168.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://100.64.0.1/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/"
            })
    void refusesAddressesThatAreNoneOrNotPublic(String url) {
        register(Map.of("checkUrl", url, "checkSecret", SECRET)).is(INVALID_REQUEST);
    }

    /** Who is on the way could read the half messages, and answer. */
    @Test
    void plainHttpIsForWhatIsAllowed() {
        assertThat(register(Map.of("checkUrl", "http://8.8.8.8/checkbacks", "checkSecret", SECRET))
                        .is(INVALID_REQUEST)
                        .text("detail"))
                .contains("takes https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.1.2.3/", "https://8.8.8.8/checkbacks", "https://[2606:4700::1111]:8443/x?y=z"})
    void takesWhatIsPublicOrAllowed(String url) {
        register(Map.of("checkUrl", url, "checkSecret", SECRET)).is(200);
    }

    /** As it is called; what a URL cannot hold is encoded. */
    @ParameterizedTest
    @CsvSource({
        "http://localhost/回查?店=1, http://localhost/%E5%9B%9E%E6%9F%A5?%E5%BA%97=1",
        "HTTP://LocalHost:8080/x, http://LocalHost:8080/x",
        "http://localhost/a%20b, http://localhost/a%20b",
        "http://10.1.2.3, http://10.1.2.3"
    })
    void anAddressIsKeptAsItIsCalled(String given, String kept) {
        var answer = register(Map.of("checkUrl", given, "checkSecret", SECRET)).is(200);

        assertThat(answer.text("checkUrl")).isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/a b, is no URL",
        "http://user@localhost/, user",
        "http://localhost/#here, fragment",
        "ftp://localhost/, http or https",
        "http:///x, host",
        "http://localhost:0/, port",
        "http://no_such_host.invalid/, unknown"
    })
    void aRefusedAddressIsToldWhy(String given, String reason) {
        assertThat(register(Map.of("checkUrl", given, "checkSecret", SECRET))
                        .is(INVALID_REQUEST)
                        .text("detail"))
                .contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_%%%",
                "MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=",
                "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
            })
    void refusesSecretsThatAreNone(String secret) {
        register(Map.of("checkUrl", URL, "checkSecret", secret)).is(INVALID_REQUEST);
    }

    @Test
    void takesNoSecretItCouldNotKeep() {
        Service.shared()
                .as(Key.PRODUCER)
                .put("/application", Map.of("checkUrl", "https://8.8.8.8/", "checkSecret", SECRET))
                .is(INVALID_REQUEST);
    }

    @Test
    void doesNotStartWithSecretsThatNobodyCanOpen() {
        register(Map.of("checkUrl", URL, "checkSecret", SECRET)).is(200);

        assertThatThrownBy(() -> Service.start(service.database(), Map.of()))
                .rootCause()
                .hasMessageContaining("keys that are not configured: [one]");
    }

    private static io.reliablemessage.service.Answer register(Map<String, ?> request) {
        return service.as(Key.PRODUCER).put("/application", new HashMap<>(request));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}

package io.reliablemessage.spring;

import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.reliablemessage.spring.internal.check.CheckSecrets;
import io.reliablemessage.spring.internal.check.WebhookSignature;
import io.reliablemessage.spring.internal.store.Store;
import io.reliablemessage.spring.internal.store.Stores;
import io.reliablemessage.spring.internal.store.TableNames;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckSignatureTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final HikariDataSource database = TestDatabase.H2.newDatabase();
    private final UUID id = BusinessTransaction.newId();
    private Store store;
    private byte[] body;

    @BeforeEach
    void open() throws Exception {
        store = Store.open(database, TableNames.DEFAULT);
        body = new CheckCall().about(id, store.id()).body();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSignedQuestionGetsASignedAnswer() {
        var reply = answer(CheckCall.headers(NOW, body), body, CheckCall.SECRET);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(CheckCall.items(reply)).containsExactly(new CheckCall.Item(id.toString(), ROLLED_BACK, store.id()));
        assertThat(reply.headers())
                .containsEntry("webhook-id", "check_1")
                .containsEntry("content-type", "application/json");
        var signature = WebhookSignature.read(reply.headers()).orElseThrow();
        assertThat(signature.isTimely(NOW)).isTrue();
        assertThat(signature.isMadeOf(reply.body(), CheckSecrets.decode(List.of(CheckCall.SECRET))))
                .isTrue();
    }

    /** Computed by the standard's own example secret and message. */
    @Test
    void signsAsTheStandardDoes() {
        var secrets = CheckSecrets.decode(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        var example = "{\"test\": 2432232314}".getBytes(UTF_8);

        var signature = WebhookSignature.of(
                secrets, "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), example);

        assertThat(signature.signatures()).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void anAlteredBodyIsRefused() throws Exception {
        var headers = CheckCall.headers(NOW, body);
        body[body.length - 2]++;

        assertRefused(headers, body);
    }

    @Test
    void anUnsignedQuestionIsRefused() throws Exception {
        assertRefused(Map.of(), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void eachHeaderIsNeededAndProtected(String name) throws Exception {
        var missing = new HashMap<>(CheckCall.headers(NOW, body));
        missing.remove(name);
        var altered = new HashMap<>(CheckCall.headers(NOW, body));
        altered.put(name, name.equals("webhook-timestamp") ? Long.toString(NOW.getEpochSecond() + 1) : "v1,x");

        assertRefused(missing, body);
        assertRefused(altered, body);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301})
    void aSignatureOfAnotherTimeIsRefused(long seconds) throws Exception {
        assertRefused(CheckCall.headers(NOW.plusSeconds(seconds), body), body);
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 299})
    void fiveMinutesAreTolerated(long seconds) {
        var headers = CheckCall.headers(NOW.plusSeconds(seconds), body);

        assertThat(answer(headers, body, CheckCall.SECRET).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-9223372036854775808", "9223372036854775807", "99999999999999999999"})
    void aTimeThatIsNoneIsRefused(String timestamp) throws Exception {
        var headers = new HashMap<>(CheckCall.headers(NOW, body));
        headers.put("webhook-timestamp", timestamp);

        assertRefused(headers, body);
    }

    @Test
    void anotherSecretIsRefused() throws Exception {
        assertRefused(CheckCall.headers(CheckCall.OTHER_SECRET, NOW, body), body);
    }

    @Test
    void theSecretBeforeIsTakenWhileItIsNamedAndTheAnswerServesBoth() {
        var headers = CheckCall.headers(CheckCall.OTHER_SECRET, NOW, body);

        var reply = answer(headers, body, CheckCall.SECRET, CheckCall.OTHER_SECRET);

        assertThat(reply.status()).isEqualTo(200);
        var signature = WebhookSignature.read(reply.headers()).orElseThrow();
        assertThat(signature.isMadeOf(reply.body(), CheckSecrets.decode(List.of(CheckCall.SECRET))))
                .isTrue();
        assertThat(signature.isMadeOf(reply.body(), CheckSecrets.decode(List.of(CheckCall.OTHER_SECRET))))
                .isTrue();
    }

    @Test
    void theNamesOfHeadersMayHaveAnyCase() {
        var headers = new TreeMap<String, String>();
        CheckCall.headers(NOW, body).forEach((name, value) -> headers.put(name.toUpperCase(Locale.ROOT), value));

        assertThat(answer(headers, body, CheckCall.SECRET).status()).isEqualTo(200);
    }

    @Test
    void aLongBodyIsRefusedUnread() {
        var longBody = new byte[1024 * 1024 + 1];

        assertThat(answer(CheckCall.headers(NOW, longBody), longBody, CheckCall.SECRET)
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"messages\": 1}", "{\"messages\": [{}]}"})
    void whatIsNoQuestionIsRefused(String text) {
        var bytes = text.getBytes(UTF_8);

        var reply = answer(CheckCall.headers(NOW, bytes), bytes, CheckCall.SECRET);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void unknownMembersAndIdsThatAreNoneAreNoError() {
        var bytes = "{\"messages\": [{\"id\": \"1-1-1-1-1\", \"checkRef\": \"%s\", \"more\": [1]}], \"more\": 1}"
                .formatted(store.id())
                .getBytes(UTF_8);

        var reply = answer(CheckCall.headers(NOW, bytes), bytes, CheckCall.SECRET);

        assertThat(CheckCall.items(reply))
                .extracting(item -> item.decision().name())
                .containsExactly("UNKNOWN");
    }

    @Test
    void anAnswerNeverExceedsWhatTheServiceReads() {
        var call = new CheckCall();
        IntStream.range(0, 1000).forEach(i -> call.about(BusinessTransaction.newId(), "another"));

        var reply = answer(CheckCall.headers(NOW, call.body()), call.body(), CheckCall.SECRET);

        assertThat(reply.body()).hasSizeLessThanOrEqualTo(64 * 1024);
        assertThat(CheckCall.items(reply)).hasSize(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%", "AAECAwQFBgcICQoLDA0ODxAREhMUFRY="})
    void aSecretThatIsNoneIsRefusedAndNotShown(String secret) {
        assertThatThrownBy(() -> answer(Map.of(), body, secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A check secret is whsec_")
                .hasNoCause();
    }

    @Test
    void withoutASecretEverythingIsRefused() throws Exception {
        assertThat(answer(CheckCall.headers(NOW, body), body).status()).isEqualTo(401);
        assertThat(Rows.state(store, id)).isEmpty();
    }

    private void assertRefused(Map<String, String> headers, byte[] body) throws Exception {
        var reply = answer(headers, body, CheckCall.SECRET);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEmpty();
        assertThat(Rows.state(store, id)).isEmpty();
    }

    private CheckReply answer(Map<String, String> headers, byte[] body, String... secrets) {
        var stores = new Stores(List.of(database), TableNames.DEFAULT, ProducerListener.NONE);
        stores.refresh();
        return new CheckEndpoint(
                        stores,
                        List.of(secrets),
                        CheckCall.JSON,
                        ProducerListener.NONE,
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .answer(headers, body);
    }
}

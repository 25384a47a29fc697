package io.reliablemessage.adminui.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.adminapi.overview.Window;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the service, behind the question mark. */
class ParametersTest {

    @Test
    void nothingIsNoQuestion() {
        assertThat(new Parameters()).hasToString("");
    }

    @Test
    void eachIsWrittenAsTheServiceReadsIt() {
        assertThat(new Parameters()
                        .with("state", SearchState.DEAD)
                        .with("window", Window.LAST_HOUR)
                        .with("suspect", true)
                        .with("limit", 50)
                        .with("from", Instant.parse("2026-11-21T10:00:00Z")))
                .hasToString("?state=DEAD&window=PT1H&suspect=true&limit=50&from=2026-11-21T10%3A00%3A00Z");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void whatIsEmptyIsNotAsked(String value) {
        assertThat(new Parameters().with("key", value).with("topic", "t")).hasToString("?topic=t");
    }

    @Test
    void whatIsBlankIsLeftToTheServiceToRefuse() {
        assertThat(new Parameters().with("key", " ")).hasToString("?key=%20");
    }

    @ParameterizedTest
    @CsvSource({"'', ?ids=", "' ', ?ids=%20", "'a,b', ?ids=a%2Cb"})
    void aListIsAskedForEvenIfItIsEmptySoThatItIsNotEverything(String value, String asked) {
        assertThat(new Parameters().withEven("ids", value)).hasToString(asked);
    }

    @Test
    void aListThatIsNotGivenIsNotAsked() {
        assertThat(new Parameters().withEven("ids", null)).hasToString("");
    }

    @Test
    void whatIsAskedLastCounts() {
        assertThat(new Parameters().with("from", "a").with("to", "b").with("from", "c"))
                .hasToString("?from=c&to=b");
    }

    @Test
    void whatIsEmptyDoesNotTakeBackWhatWasAsked() {
        assertThat(new Parameters().with("from", "a").with("from", null)).hasToString("?from=a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A 1|?key=A%201",
                "a+b|?key=a%2Bb",
                "a&limit=1000|?key=a%26limit%3D1000",
                "100%|?key=100%25",
                "订单|?key=%E8%AE%A2%E5%8D%95",
                "a#b|?key=a%23b",
                "a/../b|?key=a%2F..%2Fb"
            })
    void aValueIsNothingButAValue(String key, String asked) {
        assertThat(new Parameters().with("key", key)).hasToString(asked);
    }
}

package io.reliablemessage.adminui.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The waits of a schedule as a lead types them. */
class OverrideWaitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            30s                | PT30S
            30s, 5m, 1h        | PT30S PT5M PT1H
            30s,5m,1h          | PT30S PT5M PT1H
            30s 5m 1h          | PT30S PT5M PT1H
            ' 30s ,, 5m , '    | PT30S PT5M
            PT30S, P1D         | PT30S PT24H
            2d, 1h30m          | PT48H PT1H30M
            30S,5M             | PT30S PT5M
            1h, 5m, 5m, 1s     | PT1H PT5M PT5M PT1S
            0s                 | PT0S
            """)
    void theyAreReadInTheirOrder(String typed, String waits) {
        var meant = Arrays.stream(waits.split(" ", -1)).map(Duration::parse).toList();

        assertThat(SubscriptionActionController.waits(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,, ", "\n\t"})
    void withoutAnyTheApplicationsAreInForce(String typed) {
        assertThat(SubscriptionActionController.waits(typed)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "30", "30s; 5m", "30s, five minutes", "30s/5m", "1w", "30s, 5 m", "３０s", "<b>"})
    void oneThatCannotBeReadIsNotLeftOut(String typed) {
        assertThatThrownBy(() -> SubscriptionActionController.waits(typed)).isInstanceOf(NoSuchElementException.class);
    }
}

package io.reliablemessage.adminui.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reliablemessage.adminui.operations.NewOperationController.Plan;
import io.reliablemessage.adminui.page.Unreadable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody starts a large operation whose size they did not read. */
class PlanTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            0,       -,            true
            1,       -,            true
            1000,    -,            true
            1000,    7,            true
            1001,    -,            false
            1001,    '',           false
            1001,    1001,         true
            1001,    '1 001',      true
            1001,    '1,001',      true
            1001,    1.001,        true
            1001,    '1\u202f001', true
            1001,    ' 1001 ',     true
            1001,    1002,         false
            1001,    100,          false
            1001,    10010,        false
            1001,    01001,        false
            1001,    yes,          false
            1001,    MAX,          false
            1200345, '1 200 345',  true
            -,       -,            false
            -,       1001,         false
            """)
    void fromAThousandOnTheCountIsTyped(@Nullable Integer expected, @Nullable String typed, boolean isTyped) {
        assertThat(plan(expected, typed, null).isTyped()).isEqualTo(isTyped);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  true
            '',    false
            -,     false
            """)
    void onlyWhoAsksForItRunsAgainWhatMayHaveItsEffectTwice(@Nullable String runAgain, boolean isAgain) {
        assertThat(plan(1, null, runAgain).isAgain()).isEqualTo(isAgain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "on", " "})
    void aBoxIsTickedOrNotThere(String runAgain) {
        assertThatThrownBy(() -> plan(1, null, runAgain).isAgain()).isInstanceOf(Unreadable.class);
    }

    private static Plan plan(@Nullable Integer expected, @Nullable String typed, @Nullable String runAgain) {
        return new Plan(null, null, expected, null, typed, null, null, null, runAgain);
    }
}

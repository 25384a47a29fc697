package io.reliablemessage.service.platform.settings;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

class SettingRulesTest {

    private static final SettingRules RULES = new SettingRules("message-service.a");

    @Test
    void takeTheBoundsThemselves() {
        assertThatNoException().isThrownBy(() -> {
            RULES.within("b", 1, 1, 3);
            RULES.within("b", 3, 1, 3);
            RULES.within("b", Duration.ofMillis(100), "100ms", "7d");
            RULES.within("b", Duration.ofDays(7), "100ms", "7d");
            RULES.within("b", DataSize.ofBytes(1), "1B", "1MB");
            RULES.within("b", DataSize.ofMegabytes(1), "1B", "1MB");
            RULES.atLeast("b", 1, 1);
            RULES.atLeast("b", DataSize.ofBytes(1), "1B");
            RULES.atMost("b", Duration.ofDays(2), "2d");
            RULES.positive("b", Duration.ofNanos(1));
        });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nameTheSettingItsValueAndTheRemedy(Runnable rule, String text) {
        assertThatIllegalArgumentException().isThrownBy(rule::run).withMessage("message-service.a." + text);
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> RULES.within("b", 0, 1, 3), "b is 0. Choose 1 to 3."),
                refusal(() -> RULES.within("b", 4, 1, 3), "b is 4. Choose 1 to 3."),
                refusal(
                        () -> RULES.within("b", Duration.ofMillis(99), "100ms", "7d"),
                        "b is PT0.099S. Choose 100ms to 7d."),
                refusal(() -> RULES.within("b", Duration.ofDays(8), "0s", "7d"), "b is PT192H. Choose 0s to 7d."),
                refusal(() -> RULES.within("b", DataSize.ofBytes(0), "1B", "1MB"), "b is 0B. Choose 1B to 1MB."),
                refusal(
                        () -> RULES.within("b", DataSize.ofBytes(1_048_577), "1B", "1MB"),
                        "b is 1048577B. Choose 1B to 1MB."),
                refusal(() -> RULES.atLeast("b", 0, 1), "b is 0. Choose at least 1."),
                refusal(() -> RULES.atLeast("b", DataSize.ofBytes(0), "1B"), "b is 0B. Choose at least 1B."),
                refusal(() -> RULES.atMost("b", Duration.ofHours(49), "2d"), "b is PT49H. Choose at most 2d."),
                refusal(() -> RULES.positive("b", Duration.ZERO), "b is PT0S. Choose a positive duration."));
    }

    private static Arguments refusal(Runnable rule, String text) {
        return Arguments.of(rule, text);
    }
}

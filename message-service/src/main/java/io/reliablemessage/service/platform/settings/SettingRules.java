package io.reliablemessage.service.platform.settings;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/**
 * Refuses settings that cannot work, each by its name and with a remedy. Bounds are written as in a configuration.
 *
 * @param prefix of the settings' names
 */
public record SettingRules(String prefix) {

    public void within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name, value, "Choose %d to %d".formatted(least, most));
    }

    public void within(String name, Duration value, String least, String most) {
        var isWithin = value.compareTo(DurationStyle.detectAndParse(least)) >= 0
                && value.compareTo(DurationStyle.detectAndParse(most)) <= 0;
        require(isWithin, name, value, "Choose %s to %s".formatted(least, most));
    }

    public void within(String name, DataSize value, String least, String most) {
        var isWithin = value.compareTo(DataSize.parse(least)) >= 0 && value.compareTo(DataSize.parse(most)) <= 0;
        require(isWithin, name, value, "Choose %s to %s".formatted(least, most));
    }

    public void atLeast(String name, int value, int least) {
        require(value >= least, name, value, "Choose at least " + least);
    }

    public void atLeast(String name, DataSize value, String least) {
        require(value.compareTo(DataSize.parse(least)) >= 0, name, value, "Choose at least " + least);
    }

    public void atMost(String name, Duration value, String most) {
        require(value.compareTo(DurationStyle.detectAndParse(most)) <= 0, name, value, "Choose at most " + most);
    }

    public void positive(String name, Duration value) {
        require(value.isPositive(), name, value, "Choose a positive duration");
    }

    public void require(boolean isMet, String name, Object value, String remedy) {
        if (!isMet) {
            throw new IllegalArgumentException("%s.%s is %s. %s.".formatted(prefix, name, value, remedy));
        }
    }
}

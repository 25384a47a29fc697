package io.reliablemessage.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of fault many times: every committed order is delivered, and nothing else is. */
@Tag("faults")
class ProducerFaultsTest {

    private static final int ROUNDS = "short".equals(System.getProperty("faults.form")) ? 4 : 100;
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Arguments> kinds() {
        return Stream.of(TestDatabase.POSTGRESQL, TestDatabase.MARIADB)
                .flatMap(database -> FaultKinds.all().stream().map(kind -> Arguments.of(database, kind)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void nothingIsLostAndNothingIsAGhost(TestDatabase database, FaultKind kind) {
        try (var faults = new ProducerFaults(database.newDatabase(), kind)) {
            var account = faults.run(kind, ROUNDS);

            TABLE.add("%-10s %s".formatted(database, account));
            assertThat(account.lost()).as("lost: %s", account).isZero();
            assertThat(account.ghosts()).as("ghosts: %s", account).isZero();
            assertThat(account.effective())
                    .as("effective: %s", account)
                    .isGreaterThanOrEqualTo(kind.duration() == FaultKind.Duration.UNTIL_END ? 1 : ROUNDS * 3 / 4);
        }
    }

    @AfterAll
    static void show() {
        TABLE.forEach(System.out::println);
    }
}

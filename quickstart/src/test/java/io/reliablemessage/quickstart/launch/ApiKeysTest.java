package io.reliablemessage.quickstart.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.quickstart.launch.ApiKeys.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file of the keys, from start to start. */
class ApiKeysTest {

    @TempDir
    Path directory;

    @Test
    void theFileOfAnOlderStartIsCompletedAndNotReplaced() throws IOException {
        var file = ApiKeys.fileIn(directory);
        Files.writeString(file, """
                # my notes
                PRODUCER_KEY=kept
                export EDITOR=vi
                MINE=also-kept
                """);

        var keys = start();

        assertThat(keys.value(Name.PRODUCER_KEY)).isEqualTo("kept");
        assertThat(Files.readAllLines(file))
                .startsWith("# my notes", "PRODUCER_KEY=kept", "export EDITOR=vi", "MINE=also-kept")
                .contains("MY_APP_KEY=" + keys.value(Name.MY_APP_KEY))
                .contains("BROKER_USER=my-app", "BROKER_PASSWORD=" + keys.value(Name.BROKER_PASSWORD))
                .doesNotHaveDuplicates();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theNextStartChangesNothing() throws IOException {
        start();
        var first = Files.readString(ApiKeys.fileIn(directory));

        start();

        assertThat(Files.readString(ApiKeys.fileIn(directory))).isEqualTo(first).startsWith("# Keys of the quickstart");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --quickstart.scenarios=false                                        | 127.0.0.1:5673
            --quickstart.ports.broker=15673                                     | 127.0.0.1:15673
            --spring.rabbitmq.host=rabbit                                       | rabbit:5672
            --spring.rabbitmq.host=rabbit --spring.rabbitmq.virtual-host=/team  | rabbit:5672/%2Fteam
            --spring.rabbitmq.addresses=one:5671,two:5671                       | one:5671
            --spring.rabbitmq.addresses=amqp://someone:secret@one/team          | one:5672/team
            """)
    void theUrlOfTheBrokerLeadsToItAsTheNewcomer(String arguments, String where) throws IOException {
        start("--quickstart.ports.broker=1"); // where it was before

        var keys = start(arguments.split(" +"));

        var url = "BROKER_URL=amqp://my-app:%s@%s".formatted(keys.value(Name.BROKER_PASSWORD), where);
        assertThat(Files.readAllLines(ApiKeys.fileIn(directory)))
                .filteredOn(line -> line.startsWith("BROKER_URL"))
                .containsExactly(url);
    }

    private ApiKeys start(String... arguments) {
        var keys = ApiKeys.keptIn(directory);
        new Newcomer(Settings.of(arguments), keys).writeTo(ApiKeys.fileIn(directory));
        return keys;
    }
}

package io.reliablemessage.service.intake;

import static io.reliablemessage.api.ProblemType.INTERNAL_ERROR;
import static io.reliablemessage.api.ProblemType.UNAVAILABLE;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.api.ProblemType;
import io.reliablemessage.service.Answer;
import io.reliablemessage.service.Key;
import io.reliablemessage.service.MessageFlow;
import io.reliablemessage.service.Service;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The database rolls a batch back, by chance or because of one of its rows. */
@Tag("ledger")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConflictsTest {

    private static final int REPEATS = 3;

    private final Service service = Service.start(Map.of());
    private final MessageFlow route = service.newRoute();

    @AfterAll
    void stop() {
        service.close();
    }

    @AfterEach
    void noMoreConflicts() {
        execute("DROP TRIGGER IF EXISTS conflict ON message; DROP TRIGGER IF EXISTS conflict ON delivery");
        execute("DROP TRIGGER IF EXISTS culprit ON message");
    }

    @ParameterizedTest
    @CsvSource({"prepare, INSERT, message", "confirm, UPDATE, message", "ack, UPDATE, delivery"})
    void aBatchThatIsRolledBackByChanceIsWrittenAgainAsItIs(String call, String event, String table) {
        var ids = idsFor(call, 100);
        conflictOn(event, table, REPEATS);

        var answers = call(call, ids);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.has("problem")).isFalse());
        assertThat(statements()).isEqualTo(REPEATS + 1);
        assertThat(call(call, ids)).as("repeated").hasSize(100).allMatch(answer -> !answer.has("problem"));
    }

    @ParameterizedTest
    @CsvSource({"prepare, INSERT, message", "confirm, UPDATE, message", "ack, UPDATE, delivery"})
    void whenChanceIsAgainstItEachCallIsToldToRepeatAndNothingIsLost(String call, String event, String table) {
        var ids = idsFor(call, 100);
        conflictOn(event, table, 1000);

        var answers = call(call, ids);

        assertThat(answers).hasSize(100).allSatisfy(answer -> isProblem(answer, UNAVAILABLE));
        assertThat(statements()).isEqualTo(REPEATS + 1);
        noMoreConflicts();
        assertThat(call(call, ids)).hasSize(100).allMatch(answer -> !answer.has("problem"));
    }

    @Test
    void aCallOfOneIsUnavailableAsAWhole() {
        conflictOn("INSERT", "message", 1000);

        var answer = route.prepare(MessageFlow.newId()).is(UNAVAILABLE);

        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(statements()).isEqualTo(REPEATS + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23514", "22000"})
    void amongNinetyNineTheOneThatIsToBlameFailsAlone(String state) {
        var ids = idsFor("prepare", 99);
        var culprit = ids.get(41);
        conflictOn("INSERT", "message", 0);
        execute("""
                CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'refused' USING ERRCODE = '%s';
                END $$;
                CREATE TRIGGER culprit BEFORE INSERT ON message FOR EACH ROW WHEN (NEW.id = '%s') EXECUTE FUNCTION refuse()
                """.formatted(state, culprit));

        var answers = call("prepare", ids).stream()
                .collect(toMap(answer -> answer.path("id").asString(), answer -> answer));

        isProblem(requireNonNull(answers.remove(culprit)), INTERNAL_ERROR);
        assertThat(answers).hasSize(98).allSatisfy((id, answer) -> {
            assertThat(answer.path("state").asString()).isEqualTo("PENDING_CONFIRM");
            route.get(id).is(200);
        });
        assertThat(statements()).as("found by halving").isBetween(2, 2 * 7 + 1);
    }

    @Test
    void aRealDeadlockHasAVictimAndNoLoser() throws Exception {
        var ids = Stream.generate(route::pending).limit(2).sorted().toList();
        var before = deadlocks();
        var database = service.database();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var rival = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = rival.createStatement()) {
            rival.setAutoCommit(false);
            statement.execute(
                    "SET deadlock_timeout = '5min'"); // the service's transaction notices it, and is rolled back
            touch(statement, ids.get(1));
            var confirmed = threads.submit(() -> call("confirm", ids));
            await().until(this::somebodyWaitsForALock);
            touch(statement, ids.get(0));
            rival.commit();

            assertThat(confirmed.get())
                    .allSatisfy(answer ->
                            assertThat(answer.path("state").asString()).isEqualTo("SENDING"));
        }
        await().atMost(ofSeconds(30)).until(() -> deadlocks() > before); // statistics come with a delay
    }

    private static void touch(java.sql.Statement statement, String id) throws SQLException {
        statement.execute("UPDATE message SET check_attempts = check_attempts + 1 WHERE id = '%s'".formatted(id));
    }

    private boolean somebodyWaitsForALock() {
        return service.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())")
                .query(Boolean.class)
                .single();
    }

    private long deadlocks() {
        return service.jdbc()
                .sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                .query(Long.class)
                .single();
    }

    private List<String> idsFor(String call, int count) {
        return switch (call) {
            case "prepare" -> Stream.generate(MessageFlow::newId).limit(count).toList();
            case "confirm" -> stored(count);
            default -> {
                var ids = stored(count);
                call("confirm", ids);
                yield ids;
            }
        };
    }

    private List<String> stored(int count) {
        var ids = Stream.generate(MessageFlow::newId).limit(count).toList();
        call("prepare", ids);
        return ids;
    }

    private List<JsonNode> call(String call, List<String> ids) {
        var key = call.equals("ack") ? Key.CONSUMER : Key.PRODUCER;
        var items = ids.stream()
                .map(id -> switch (call) {
                    case "prepare" -> route.message(id);
                    case "confirm" -> Map.of("id", id);
                    default -> Map.of("id", id, "subscription", route.subscription());
                })
                .toList();
        Answer answer = service.as(key).post("/messages/" + call, items).is(200);
        return answer.body().valueStream().toList();
    }

    /** The first statements of a kind fail, by turns with a serialization failure and a deadlock; all are counted. */
    private void conflictOn(String event, String table, int times) {
        execute("""
                DROP SEQUENCE IF EXISTS statements;
                CREATE SEQUENCE statements;
                CREATE OR REPLACE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE number bigint := nextval('statements');
                BEGIN
                    IF number <= TG_ARGV[0]::bigint THEN
                        RAISE EXCEPTION 'conflict' USING ERRCODE = CASE number %% 2 WHEN 0 THEN '40P01' ELSE '40001' END;
                    END IF;
                    RETURN NULL;
                END $$;
                CREATE TRIGGER conflict BEFORE %s ON %s FOR EACH STATEMENT EXECUTE FUNCTION conflict(%d)
                """.formatted(event, table, times));
    }

    private int statements() {
        return service.jdbc()
                .sql("SELECT last_value FROM statements")
                .query(Integer.class)
                .single();
    }

    private void execute(String script) {
        var database = service.database();
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void isProblem(JsonNode answer, ProblemType type) {
        assertThat(answer.at("/problem/type").asString()).as("%s", answer).isEqualTo(type.uri());
        assertThat(answer.at("/problem/status").asInt()).isEqualTo(type.status());
    }
}

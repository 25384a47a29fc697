package io.reliablemessage.service.admin.search;

import static io.reliablemessage.adminapi.message.SearchState.CANCELLED;
import static io.reliablemessage.adminapi.message.SearchState.CONFIRMED;
import static io.reliablemessage.adminapi.message.SearchState.CONSUMED;
import static io.reliablemessage.adminapi.message.SearchState.DEAD;
import static io.reliablemessage.adminapi.message.SearchState.DISCARDED;
import static io.reliablemessage.adminapi.message.SearchState.PENDING_CONFIRM;
import static io.reliablemessage.adminapi.message.SearchState.REJECTED;
import static io.reliablemessage.adminapi.message.SearchState.SENDING;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminapi.message.SearchState;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.testing.GeneratedFile;
import io.reliablemessage.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The SQL of each kind of search stands in a file of its own, to be read and compared. After a change that is meant,
 * {@code mvn test -Pdocs} writes the files anew ({@code -Ddocs.write=true} for this test alone). White space makes no
 * difference.
 */
class SearchStatementsTest {

    private static final String DIRECTORY =
            "message-service/src/test/resources/io/reliablemessage/service/admin/search/statements";

    private enum Search {
        ALL(filter()),
        PENDING(filter().state(PENDING_CONFIRM)),
        CANCELLED_ONLY(filter().state(CANCELLED)),
        CONFIRMED_ONLY(filter().state(CONFIRMED)),
        SENDING_ONLY(filter().state(SENDING)),
        DEAD_ONLY(filter().state(DEAD)),
        REJECTED_ONLY(filter().state(REJECTED)),
        DISCARDED_ONLY(filter().state(DISCARDED)),
        CONSUMED_ONLY(filter().state(CONSUMED)),
        OVERDUE(filter().overdue()),
        OVERDUE_DELIVERIES(filter().overdue().state(SENDING)),
        SUSPECTS(filter().suspect()),
        OVERDUE_SUSPECTS_OF_TOPIC(filter().overdue().suspect().topic()),
        TOPIC(filter().topic()),
        TOPIC_AND_PRODUCER_PENDING(filter().topic().producer().state(PENDING_CONFIRM)),
        TOPIC_AND_PRODUCER_DEAD(filter().topic().producer().state(DEAD)),
        SUBSCRIPTION(filter().subscription()),
        SUBSCRIPTION_SENDING(filter().subscription().state(SENDING)),
        SUBSCRIPTION_PENDING(filter().subscription().state(PENDING_CONFIRM)),
        ATTEMPTS(filter().attempts()),
        ATTEMPTS_DEAD(filter().attempts().state(DEAD)),
        KEY(filter().key()),
        KEY_AND_TOPIC_CANCELLED(filter().key().topic().state(CANCELLED)),
        KEY_DEAD(filter().key().state(DEAD)),
        KEY_OVERDUE(filter().key().overdue()),
        KEY_AND_CAUSE(filter().key().cause()),
        CAUSE(filter().cause()),
        CAUSE_AND_PRODUCER_DEAD(filter().cause().producer().state(DEAD)),
        CAUSE_SUSPECTS(filter().cause().suspect()),
        OLD(filter().old()),
        OLD_DEAD(filter().old().state(DEAD)),
        OLD_DEAD_OF_PRODUCER_TO(filter().old().to().producer().state(DEAD)),
        TO(filter().to()),
        KEY_AND_CAUSE_TO(filter().key().cause().to()),
        IDS(filter().ids()),
        IDS_OLD_SENDING(filter().ids().old().state(SENDING)),
        IDS_AND_CAUSE(filter().ids().cause()),
        IDS_AND_KEY(filter().ids().key());

        private final MessageFilter filter;

        Search(FilterBuilder filter) {
            this.filter = filter.build();
        }

        private String file() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".sql";
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachKindOfSearchHasItsStatements(Search search) {
        GeneratedFile.whole(DIRECTORY + "/" + search.file())
                .mustHold(statements(search.filter), SearchStatementsTest::withoutLayout);
    }

    @Test
    void countsOfTheFirstKindHaveTheirStatement() {
        GeneratedFile.whole(DIRECTORY + "/count-of-all.sql")
                .mustHold(
                        SearchQuery.scans(Search.ALL.filter).stream()
                                .map(scan -> ScanSql.count(scan, SearchStore.LOOKED_AT_TO_COUNT))
                                .collect(joining("\n")),
                        SearchStatementsTest::withoutLayout);
    }

    @Test
    void noFileIsLeftOfASearchThatIsGone() throws IOException {
        try (var files = Files.list(Project.file(DIRECTORY))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> !file.equals("count-of-all.sql")))
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.stream(Search.values()).map(Search::file).toList());
        }
    }

    private static String statements(MessageFilter filter) {
        var statements = SearchQuery.scans(filter).stream()
                .map(scan -> ScanSql.page(scan, SearchStore.LOOKED_AT))
                .collect(joining("\n;\n"));
        return (statements.isEmpty() ? "-- finds nothing, so nothing is asked" : statements)
                + "\n\n-- of a message that is found:\n-- WHERE " + SearchQuery.ofDelivery(filter) + "\n";
    }

    private static String withoutLayout(String sql) {
        return sql.replaceAll("\\s+", " ").replace("( ", "(").replace(" )", ")").strip();
    }

    private static FilterBuilder filter() {
        return new FilterBuilder();
    }

    private static final class FilterBuilder {

        private @Nullable SearchState state;
        private boolean isOverdue;
        private boolean isSuspect;
        private @Nullable String topic;
        private @Nullable String subscription;
        private @Nullable String producer;
        private @Nullable String key;
        private @Nullable UUID cause;
        private @Nullable Integer attempts;
        private List<UUID> ids = List.of();
        private @Nullable Duration age;
        private @Nullable Instant to;

        FilterBuilder state(SearchState state) {
            this.state = state;
            return this;
        }

        FilterBuilder overdue() {
            isOverdue = true;
            return this;
        }

        FilterBuilder suspect() {
            isSuspect = true;
            return this;
        }

        FilterBuilder topic() {
            topic = "orders";
            return this;
        }

        FilterBuilder subscription() {
            subscription = "points";
            return this;
        }

        FilterBuilder producer() {
            producer = "shop";
            return this;
        }

        FilterBuilder key() {
            key = "A-1";
            return this;
        }

        FilterBuilder cause() {
            cause = new UUID(1, 1);
            return this;
        }

        FilterBuilder attempts() {
            attempts = 2;
            return this;
        }

        FilterBuilder ids() {
            ids = List.of(new UUID(1, 1));
            return this;
        }

        FilterBuilder old() {
            age = Duration.ofHours(1);
            return this;
        }

        FilterBuilder to() {
            to = Instant.EPOCH;
            return this;
        }

        MessageFilter build() {
            return new MessageFilter(
                    state,
                    isOverdue,
                    isSuspect,
                    topic,
                    subscription,
                    producer,
                    key,
                    cause,
                    attempts,
                    ids,
                    age,
                    to,
                    MessageId.FIRST,
                    MessageId.BEYOND_ALL);
        }
    }
}

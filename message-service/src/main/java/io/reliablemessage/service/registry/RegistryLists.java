package io.reliablemessage.service.registry;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.reliablemessage.adminapi.registry.ApplicationsView.Checkbacks;
import io.reliablemessage.adminapi.registry.ApplicationsView.Key;
import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.api.SubscriptionView;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.service.model.Columns;
import io.reliablemessage.service.model.LedgerProperties;
import io.reliablemessage.service.platform.database.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists registered topics, subscriptions and applications in pages, by name. */
@Component
public class RegistryLists {

    // native: the newest of each application
    private static final String KEYS = """
            SELECT application, prefix, roles, configured, created_at, last_used_on, expires_at
              FROM (SELECT *, row_number() OVER (PARTITION BY application ORDER BY id DESC) AS place
                      FROM api_key
                     WHERE application = ANY (:applications)
                       AND (expires_at IS NULL OR expires_at > now() - interval '30 d')) k
             WHERE place <= 50
             ORDER BY application, place
            """;

    private final JdbcClient jdbc;
    private final ApplicationRepository applications;
    private final TopicRepository topics;
    private final SubscriptionRepository subscriptions;
    private final LedgerProperties defaults;

    RegistryLists(
            JdbcClient jdbc,
            ApplicationRepository applications,
            TopicRepository topics,
            SubscriptionRepository subscriptions,
            LedgerProperties defaults) {
        this.jdbc = jdbc;
        this.applications = applications;
        this.topics = topics;
        this.subscriptions = subscriptions;
        this.defaults = defaults;
    }

    public List<TopicView> topics(String after, int limit) {
        return topics.findByNameGreaterThanOrderByName(after, Limit.of(limit)).stream()
                .map(Topic::view)
                .toList();
    }

    /** The subscriptions of topics, by the topic's name. */
    public Map<String, List<String>> listeners(Collection<String> topics) {
        return subscriptions.findByTopicInAndRetiredAtIsNullOrderByTopicAscNameAsc(topics).stream()
                .collect(groupingBy(Subscription::topic, mapping(Subscription::name, toList())));
    }

    /** A subscription with the settings in force, and the operators' part in them. */
    public record Listed(SubscriptionView subscription, SubscriptionsView.@Nullable Terms override) {}

    /** Null matches everything. */
    public List<Listed> subscriptions(
            @Nullable String name, @Nullable String topic, @Nullable String application, String after, int limit) {
        return subscriptions.page(name, topic, application, after, Limit.of(limit)).stream()
                .map(subscription -> new Listed(subscription.view(defaults), subscription.override()))
                .toList();
    }

    /** An application and its check-back results. */
    public record ListedApplication(String name, boolean isEnabled, Checkbacks checkbacks) {}

    public List<ListedApplication> applications(String after, int limit) {
        return applications.findByNameGreaterThanOrderByName(after, Limit.of(limit)).stream()
                .map(each -> new ListedApplication(each.name(), each.isEnabled(), each.checkbacks()))
                .toList();
    }

    /** The keys of applications, by the application's name. */
    public Map<String, List<Key>> keys(Collection<String> applications) {
        var keys = new HashMap<String, List<Key>>();
        jdbc.sql(KEYS)
                .param("applications", SqlArrays.of("text", applications, application -> application))
                .query(row -> {
                    keys.computeIfAbsent(row.getString("application"), application -> new ArrayList<>())
                            .add(key(row));
                });
        return keys;
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(
                row.getString("prefix"),
                Arrays.asList((String[]) row.getArray("roles").getArray()),
                row.getBoolean("configured"),
                Columns.requiredInstant(row, "created_at"),
                row.getObject("last_used_on", LocalDate.class),
                Columns.instant(row, "expires_at"));
    }
}

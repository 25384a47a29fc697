package io.reliablemessage.service.admin.registry;

import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminapi.registry.SubscriptionQuery;
import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.adminapi.registry.TopicsView;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.service.admin.cause.Causes;
import io.reliablemessage.service.admin.cause.FailureCounts;
import io.reliablemessage.service.admin.common.Cursor;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.admin.registry.BacklogStore.OfProducer;
import io.reliablemessage.service.admin.registry.BacklogStore.OfSubscription;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.publishing.Broker.Backlog;
import io.reliablemessage.service.publishing.QueueBacklogs;
import io.reliablemessage.service.registry.RegistryLists;
import io.reliablemessage.service.registry.RegistryLists.ListedApplication;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists the registry together with its backlogs. */
@Component
class RegistryPages {

    private final RegistryLists registry;
    private final BacklogStore waiting;
    private final Causes causes;
    private final QueueBacklogs queues;

    RegistryPages(RegistryLists registry, BacklogStore waiting, Causes causes, QueueBacklogs queues) {
        this.registry = registry;
        this.waiting = waiting;
        this.causes = causes;
        this.queues = queues;
    }

    TopicsView topics(@Nullable String cursor, int limit) {
        var page = page(registry.topics(after("topics", cursor), limit + 1), "topics", limit, TopicView::name);
        var names = page.items.stream().map(TopicView::name).toList();
        var listeners = registry.listeners(names);
        var standing = causes.standing(names);
        return new TopicsView(
                page.items.stream()
                        .map(topic -> {
                            var ended = standing.getOrDefault(topic.name(), FailureCounts.NONE);
                            return new TopicsView.Item(
                                    topic,
                                    listeners.getOrDefault(topic.name(), List.of()),
                                    ended.dead(),
                                    ended.rejected());
                        })
                        .toList(),
                page.next);
    }

    SubscriptionsView subscriptions(SubscriptionQuery query, @Nullable String cursor, int limit) {
        var name = QueryRules.name("name", query.name());
        var topic = QueryRules.name("topic", query.topic());
        var application = QueryRules.name("application", query.application());
        var list = "subscriptions %s %s %s".formatted(name, topic, application);
        var listed = registry.subscriptions(name, topic, application, after(list, cursor), limit + 1);
        var page = page(listed, list, limit, each -> each.subscription().name());
        queues.request(
                page.items.stream().map(each -> each.subscription().queue()).toList());
        var counts = waiting.ofSubscriptions(
                page.items.stream().map(each -> each.subscription().name()).toList());
        return new SubscriptionsView(
                page.items.stream()
                        .map(each -> new SubscriptionsView.Item(
                                each.subscription(),
                                each.override(),
                                counts(counts.getOrDefault(
                                        each.subscription().name(), new OfSubscription(0, false, 0, 0))),
                                queues.backlog(each.subscription().queue())
                                        .map(Backlog::messages)
                                        .orElse(null)))
                        .toList(),
                page.next);
    }

    private static SubscriptionsView.Counts counts(OfSubscription of) {
        return new SubscriptionsView.Counts(of.sending(), of.isCapped(), of.dead(), of.rejected());
    }

    ApplicationsView applications(@Nullable String cursor, int limit) {
        var page = page(
                registry.applications(after("applications", cursor), limit + 1),
                "applications",
                limit,
                ListedApplication::name);
        var names = page.items.stream().map(ListedApplication::name).toList();
        var undecided = waiting.ofProducers(names);
        var keys = registry.keys(names);
        return new ApplicationsView(
                page.items.stream()
                        .map(each -> {
                            var waits = undecided.getOrDefault(each.name(), new OfProducer(0, false, 0));
                            return new ApplicationsView.Item(
                                    each.name(),
                                    each.isEnabled(),
                                    each.checkbacks(),
                                    waits.undecided(),
                                    waits.isCapped(),
                                    waits.suspects(),
                                    keys.getOrDefault(each.name(), List.of()));
                        })
                        .toList(),
                page.next);
    }

    private record Page<T>(List<T> items, @Nullable String next) {}

    private static <T> Page<T> page(List<T> found, String list, int limit, Function<T, String> name) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(items, Cursor.behind(list, name.apply(items.getLast())));
    }

    private static String after(String list, @Nullable String cursor) {
        return Objects.requireNonNullElse(
                Cursor.read(list, cursor, words -> Names.checked("cursor", words.getFirst())), "");
    }
}

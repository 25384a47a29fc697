package io.reliablemessage.service.admin.registry;

import static io.reliablemessage.api.ProblemType.INVALID_REQUEST;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.reliablemessage.adminapi.registry.ApplicationsView;
import io.reliablemessage.adminapi.registry.SubscriptionQuery;
import io.reliablemessage.adminapi.registry.SubscriptionsView;
import io.reliablemessage.adminapi.registry.TopicsView;
import io.reliablemessage.api.TopicView;
import io.reliablemessage.service.admin.cause.Causes;
import io.reliablemessage.service.admin.cause.FailureCounts;
import io.reliablemessage.service.admin.common.QueryRules;
import io.reliablemessage.service.admin.registry.BacklogStore.OfProducer;
import io.reliablemessage.service.admin.registry.BacklogStore.OfSubscription;
import io.reliablemessage.service.model.Names;
import io.reliablemessage.service.platform.problem.Problem;
import io.reliablemessage.service.publishing.Broker.Backlog;
import io.reliablemessage.service.publishing.QueueBacklogs;
import io.reliablemessage.service.registry.RegistryLists;
import io.reliablemessage.service.registry.RegistryLists.ListedApplication;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is registered, together with what waits for it. */
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
        var page = page(registry.topics(after(cursor), limit + 1), limit, TopicView::name);
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
        var listed = registry.subscriptions(
                QueryRules.name("name", query.name()),
                QueryRules.name("topic", query.topic()),
                QueryRules.name("application", query.application()),
                after(cursor),
                limit + 1);
        var page = page(listed, limit, each -> each.subscription().name());
        queues.request(page.items.stream().map(each -> each.subscription().queue()).toList());
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
        var page = page(registry.applications(after(cursor), limit + 1), limit, ListedApplication::name);
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

    private static <T> Page<T> page(List<T> found, int limit, Function<T, String> name) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(
                items,
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(name.apply(items.getLast()).getBytes(UTF_8)));
    }

    private static String after(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return "";
        }
        try {
            return Names.checked("cursor", new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw new Problem(
                    INVALID_REQUEST, "cursor is none that this service gave; take 'next' as it is.", malformed);
        }
    }
}

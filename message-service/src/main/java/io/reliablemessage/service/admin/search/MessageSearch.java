package io.reliablemessage.service.admin.search;

import io.reliablemessage.adminapi.message.MessageCount;
import io.reliablemessage.adminapi.message.MessagesView;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.service.admin.common.Cursor;
import io.reliablemessage.service.message.MessageViewStore;
import io.reliablemessage.service.model.MessageId;
import io.reliablemessage.service.platform.problem.OneLine;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds messages and shows them as a list does. */
@Component
public class MessageSearch {

    private static final int MAX_ERROR_LENGTH = 200;

    private final SearchStore searches;
    private final MessageViewStore views;

    MessageSearch(SearchStore searches, MessageViewStore views) {
        this.searches = searches;
        this.views = views;
    }

    MessagesView find(MessageFilter search, @Nullable String cursor, int limit) {
        var place = Cursor.read(search, cursor, words -> MessageId.of(words.getFirst()));
        var found = searches.find(place == null ? search : search.before(place), limit);
        var next = found.next();
        return new MessagesView(
                views.find(found.ids(), null).stream()
                        .map(MessageSearch::listed)
                        .toList(),
                next == null ? null : Cursor.behind(search, next),
                next == null || found.isFull() ? null : next.time());
    }

    MessageCount count(MessageFilter search) {
        var counted = searches.count(search);
        return new MessageCount(counted.found(), counted.isCapped());
    }

    public static MessageView listed(MessageView message) {
        return new MessageView(
                message.id(),
                message.topic(),
                message.key(),
                message.producer(),
                message.state(),
                message.suspect(),
                message.createdAt(),
                message.decidedAt(),
                message.decidedBy(),
                message.deliverAt(),
                message.checkbacks(),
                message.deliveries().stream().map(MessageSearch::listed).toList());
    }

    private static MessageView.Delivery listed(MessageView.Delivery delivery) {
        return new MessageView.Delivery(
                delivery.subscription(),
                delivery.state(),
                delivery.attempts(),
                delivery.nextAt(),
                delivery.sentAt(),
                delivery.finishedAt(),
                delivery.lastError() == null ? null : OneLine.of(delivery.lastError(), MAX_ERROR_LENGTH));
    }
}

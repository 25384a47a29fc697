package io.reliablemessage.adminui.messages;

import io.reliablemessage.adminui.page.Format;
import io.reliablemessage.api.DeliveryState;
import io.reliablemessage.api.MessageState;
import io.reliablemessage.api.MessageView;
import io.reliablemessage.api.TimelineView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A message's timeline with one lane per actor, and the planned steps. */
record MessageTimeline(List<Lane> lanes, List<Step> past, List<Step> planned) {

    private static final Set<String> SENT = Set.of("SENT", "REDELIVERED");
    private static final Set<String> BY_OPERATORS = Set.of("RESENT", "DISCARDED", "CHECKBACK_WANTED", "DECIDED");
    private static final Set<String> BY_CONSUMERS = Set.of("CONSUMED", "REJECTED", "LATE_ACK");
    private static final Set<String> BY_THE_BROKER = Set.of("REFUSED", "BROKER_CONFIRMED");
    private static final String CHECK_BACK = "check-back";
    private static final Pattern ATTEMPT = Pattern.compile("attempt (\\d+)");

    /** The kinds of actors. */
    enum Part {
        OPERATOR,
        PRODUCER,
        SERVICE,
        BROKER,
        SUBSCRIPTION
    }

    record Lane(Part part, String name) {}

    /** How a step marks a lane. */
    enum Mark {
        NONE,
        DOT,
        START_RIGHT,
        START_LEFT,
        ACROSS,
        END_RIGHT,
        END_LEFT
    }

    /**
     * A step.
     *
     * @param since the time from the step before; null: there is none
     * @param marks one per lane
     */
    record Step(
            Instant at,
            @Nullable Duration since,
            String kind,
            String actor,
            @Nullable String subscription,
            @Nullable String detail,
            List<Mark> marks) {

        /** The detail in the reader's language if it comes from the service, else unchanged. */
        public String text(Format format) {
            var text = Objects.requireNonNullElse(detail, "");
            if ("CHECKED_BACK".equals(kind)) {
                return format.word("answer", text);
            }
            var attempt = ATTEMPT.matcher(text);
            return attempt.matches() ? format.text("event.attempt", attempt.group(1)) : text;
        }
    }

    /** The start and end of a step. */
    private record Way(Lane from, Lane to) {}

    static MessageTimeline of(MessageView message, TimelineView timeline) {
        var lanes = lanes(message, timeline.items());
        var past = new ArrayList<Step>();
        Instant before = null;
        for (var entry : timeline.items()) {
            past.add(step(message, entry, before, lanes));
            before = entry.at();
        }
        return new MessageTimeline(lanes, past, planned(message, lanes));
    }

    private static List<Lane> lanes(MessageView message, List<TimelineView.Entry> entries) {
        var kinds = entries.stream().map(TimelineView.Entry::kind).toList();
        var isByOperator = kinds.stream().anyMatch(BY_OPERATORS::contains);
        var isByBroker = kinds.stream().anyMatch(BY_THE_BROKER::contains);
        return Stream.of(
                        isByOperator ? Stream.of(new Lane(Part.OPERATOR, "")) : Stream.<Lane>empty(),
                        Stream.of(new Lane(Part.PRODUCER, message.producer()), new Lane(Part.SERVICE, "")),
                        isByBroker ? Stream.of(new Lane(Part.BROKER, "")) : Stream.<Lane>empty(),
                        message.deliveries().stream()
                                .map(delivery -> new Lane(Part.SUBSCRIPTION, delivery.subscription())))
                .flatMap(lane -> lane)
                .toList();
    }

    private static Step step(
            MessageView message, TimelineView.Entry entry, @Nullable Instant before, List<Lane> lanes) {
        var way = way(message, entry.kind(), entry.actor(), entry.subscription());
        return new Step(
                entry.at(),
                before == null ? null : Duration.between(before, entry.at()),
                entry.kind(),
                entry.actor(),
                entry.subscription(),
                entry.detail(),
                marks(way, lanes));
    }

    private static Way way(MessageView message, String kind, String actor, @Nullable String subscription) {
        var service = new Lane(Part.SERVICE, "");
        var producer = new Lane(Part.PRODUCER, message.producer());
        var consumer = subscription == null ? service : new Lane(Part.SUBSCRIPTION, subscription);
        if (BY_OPERATORS.contains(kind)) {
            return new Way(new Lane(Part.OPERATOR, ""), service);
        }
        if (SENT.contains(kind)) {
            return new Way(service, consumer);
        }
        if (BY_CONSUMERS.contains(kind)) {
            return new Way(consumer, service);
        }
        if ("CHECKED_BACK".equals(kind)) {
            return new Way(service, producer);
        }
        if (BY_THE_BROKER.contains(kind)) {
            var broker = new Lane(Part.BROKER, "");
            return new Way(broker, broker);
        }
        var isByProducer = actor.equals(message.producer()) && !CHECK_BACK.equals(actor);
        return isByProducer ? new Way(producer, service) : new Way(service, service);
    }

    private static List<Mark> marks(Way way, List<Lane> lanes) {
        int from = lanes.indexOf(way.from);
        int to = lanes.indexOf(way.to);
        var marks = new ArrayList<Mark>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            marks.add(mark(lane, from < 0 ? to : from, to < 0 ? from : to));
        }
        return marks;
    }

    private static Mark mark(int lane, int from, int to) {
        if (lane == from) {
            return from == to ? Mark.DOT : from < to ? Mark.START_RIGHT : Mark.START_LEFT;
        }
        if (lane == to) {
            return from < to ? Mark.END_RIGHT : Mark.END_LEFT;
        }
        return lane > Math.min(from, to) && lane < Math.max(from, to) ? Mark.ACROSS : Mark.NONE;
    }

    private static List<Step> planned(MessageView message, List<Lane> lanes) {
        var steps = new ArrayList<Step>();
        var checkbacks = message.checkbacks();
        if (message.state() == MessageState.PENDING_CONFIRM && checkbacks != null && checkbacks.nextAt() != null) {
            steps.add(plan(message, checkbacks.nextAt(), "CHECKED_BACK", null, checkbacks.attempts() + 1, lanes));
        }
        for (var delivery : message.deliveries()) {
            if (delivery.state() == DeliveryState.SENDING && delivery.nextAt() != null) {
                var kind = delivery.attempts() == 0 ? "SENT" : "REDELIVERED";
                steps.add(plan(
                        message, delivery.nextAt(), kind, delivery.subscription(), delivery.attempts() + 1, lanes));
            }
        }
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }

    private static Step plan(
            MessageView message, Instant at, String kind, @Nullable String subscription, int number, List<Lane> lanes) {
        var marks = marks(way(message, kind, "service", subscription), lanes);
        return new Step(at, null, kind, "service", subscription, Integer.toString(number), marks);
    }
}

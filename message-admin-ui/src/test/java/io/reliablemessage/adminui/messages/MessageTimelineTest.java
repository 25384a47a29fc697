package io.reliablemessage.adminui.messages;

import static io.reliablemessage.adminui.fixture.DeliveryFixture.consumed;
import static io.reliablemessage.adminui.fixture.DeliveryFixture.dead;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.adminui.fixture.Fixtures;
import io.reliablemessage.adminui.fixture.MessageFixture;
import io.reliablemessage.adminui.messages.MessageTimeline.Lane;
import io.reliablemessage.adminui.messages.MessageTimeline.Mark;
import io.reliablemessage.adminui.messages.MessageTimeline.Part;
import io.reliablemessage.adminui.messages.MessageTimeline.Step;
import io.reliablemessage.api.TimelineView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened to a message, drawn as arrows between those who took part. */
class MessageTimelineTest {

    /** A producer, the service, and two subscriptions. */
    private final MessageFixture message = MessageFixture.dead()
            .deliveries(dead("points").build(), consumed("stock").build());

    @Test
    void whoTakesPartHasALane() {
        assertThat(of(entry("PREPARED", null, "shop")).lanes())
                .containsExactly(
                        new Lane(Part.PRODUCER, "shop"),
                        new Lane(Part.SERVICE, ""),
                        new Lane(Part.SUBSCRIPTION, "points"),
                        new Lane(Part.SUBSCRIPTION, "stock"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESENT", "DISCARDED", "CHECKBACK_WANTED", "DECIDED"})
    void anOperatorWhoActedHasTheFirstLane(String kind) {
        var timeline = of(entry("PREPARED", null, "shop"), entry(kind, "points", "ada"));

        assertThat(timeline.lanes()).extracting(Lane::part).startsWith(Part.OPERATOR, Part.PRODUCER, Part.SERVICE);
        assertThat(drawn(timeline, 1)).isEqualTo("+> -- >| · ·");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REFUSED", "BROKER_CONFIRMED"})
    void aBrokerThatSaidSomethingHasALaneBesideTheService(String kind) {
        var timeline = of(entry("PREPARED", null, "shop"), entry(kind, "points", "broker"));

        assertThat(timeline.lanes())
                .extracting(Lane::part)
                .startsWith(Part.PRODUCER, Part.SERVICE, Part.BROKER, Part.SUBSCRIPTION);
        assertThat(drawn(timeline, 1)).isEqualTo("· · o · ·");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PREPARED,     ,       shop,       +> >| · ·
            CONFIRMED,    ,       shop,       +> >| · ·
            CANCELLED,    ,       shop,       +> >| · ·
            CONFIRMED,    ,       check-back, · o · ·
            CONFIRMED,    ,       grace,      · o · ·
            DELIVERABLE,  ,       service,    · o · ·
            SENT,         points, service,    · +> >| ·
            SENT,         stock,  service,    · +> -- >|
            REDELIVERED,  points, service,    · +> >| ·
            REDELIVERED,  stock,  service,    · +> -- >|
            CONSUMED,     points, points,     · |< <+ ·
            CONSUMED,     stock,  stock,      · |< -- <+
            LATE_ACK,     points, points,     · |< <+ ·
            REJECTED,     stock,  stock,      · |< -- <+
            BURIED,       points, service,    · o · ·
            CHECKED_BACK, ,       service,    |< <+ · ·
            CHECKED_BACK, ,       shop,       |< <+ · ·
            """)
    void eachStepLeadsFromWhoDidItToWhoMetIt(String kind, @Nullable String subscription, String actor, String drawn) {
        assertThat(drawn(of(entry(kind, subscription, actor)), 0)).isEqualTo(drawn);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            KIND_OF_TOMORROW, ,       service, · o · ·
            KIND_OF_TOMORROW, points, service, · o · ·
            KIND_OF_TOMORROW, points, points,  · o · ·
            KIND_OF_TOMORROW, ,       shop,    +> >| · ·
            sent,             points, service, · o · ·
            '',               ,       '',      · o · ·
            """)
    void whatANewerServiceTellsIsShownWithItsProducerOrTheService(
            String kind, @Nullable String subscription, String actor, String drawn) {
        assertThat(drawn(of(entry(kind, subscription, actor)), 0)).isEqualTo(drawn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SENT", "REDELIVERED", "CONSUMED", "LATE_ACK", "REJECTED"})
    void aDeliveryThatIsNotShownIsADotOfTheService(String kind) {
        assertThat(drawn(of(entry(kind, "retired-long-ago", "service")), 0)).isEqualTo("· o · ·");
        assertThat(drawn(of(entry(kind, null, "service")), 0)).isEqualTo("· o · ·");
    }

    @Test
    void anApplicationThatIsCalledLikeTheCheckBackIsNotTakenForIt() {
        var own = message.producer("check-back").build();

        var timeline = MessageTimeline.of(own, Fixtures.timeline(entry("CONFIRMED", null, "check-back")));

        assertThat(drawn(timeline, 0)).isEqualTo("· o · ·");
    }

    @Test
    void anApplicationThatSubscribesToItsOwnTopicHasTwoLanes() {
        var own = MessageFixture.dead().producer("points").build();

        var timeline = MessageTimeline.of(
                own, Fixtures.timeline(entry("PREPARED", null, "points"), entry("CONSUMED", "points", "points")));

        assertThat(drawn(timeline, 0)).isEqualTo("+> >| ·");
        assertThat(drawn(timeline, 1)).isEqualTo("· |< <+");
    }

    @Test
    void aMessageWithoutDeliveriesHasTwoLanes() {
        var timeline = MessageTimeline.of(
                MessageFixture.cancelled().build(),
                Fixtures.timeline(entry("PREPARED", null, "shop"), entry("CANCELLED", null, "shop")));

        assertThat(timeline.lanes()).hasSize(2);
        assertThat(drawn(timeline, 1)).isEqualTo("+> >|");
    }

    @Test
    void anArrowCrossesTheLanesBetween() {
        var four = MessageFixture.dead()
                .deliveries(
                        dead("a").build(),
                        dead("b").build(),
                        dead("c").build(),
                        dead("d").build())
                .build();

        var timeline = MessageTimeline.of(
                four,
                Fixtures.timeline(
                        entry("REFUSED", "d", "broker"), entry("SENT", "d", "service"), entry("CONSUMED", "d", "d")));

        assertThat(drawn(timeline, 1)).isEqualTo("· +> -- -- -- -- >|");
        assertThat(drawn(timeline, 2)).isEqualTo("· |< -- -- -- -- <+");
    }

    @Test
    void eachStepTellsTheTimeSinceTheOneBefore() {
        var timeline = of(
                entry("2026-11-21T10:00:00Z", "PREPARED"),
                entry("2026-11-21T10:00:00.250Z", "CONFIRMED"),
                entry("2026-11-21T10:00:00.250Z", "SENT"),
                entry("2026-11-23T10:00:00.250Z", "BURIED"));

        assertThat(timeline.past())
                .extracting(Step::since)
                .containsExactly(null, Duration.ofMillis(250), Duration.ZERO, Duration.ofHours(48));
    }

    @Test
    void stepsKeepTheServicesOrderAndWords() {
        var timeline = of(
                entry("SENT", "points", "service"),
                entry("BURIED", "points", "service"),
                entry("RESENT", "points", "ada"));

        assertThat(timeline.past()).extracting(Step::kind).containsExactly("SENT", "BURIED", "RESENT");
        assertThat(timeline.past()).extracting(Step::actor).containsExactly("service", "service", "ada");
        assertThat(timeline.past()).extracting(Step::subscription).containsOnly("points");
    }

    @Test
    void everyStepMarksEveryLane() {
        var kinds = List.of("PREPARED", "CONFIRMED", "SENT", "REFUSED", "CONSUMED", "DECIDED", "CHECKED_BACK", "X");
        var entries = kinds.stream().map(kind -> entry(kind, "stock", "shop")).toArray(TimelineView.Entry[]::new);

        var timeline = of(entries);

        assertThat(timeline.lanes()).hasSize(6);
        assertThat(timeline.past()).allSatisfy(step -> assertThat(step.marks()).hasSize(6));
    }

    @Test
    void thousandsOfStepsAreDrawnAsOne() {
        var entries = new ArrayList<TimelineView.Entry>();
        for (int attempt = 0; attempt < 5_000; attempt++) {
            entries.add(entry("REDELIVERED", "points", "service"));
        }

        var timeline = MessageTimeline.of(message.build(), new TimelineView(entries));

        assertThat(timeline.past()).hasSize(5_000);
        assertThat(drawn(timeline, 4_999)).isEqualTo("· +> >| ·");
    }

    private MessageTimeline of(TimelineView.Entry... entries) {
        return MessageTimeline.of(message.build(), Fixtures.timeline(entries));
    }

    private static TimelineView.Entry entry(String kind, @Nullable String subscription, String actor) {
        return new TimelineView.Entry(Fixtures.AT, kind, subscription, actor, null);
    }

    private static TimelineView.Entry entry(String at, String kind) {
        return new TimelineView.Entry(Instant.parse(at), kind, null, "service", null);
    }

    /** The row of a step: where its arrow starts (+), what it crosses (--) and where it ends (|). */
    private static String drawn(MessageTimeline timeline, int step) {
        return timeline.past().get(step).marks().stream()
                .map(MessageTimelineTest::sign)
                .collect(Collectors.joining(" "));
    }

    private static String sign(Mark mark) {
        return switch (mark) {
            case NONE -> "·";
            case DOT -> "o";
            case ACROSS -> "--";
            case START_RIGHT -> "+>";
            case END_RIGHT -> ">|";
            case START_LEFT -> "<+";
            case END_LEFT -> "|<";
        };
    }
}

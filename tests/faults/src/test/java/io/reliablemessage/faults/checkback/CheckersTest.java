package io.reliablemessage.faults.checkback;

import static io.reliablemessage.api.CheckbackDecision.COMMITTED;
import static io.reliablemessage.api.CheckbackDecision.ROLLED_BACK;
import static io.reliablemessage.api.CheckbackDecision.UNKNOWN;
import static io.reliablemessage.faults.checkback.Endpoints.Behaviour.decides;
import static io.reliablemessage.faults.checkback.Endpoints.Behaviour.hangs;
import static io.reliablemessage.faults.checkback.Endpoints.Behaviour.sends;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.reliablemessage.faults.RunLength;
import io.reliablemessage.faults.load.HalfMessages;
import io.reliablemessage.faults.load.HalfMessages.Half;
import io.reliablemessage.faults.process.Program;
import io.reliablemessage.faults.process.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Three status checkers: some stop, some are killed, and the applications hang, lie or die. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckersTest {

    private static final List<String> HUNDRED = named("shop-%02d", 100);
    private static final List<String> UNDECIDED = named("undecided-%02d", 20);
    private static final int ROUNDS = RunLength.of(10, 3);
    private static final int ASKS = RunLength.of(8, 4);
    private static final Duration EXTRA = Duration.ofSeconds(1);

    private final Checkers checkers = Checkers.open(applications(), FaultyEndpoint.REFUSES.application());
    private final Endpoints endpoints = checkers.endpoints();
    private final TcpProxy proxy = checkers.proxy();
    private final HalfMessages messages = checkers.messages();

    private static List<String> applications() {
        return Stream.of(
                        HUNDRED.stream(),
                        UNDECIDED.stream(),
                        Arrays.stream(FaultyEndpoint.values()).map(FaultyEndpoint::application),
                        Stream.of("verdict", "doubt", "batch", "healthy", "flip-flop", "bystander"))
                .flatMap(names -> names)
                .toList();
    }

    @BeforeEach
    void nothingElseIsDue() {
        messages.rest();
    }

    @AfterAll
    void close() {
        checkers.close();
    }

    /**
     * Held against the same without anybody hanging, on the same machine and in turn, so that a slow machine is
     * slow in both. The best of each: what is lost to a hanging application is lost in every round, what is lost
     * to chance is not.
     */
    @Test
    void oneOfAHundredApplicationsThatHangsCostsTheOthersNothing() {
        var undisturbed = new ArrayList<Duration>();
        var beside = new ArrayList<Duration>();
        for (var hanging : HUNDRED.subList(0, ROUNDS)) {
            undisturbed.add(timeToDecideAllBut(Set.of()));
            endpoints.on(hanging, hangs());
            beside.add(timeToDecideAllBut(Set.of(hanging)));
            endpoints.on(hanging, decides(COMMITTED));
        }
        System.out.printf(
                "a hundred applications: %s ms; one of them hangs: %s ms%n", millis(undisturbed), millis(beside));

        assertThat(Collections.min(beside))
                .isLessThanOrEqualTo(Collections.min(undisturbed).plus(EXTRA));
    }

    private Duration timeToDecideAllBut(Set<String> hanging) {
        var ids = HUNDRED.parallelStream().collect(toMap(name -> name, name -> checkers.stored(name, 5)));
        var waiting = flat(ids.entrySet().stream().filter(one -> hanging.contains(one.getKey())));
        var others = flat(ids.entrySet().stream().filter(one -> !hanging.contains(one.getKey())));

        var due = messages.becomeDue(flat(ids.entrySet().stream()));
        soon().until(() -> messages.areDecided(others));

        soon().until(() ->
                waiting.stream().noneMatch(id -> endpoints.timesOf(id).isEmpty()));
        assertThat(messages.read(waiting)).allMatch(Half::isPending);
        return messages.read(others).stream()
                .map(half -> half.decidedAfter(due))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Test
    void asksAboutOneMessageAreALeaseApartWhoeverMakesThem() {
        UNDECIDED.forEach(name -> endpoints.on(name, name.endsWith("0") ? sends(500, "", "") : decides(UNKNOWN)));
        var ids = UNDECIDED.stream()
                .flatMap(name -> checkers.stored(name, 5).stream())
                .toList();

        messages.becomeDue(ids);
        soon().until(() -> ids.stream().allMatch(id -> endpoints.timesOf(id).size() >= ASKS));
        soon().until(() -> proxy.holders(UNDECIDED).size() == Checkers.REPLICAS);

        assertThat(ids).allSatisfy(id -> areALeaseApart(endpoints.timesOf(id)));
    }

    private static void areALeaseApart(List<Long> asks) {
        for (var i = 1; i < asks.size(); i++) {
            assertThat(Duration.ofNanos(asks.get(i) - asks.get(i - 1))).isGreaterThanOrEqualTo(Checkers.LEASE);
        }
    }

    @Test
    void whatAStoppedCheckerBringsAfterThreeLeasesCountsOnlyIfItDecides() {
        var names = List.of("verdict", "doubt");
        names.forEach(proxy::keepsBack);
        endpoints.on("verdict", decides(COMMITTED).after(Duration.ofMillis(300)).then(decides(UNKNOWN)));
        endpoints.on("doubt", hangs().then(decides(UNKNOWN)));
        var verdict = checkers.stored("verdict", 1).getFirst();
        var doubt = checkers.stored("doubt", 1).getFirst();
        messages.becomeDue(List.of(verdict, doubt));
        soon().until(() ->
                proxy.isKeepingBack("verdict") && !endpoints.asksOf("doubt").isEmpty());

        var stopped = names.stream()
                .map(name -> checkers.holderOfFirst(name))
                .distinct()
                .toList();
        stopped.forEach(Program::suspend);
        Half before;
        try {
            soon().until(() -> messages.read(List.of(verdict, doubt)).stream().allMatch(half -> half.attempts() >= 3));
            messages.rest();
            soon().until(messages::areLeft);
            before = messages.read(doubt);
            assertThat(messages.read(verdict).answer()).isEqualTo("UNKNOWN");
            proxy.opens();
        } finally {
            stopped.forEach(Program::resume);
        }
        soon().until(() ->
                names.stream().allMatch(name -> proxy.firstReceipt(name).isPresent()));

        assertThat(names)
                .allMatch(name -> proxy.firstReceipt(name).orElseThrow().late());
        assertThat(messages.read(doubt)).as("neither counted nor postponed").isEqualTo(before);
        assertThat(messages.read(verdict)).satisfies(half -> {
            assertThat(half.state()).isEqualTo("CONFIRMED");
            assertThat(half.decidedBy()).isEqualTo("check-back");
            assertThat(half.attempts()).isEqualTo(3);
        });
    }

    @Test
    void whatACheckerAskedWhenItWasKilledIsAskedAgainAndDecidedOnce() {
        proxy.keepsBack("batch"); // in case the check-back ends before the kill
        endpoints.on("batch", hangs().then(decides(COMMITTED)));
        var ids = checkers.stored("batch", 80);

        messages.becomeDue(ids);
        soon().until(() -> !endpoints.asksOf("batch").isEmpty());
        var killed = checkers.holderOfFirst("batch");
        killed.kill();
        killed.start();
        soon().until(() -> messages.areDecided(ids));
        killed.awaitReady();

        assertThat(endpoints.asksOf("batch"))
                .hasSize(2)
                .allSatisfy(ask -> assertThat(ask.ids()).containsExactlyInAnyOrderElementsOf(ids))
                .extracting(Endpoints.Ask::webhookId)
                .doesNotHaveDuplicates();
        assertThat(messages.read(ids)).hasSameSizeAs(ids).allSatisfy(half -> {
            assertThat(half.state()).isEqualTo("CONFIRMED");
            assertThat(half.attempts()).as("asks that somebody reported").isOne();
            assertThat(half.verdicts()).isOne();
            assertThat(half.deliveries()).isOne();
        });
    }

    @Test
    void noMisconductDecidesAnythingOrKeepsAnybodyWaiting() {
        checkers.stored("bystander", List.of(FaultyEndpoint.foreign()));
        var asked = new EnumMap<FaultyEndpoint, String>(FaultyEndpoint.class);
        for (var fault : FaultyEndpoint.values()) {
            endpoints.on(fault.application(), fault.behaviour());
            asked.put(fault, checkers.stored(fault.application(), 1).getFirst());
        }
        endpoints.on("flip-flop", decides(COMMITTED).then(decides(ROLLED_BACK)));
        var flipFlop = checkers.stored("flip-flop", 1).getFirst();
        var healthy = checkers.stored("healthy", 1).getFirst();

        var due = messages.becomeDue(Stream.concat(asked.values().stream(), Stream.of(flipFlop, healthy))
                .toList());
        soon().until(() -> messages.read(asked.values()).stream().allMatch(half -> half.attempts() >= 2));

        asked.forEach((fault, id) -> assertThat(messages.read(id))
                .as(fault.name())
                .satisfies(half -> {
                    assertThat(half.isPending()).isTrue();
                    assertThat(half.answer()).isEqualTo(fault.becomes());
                }));
        assertThat(endpoints.asksOf(FaultyEndpoint.ELSEWHERE)).isEmpty();
        assertThat(messages.read(FaultyEndpoint.foreign()))
                .matches(Half::isPending)
                .matches(half -> half.attempts() == 0);
        assertThat(messages.read(flipFlop).state()).isEqualTo("CONFIRMED");
        assertThat(endpoints.asksOf("flip-flop")).as("the first answer stands").hasSize(1);
        assertThat(messages.read(healthy)).satisfies(half -> {
            assertThat(half.state()).isEqualTo("CONFIRMED");
            assertThat(half.decidedAfter(due))
                    .as("before anybody is asked again")
                    .isLessThan(Checkers.LEASE);
        });
    }

    private static List<String> named(String pattern, int count) {
        return IntStream.range(0, count).mapToObj(pattern::formatted).toList();
    }

    private static List<String> flat(Stream<Map.Entry<String, List<String>>> ids) {
        return ids.flatMap(one -> one.getValue().stream()).toList();
    }

    private static List<Long> millis(List<Duration> times) {
        return times.stream().map(Duration::toMillis).toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}

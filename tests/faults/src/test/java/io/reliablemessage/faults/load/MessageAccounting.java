package io.reliablemessage.faults.load;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.reliablemessage.faults.LedgerView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the ledger and the consumer's database with the callers' answers. */
public final class MessageAccounting {

    private final EventLog journal;
    private final Map<String, String> states;
    private final List<String> effects;

    public MessageAccounting(EventLog journal, LedgerView ledger, Effects effects) {
        this.journal = journal;
        this.states = ledger.states();
        this.effects = effects.messages();
    }

    public void addsUp() {
        var count = new TreeMap<>(states.values().stream().collect(groupingBy(state -> state, counting())));
        System.out.printf(
                "%,d messages tried, in the ledger %s, %,d effects, unclear answers by status %s%n",
                journal.entries().size(), count, effects.size(), journal.unclear());

        assertThat(journal.surprises())
                .as("answers that contradict a caller's own story")
                .isEmpty();
        eachMessageIsWhereItsCallerWasTold();
        nobodyElseIsInTheLedger();
        assertThat(states).as("deliveries at their end").doesNotContainValue("SENDING");
        whatWasConsumedAndNothingElseHadOneEffect();
    }

    public void everyAnswerHolds() {
        assertThat(journal.surprises()).isEmpty();
        eachMessageIsWhereItsCallerWasTold();
    }

    private void eachMessageIsWhereItsCallerWasTold() {
        assertThat(journal.entries().stream()
                        .filter(entry ->
                                !isOnItsWay(entry) && !entry.possibleEnds().contains(stateOf(entry)))
                        .map(entry -> "%s is %s, not %s".formatted(entry.id(), stateOf(entry), entry.possibleEnds())))
                .as("messages that are elsewhere than their callers were told")
                .isEmpty();
    }

    private boolean isOnItsWay(Entry entry) {
        return stateOf(entry).equals("SENDING") && entry.possibleEnds().contains("CONSUMED");
    }

    private String stateOf(Entry entry) {
        return states.getOrDefault(entry.id(), Entry.ABSENT);
    }

    private void nobodyElseIsInTheLedger() {
        var strangers = new HashSet<>(states.keySet());
        journal.entries().forEach(entry -> strangers.remove(entry.id()));
        assertThat(strangers).as("messages that no caller has sent").isEmpty();
    }

    private void whatWasConsumedAndNothingElseHadOneEffect() {
        var consumed = states.entrySet().stream()
                .filter(state -> state.getValue().equals("CONSUMED"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(effects).hasSameSizeAs(consumed);
        assertThat(new HashSet<>(effects)).as("messages with an effect").isEqualTo(consumed);
    }
}

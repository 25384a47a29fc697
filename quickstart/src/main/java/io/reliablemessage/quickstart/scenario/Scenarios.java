package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.PrintStream;
import java.util.List;

/** Plays the scenarios one after the other and prints which of them failed. */
public final class Scenarios {

    private static final List<Scenario> SCENARIOS = List.of(
            new CommittedOrder(), new RefusedOrder(), new SilentShop(), new AbsentConsumer(), new PoisonMessage());

    private Scenarios() {}

    /** Returns how many scenarios failed. */
    public static int playAt(Addresses addresses, String producerKey, String operatorKey, PrintStream out) {
        var messages = ReliableMessageClient.create(ClientSettings.of(addresses.messageService(), producerKey));
        var operator = new Operator(addresses.messageService(), operatorKey);
        var context = new ScenarioContext(new Shop(addresses.shop()), operator, messages, out);
        out.printf("%nThe shop plays %d scenarios, in about half a minute.%n", SCENARIOS.size());
        int failed = 0;
        for (int i = 0; i < SCENARIOS.size(); i++) {
            out.printf("%nScenario %d: %s%n", i + 1, SCENARIOS.get(i).title());
            failed += succeeds(SCENARIOS.get(i), context, out) ? 0 : 1;
        }
        return failed;
    }

    private static boolean succeeds(Scenario scenario, ScenarioContext context, PrintStream out) {
        try {
            scenario.play(context);
            out.println("  ==> as promised");
            return true;
        } catch (ScenarioFailed e) {
            out.printf("  !!! SCENARIO FAILED: %s%n", e.getMessage());
        } catch (RuntimeException e) {
            out.printf("  !!! SCENARIO FAILED: %s%n", e);
        }
        return false;
    }
}

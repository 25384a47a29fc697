package io.reliablemessage.quickstart.scenario;

import io.reliablemessage.client.ClientSettings;
import io.reliablemessage.client.ReliableMessageClient;
import java.io.PrintStream;
import java.util.List;

/** Plays the stories one after the other, and says loudly when one fails. */
public final class Scenarios {

    private static final List<Scenario> STORIES = List.of(
            new CommittedOrder(), new RefusedOrder(), new SilentShop(), new AbsentConsumer(), new PoisonMessage());

    private Scenarios() {}

    /** Returns how many stories failed. */
    public static int playAt(Addresses addresses, String producerKey, String operatorKey, PrintStream out) {
        var messages = ReliableMessageClient.create(ClientSettings.of(addresses.messageService(), producerKey));
        var operator = new Operator(addresses.messageService(), operatorKey);
        var stage = new ScenarioContext(new Shop(addresses.shop()), operator, messages, out);
        out.printf("%nThe shop plays %d stories, in about half a minute.%n", STORIES.size());
        int failed = 0;
        for (int i = 0; i < STORIES.size(); i++) {
            out.printf("%nStory %d: %s%n", i + 1, STORIES.get(i).title());
            failed += hasComeTrue(STORIES.get(i), stage, out) ? 0 : 1;
        }
        return failed;
    }

    private static boolean hasComeTrue(Scenario story, ScenarioContext stage, PrintStream out) {
        try {
            story.play(stage);
            out.println("  ==> as promised");
            return true;
        } catch (ScenarioFailed e) {
            out.printf("  !!! STORY FAILED: %s%n", e.getMessage());
        } catch (RuntimeException e) {
            out.printf("  !!! STORY FAILED: %s%n", e);
        }
        return false;
    }
}

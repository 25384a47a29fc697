package io.reliablemessage.contract;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** All cases. */
public final class ContractSuite {

    private static final int SIDE_BY_SIDE = 8;

    private ContractSuite() {}

    /** The cases as tests of one service, in a topic of their own. */
    public static Stream<DynamicTest> against(ServiceUnderTest service) {
        var session = Session.start(service);
        return Stream.concat(sideBySide(independent(), session), inTurn(ApplicationCases.all(), session));
    }

    public static List<ContractCase> cases() {
        return Stream.concat(independent().stream(), ApplicationCases.all().stream())
                .toList();
    }

    private static List<ContractCase> independent() {
        return Stream.of(
                        new StateCases(StateTable.read()).all(),
                        ContentCases.all(),
                        MemberCases.all(),
                        HeaderCases.all(),
                        TimeCases.all(),
                        ArrayCases.all(),
                        ConsumerCases.all(),
                        RegistryCases.all(),
                        HttpCases.all(),
                        LedgerCases.all())
                .flatMap(List::stream)
                .toList();
    }

    /** All begin now: most of a case is waiting for answers. */
    private static Stream<DynamicTest> sideBySide(List<ContractCase> cases, Session session) {
        var threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        var tests = cases.stream()
                .map(one -> {
                    var run = CompletableFuture.runAsync(() -> one.steps().accept(session), threads);
                    return dynamicTest(one.name(), () -> await(run));
                })
                .toList();
        threads.shutdown();
        return tests.stream();
    }

    /** They change what the others' messages depend on. */
    private static Stream<DynamicTest> inTurn(List<ContractCase> cases, Session session) {
        return cases.stream()
                .map(one -> dynamicTest(one.name(), () -> one.steps().accept(session)));
    }

    private static void await(CompletableFuture<@Nullable Void> run) throws Throwable {
        try {
            run.join();
        } catch (CompletionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
